/** What is visible of controls: edges, focus under bars, sizes, forced colours; what keys do; where paging leaves one. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { consoleJourneys, type ConsoleFixture } from './console-fixture.ts';
import { CONSOLE_PAGES, SOMEBODY } from './console-pages.ts';
import { faintEdges, hiddenStops, smallTargets } from './measure.ts';
import { SIZES } from './profiles.ts';
import { seesHeading } from './journey.ts';

/** A desktop, and the same at 400 %. */
const WINDOWS = [
  { width: 1280, height: 800 },
  { width: 320, height: 256 },
] as const;

consoleJourneys('what is seen of the console and the inbox', {
  'edges of controls and parts of charts stand out, light and dark': edges,
  'what is pressed is large enough, on a desktop and on a phone': targets,
  'the focus is never under a bar': focus,
  'paging keeps the place, and Back leads to the page one came from': paging,
  'single keys are turned off for the console and the inbox': singleKeys,
  'in forced colours series and the present page can be told apart': forcedColours,
  'a message at the end of a page covers nothing there': toasts,
});

/** Opens every page of the console and the inbox, as the owner or without a sign-in. */
async function everyPage(
  fixture: ConsoleFixture,
  size: { readonly viewport: { readonly width: number; readonly height: number } },
  visit: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  await fixture.user(SOMEBODY, ['admin']).catch((error: Error) => {
    if (error.name !== 'UsernameExistsException') throw error;
  });
  const page = await (await fixture.as('owner', size)).newPage();
  const stranger = await fixture.page(size);
  for (const { name, heading, path, isPublic } of CONSOLE_PAGES) {
    const place = isPublic ? stranger : page;
    await place.goto(path(fixture));
    await seesHeading(place, heading);
    await visit(place, name);
  }
  await fixture.aws.adminCreateUser({
    UserPoolId: fixture.poolId,
    Username: `invited-${size.viewport.width}-${Date.now()}`,
    DesiredDeliveryMediums: ['EMAIL'],
    UserAttributes: [{ Name: 'email', Value: 'invited@example.com' }],
  });
  await stranger.goto('/inbox');
  await stranger.locator('.row').first().waitFor();
  if (size.viewport.width > 760) await stranger.locator('#copy').waitFor();
  await visit(stranger, 'inbox');
}

async function edges(fixture: ConsoleFixture): Promise<void> {
  const found: string[] = [];
  await everyPage(fixture, SIZES.desktop, async (page, name) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const problems = await faintEdges(page);
      found.push(...problems.map((problem) => `${name}, ${colorScheme}: ${problem}`));
    }
  });
  assert.deepEqual(found, []);
}

async function targets(fixture: ConsoleFixture): Promise<void> {
  const found: string[] = [];
  for (const size of [SIZES.desktop, SIZES.phone]) {
    await everyPage(fixture, size, async (page, name) => {
      const problems = await smallTargets(page);
      found.push(...problems.map((problem) => `${name}, ${size.viewport.width}: ${problem}`));
    });
  }
  assert.deepEqual(found, []);
}

async function focus(fixture: ConsoleFixture): Promise<void> {
  const found: string[] = [];
  for (const viewport of WINDOWS) {
    await everyPage(fixture, { viewport }, async (page, name) => {
      if (name === 'inbox') return;
      const problems = await hiddenStops(page);
      found.push(...problems.map((problem) => `${name}, ${viewport.width}: ${problem}`));
    });
  }
  assert.deepEqual(found, []);
}

/** More than two pages of each list. */
const MANY = 60;

async function paging(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId } = fixture;
  for (let number = 0; number < MANY; number += 1) {
    const name = `many-${String(number).padStart(2, '0')}`;
    await aws.adminCreateUser({ UserPoolId, Username: name, MessageAction: 'SUPPRESS' });
    await aws.adminAddUserToGroup({ UserPoolId, Username: name, GroupName: 'member' });
    await aws.createGroup({ UserPoolId, GroupName: name });
    await aws.createUserPoolClient({ UserPoolId, ClientName: name });
  }
  const page = await (await fixture.as('owner')).newPage();
  for (const path of ['/users', '/groups', '/clients', '/groups/member', '/audit']) {
    await page.goto(fixture.pool(path));
    await goOn(page, 1);
    await goOn(page, 26);
    assert.equal(new URL(page.url()).searchParams.get('page'), '3', path);
    const focused = page.locator(':is(table, ul.entries):focus');
    await focused.waitFor();
    const top = await focused.evaluate((list) => Number(list.getBoundingClientRect().top));
    assert(top >= -1 && top < SIZES.desktop.viewport.height / 2, `${path}: the rows are at ${top}`);
    if (path === '/audit') await page.goto(fixture.pool('/overview'));
    else await page.locator('table a').first().click();
    await page.waitForURL((url) => !url.search);
    await page.goBack();
    await page.getByText(/^51 to /).waitFor();
  }
  await page.goto(fixture.pool('/audit?operation=CreateGroup&page=2'));
  await page.getByText(/^26 to /).waitFor();
  assert.equal(await page.getByLabel('Operation').inputValue(), 'CreateGroup');
}

