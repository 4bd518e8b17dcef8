/** What stands in line with what, what makes room for what, and what is not there: ids in place of names, keys for fingers. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { consoleJourneys, type ConsoleFixture } from './console-fixture.ts';
import { SOMEBODY } from './console-pages.ts';
import { SIZES } from './profiles.ts';
import { seesHeading } from './journey.ts';

consoleJourneys('what lines up in the console', {
  'buttons without a frame line up by their words': ghosts,
  'what can be done stands beside the title': heads,
  'the words below a heading begin where it does': leads,
  'what sticks to the window makes room for the banner': banner,
  'no id stands in for a name that is still being read': names,
  'keys are offered to keyboards only': keys,
  'one searches with one icon': icons,
  'names in another script keep their direction': directions,
});

const SMALL = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true } as const;
const TABLET = { viewport: { width: 1024, height: 768 }, isMobile: true, hasTouch: true } as const;

/** Runs in the page: where the words of an element are, and where its own room begins and ends. */
const EDGES = (selector: string, text?: string): string => `(() => {
  const all = [...document.querySelectorAll(${JSON.stringify(selector)})];
  const element = all.find((one) => one.textContent.trim().startsWith(${JSON.stringify(text ?? '')}));
  const range = document.createRange();
  range.selectNodeContents(element);
  const rects = [...range.getClientRects()].filter(({ width }) => width > 2);
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  const { left, right } = element.getBoundingClientRect();
  return {
    left: Math.min(...rects.map((rect) => rect.left)),
    right: Math.max(...rects.map((rect) => rect.right)),
    top: rects[0].top,
    middle: (rects[0].top + rects[0].bottom) / 2,
    inner: { left: left + parseFloat(paddingLeft), right: right - parseFloat(paddingRight) },
  };
})()`;

interface Edges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly middle: number;
  readonly inner: { readonly left: number; readonly right: number };
}

const edges = (page: Page, selector: string, text?: string): Promise<Edges> =>
  page.evaluate<Edges>(EDGES(selector, text));

function assertNear(one: number, other: number, what: string): void {
  assert(Math.abs(one - other) <= 1.5, `${what}: ${one} and ${other}`);
}

async function ghosts(fixture: ConsoleFixture): Promise<void> {
  await fixture.user(SOMEBODY, ['admin']);
  for (const size of [SIZES.desktop, SIZES.phone, SMALL]) {
    const page = await (await fixture.as('owner', size)).newPage();
    const width = size.viewport.width;
    await page.goto(fixture.pool('/overview'));
    await seesHeading(page, 'People who joined');
    const table = await edges(page, '.section-head button', 'Show as a table');
    const card = await edges(page, 'pc-day-chart .section-head');
    assertNear(table.right, card.inner.right, `Show as a table, ${width}`);

    const below = await edges(page, 'pc-day-chart + pc-day-chart .section-head button');
    if (width < 1280) assertNear(below.right, card.inner.right, `the same below, ${width}`);

    await page.goto(fixture.pool(`/users/${SOMEBODY}`));
    await page.getByRole('button', { name: /^Show .* more/ }).waitFor();
    const more = await edges(page, 'form button', 'Show');
    const heading = await edges(page, '#attributes-heading');
    assertNear(more.left, heading.left, `Show more, ${width}`);

    await page.goto(fixture.pool('/groups/admin'));
    await page.getByRole('button', { name: `Remove ${SOMEBODY}` }).waitFor();
    const remove = await edges(page, 'td button', 'Remove');
    assertNear(remove.right, (await edges(page, 'td:last-child')).inner.right, `Remove, ${width}`);

    await page.goto('/console/new/attributes');
    await seesHeading(page, 'How do people sign in?');
    const back = await edges(page, '.bar a', 'Back');
    assertNear(back.left, (await edges(page, 'main h1')).left, `Back, ${width}`);
    if (width > 760) {
      const leave = await edges(page, '.leave');
      const brand = await page.locator('.steps .brand .mark').boundingBox();
      assertNear(leave.left, brand?.x ?? 0, 'Leave');
    }
  }
}

async function heads(fixture: ConsoleFixture): Promise<void> {
  await fixture.user('heads');
  const pages = ['/overview', '/users', '/groups', '/clients', '/audit', '/users/heads'];
  for (const size of [SIZES.desktop, TABLET]) {
    const page = await (await fixture.as('owner', size)).newPage();
    for (const path of [...pages.map(fixture.pool), '/console/', '/console/administrators']) {
      await page.goto(path);
      const action = page.locator('.head > :not(:first-child) :is(.btn, button)').first();
      await action.waitFor();
      await page.locator('.head h1 :text("Loading")').waitFor({ state: 'detached' });
      const box = await action.boundingBox();
      const { middle } = await edges(page, '.head h1');
      const at = (box?.y ?? 0) + (box?.height ?? 0) / 2;
      assertNear(at, middle, `${path}, ${size.viewport.width}`);
    }
  }
}

async function leads(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  for (const path of ['/overview', '/settings', '/messages'].map(fixture.pool)) {
    await page.goto(path);
    await page.locator('.section-head p').first().waitFor();
    const places = await page.evaluate<readonly (readonly [number, number, number, number])[]>(
      `[...document.querySelectorAll('.section-head:has(p)')].map((head) => {
        const [title, words] = ['h2', 'p'].map((name) => head.querySelector(name).getBoundingClientRect());
        return [title.left, words.left, title.bottom, words.top];
      })`,
    );
    assert(places.length > 0);
    for (const [title, words, bottom, top] of places) {
      assertNear(words, title, path);
      assert(top >= bottom - 1, `${path}: the words are beside their heading`);
    }
  }
}