/** Goes from the page whose first row has this index to the next one. */
async function goOn(page: Page, from: number): Promise<void> {
  await page.getByText(new RegExp(`^${from} to `)).waitFor();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText(new RegExp(`^${from + 25} to `)).waitFor();
}

async function singleKeys(fixture: ConsoleFixture): Promise<void> {
  const context = await fixture.as('owner');
  const page = await context.newPage();
  await page.goto(fixture.pool('/users'));
  const search = page.getByRole('searchbox');
  const hasFocus = () => search.evaluate((one) => one === one.ownerDocument.activeElement);
  await search.waitFor();
  await page.keyboard.press('/');
  assert(await hasFocus(), 'keys work until they are turned off');
  await page.getByRole('button', { name: 'owner Owner' }).click();
  await page.getByRole('switch', { name: 'Keyboard shortcuts' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await search.waitFor();
  for (const key of ['/', '?', 'g', 'p']) await page.keyboard.press(key);
  assert(!(await hasFocus()));
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.match(page.url(), /\/users$/);
  await page.getByRole('button', { name: 'owner Owner' }).click();
  await page.getByRole('button', { name: 'Show the shortcuts' }).click();
  await page.getByRole('dialog').getByText('Single-key shortcuts are turned off').waitFor();

  // The inbox has the same origin, and so the same choice.
  await page.goto('/inbox');
  await search.waitFor();
  const inInbox = page.getByRole('switch', { name: 'Keyboard shortcuts' });
  assert.equal(await inInbox.getAttribute('aria-checked'), 'false');
  await page.keyboard.press('/');
  assert(!(await hasFocus()));
  await inInbox.click();
  await page.keyboard.press('/');
  assert(await hasFocus());
}

async function forcedColours(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(fixture.pool('/overview'));
  await seesHeading(page, 'People who joined');
  const [first, other] = await page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('.legend .key')].map((key) => getComputedStyle(key).backgroundColor)`,
  );
  assert.notEqual(first, other, 'a series and its neighbour have the same key');
  const marks = await page.evaluate<readonly string[]>(
    `['[aria-current=page]', 'a:not([aria-current])'].map((which) => {
      const { content, backgroundColor } = getComputedStyle(document.querySelector('aside nav ' + which), '::before');
      return content === 'none' ? 'none' : backgroundColor;
    })`,
  );
  assert.notEqual(marks[0], 'none', 'the page that one is on has a mark');
  assert.equal(marks[1], 'none');
}

/** The end of a long page is not under the message about what was done there. */
async function toasts(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId } = fixture;
  for (let number = 0; number < 30; number += 1) {
    const Username = `crowd-${number}`;
    await aws.adminCreateUser({ UserPoolId, Username, MessageAction: 'SUPPRESS' });
    await aws.adminAddUserToGroup({ UserPoolId, Username, GroupName: 'admin' });
  }
  for (const size of [SIZES.desktop, SIZES.phone]) {
    const page = await (await fixture.as('owner', size)).newPage();
    await page.goto(fixture.pool('/groups/admin'));
    await page.getByRole('button', { name: 'Next', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete group' }).waitFor();
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    // By keyboard, so that the page does not move for the pointer.
    await page
      .getByRole('button', { name: /^Remove crowd/ })
      .last()
      .evaluate((button) => button.click());
    await page.locator('.toast').waitFor();
    const covered = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('main button')].filter((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        if (top < 0 || bottom > innerHeight) return false;
        return document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.closest('.toasts') != null;
      }).map((button) => button.textContent.trim())`,
    );
    assert.deepEqual(covered, [], `${size.viewport.width}`);
  }
}