async function banner(fixture: ConsoleFixture): Promise<void> {
  for (const size of [SIZES.desktop, SIZES.phone]) {
    const page = await (await fixture.as('owner', size)).newPage();
    await page.goto(fixture.pool('/settings'));
    await seesHeading(page, 'Passwords');
    await page.route('**/console/api/**', (route) => route.abort('connectionrefused'));
    // Reads the pool's list, which fails.
    const menu = page.getByRole('button', { name: 'Menu' });
    if (size === SIZES.phone) await menu.click();
    await page.getByRole('button', { name: 'Choose a user pool' }).click();
    const lost = page.getByText('The server does not answer.', { exact: true }).first();
    await lost.waitFor();
    if (size === SIZES.phone) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.evaluate('scrollTo(0, 600)');
    // The banner's height is told to what sticks in the next frame.
    await page.waitForFunction(
      `document.querySelector('aside > pc-rail, header.bar').getBoundingClientRect().top > 1`,
    );
    const stuck = await page.evaluate<Record<string, number>>(
      `(() => {
        const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
        return {
          banner: box('pc-connection-banner').bottom,
          top: box('aside > pc-rail, header.bar').top,
          foot: box('aside pc-account-menu')?.bottom ?? 0,
          window: innerHeight,
        };
      })()`,
    );
    const { banner = 0, top = 0, foot = 0, window = 0 } = stuck;
    assert(banner > 30, JSON.stringify(stuck));
    assertNear(top, banner, 'what is at the top is below the banner');
    assert(foot <= window, `the rail's foot is below the window: ${JSON.stringify(stuck)}`);
  }
}

async function names(fixture: ConsoleFixture): Promise<void> {
  await fixture.user('names');
  const page = await (await fixture.as('owner')).newPage();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  await page.route(/operations\/(DescribeUserPool|AdminGetUser)/, async (route) => {
    await answered;
    await route.continue();
  });
  await page.goto('/console/');
  await page.getByRole('link', { name: 'tutorial' }).click();
  for (const name of ['Users', 'Overview']) {
    await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
    await page.waitForURL(`**/${name.toLowerCase()}`);
    const shown = await page.locator(':is(.head, .now b)').allInnerTexts();
    assert.doesNotMatch(shown.join(), new RegExp(fixture.poolId), name);
  }
  await page.getByRole('link', { name: /^Users/ }).click();
  await page.getByRole('link', { name: 'names', exact: true }).click();
  await seesHeading(page, 'User');
  answer();
  await seesHeading(page, 'names');
  assert.equal(await page.locator('.now b').first().innerText(), 'tutorial');
}

async function keys(fixture: ConsoleFixture): Promise<void> {
  for (const [size, isOffered] of [
    [SIZES.desktop, true],
    [TABLET, false],
  ] as const) {
    const page = await (await fixture.as('owner', size)).newPage();
    for (const path of ['/console/', fixture.pool('/users'), fixture.pool('/audit'), '/inbox']) {
      await page.goto(path);
      await page.getByRole('searchbox').first().waitFor();
      const offered = await page.locator('kbd').filter({ visible: true }).count();
      assert.equal(offered > 0, isOffered, `${path} at ${size.viewport.width}: ${offered} keys`);
    }
  }
}

/** Runs in the page: size and picture of the icon of each search, and of the cross that empties it. */
const ICONS = `[...document.querySelectorAll('.search')].map((search) => {
  const { width, height, maskImage } = getComputedStyle(search, '::before');
  return [width, height, maskImage.replace(/[^/]*[/]/g, '')].join(' ');
})`;

async function icons(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  const found: string[] = [];
  for (const path of ['/console/', fixture.pool('/users'), fixture.pool('/audit')]) {
    await page.goto(path);
    await page.getByRole('searchbox').first().waitFor();
    found.push(...(await page.evaluate<readonly string[]>(ICONS)));
    assert.doesNotMatch(await page.locator('main').innerText(), /⌕/);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  found.push(...(await page.evaluate<readonly string[]>(ICONS)));
  assert(found.length >= 5);
  assert.equal(new Set(found).size, 1, found.join('\n'));
  assert.match(found[0] ?? '', /^16px 16px ./);
}

const ARABIC = 'مجموعة أولى';

async function directions(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool('/groups'));
  await page.getByRole('button', { name: 'Create group' }).click();
  const description = page.getByRole('dialog').getByLabel('Description');
  await description.fill(ARABIC);
  assert.equal(await description.evaluate((field) => field.matches(':dir(rtl)')), true);
  await page.getByRole('dialog').getByLabel('Name').fill('first');
  assert.equal(await description.evaluate((field) => field.matches(':dir(ltr)')), false);
  await page.getByRole('dialog').getByRole('button', { name: 'Create group' }).click();
  await seesHeading(page, 'first');
  await page.goto(fixture.pool('/groups'));
  const shown = page.getByText(ARABIC);
  assert.equal(await shown.evaluate((element) => element.matches(':dir(rtl)')), true);
  for (const path of [fixture.pool('/settings'), fixture.pool('/messages'), '/console/new']) {
    await page.goto(path);
    const field = page.locator('main :is(#name, #subject, pc-field input)').first();
    await field.fill(ARABIC);
    assert.equal(await field.evaluate((one) => one.matches(':dir(rtl)')), true, path);
  }
}
