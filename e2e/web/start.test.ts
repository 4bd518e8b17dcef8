/**
 * There is something to see before the script runs: the sign-in pages start with a picture of their form, other pages with the frame. The
 * page itself then replaces it, without anything moving.
 */
import assert from 'node:assert/strict';
import type { Page, Request } from 'playwright-core';
import { consoleJourneys, type ConsoleFixture } from './console-fixture.ts';
import { SIZES, type Profiles } from './profiles.ts';
import { seesHeading, journeys } from './journey.ts';

const NEAR_PX = 1;
/** A font that arrives after the first paint makes its text slightly wider. Good is 0.1 (web.dev/cls). */
const MOST_SHIFTS = 0.005;
/** At 400 kbit/s, 160 kB arrive in 3.2 s; the rest of the 6 s until the form can be used is for latency and the script. */
const MOST_BYTES = 160_000;
/** Fewer would mean that nothing was counted. */
const LEAST_BYTES = 50_000;

journeys('the starter before its script', {
  'shows the sign-in form where it will be': (fixture) => sameForm(fixture, '/sign-in', 'app-root'),
  'shows no sign-in form on other pages': async (fixture) => {
    await frameOnly(fixture, '/', 'Sign-up and sign-in that you own');
    await frameOnly(fixture, '/sign-in?start=sign-up', 'Create an account');
  },
  'opens the sign-in page with few bytes': (fixture) =>
    fewBytes(fixture, '/sign-in', 'User name, email or preferred user name'),
  'says so where no script may run': (fixture) =>
    withoutScript(fixture, '/sign-in', 'This application needs JavaScript.'),
});

consoleJourneys('the console before its script', {
  'shows the sign-in form where it will be': (fixture) =>
    sameForm(fixture, '/console/sign-in', 'pc-root'),
  'shows no sign-in form on other pages': signedIn,
  'opens the sign-in page with few bytes': (fixture) =>
    fewBytes(fixture, '/console/sign-in', 'User name or email'),
  'says so where no script may run': (fixture) =>
    withoutScript(fixture, '/console/sign-in', 'The console needs JavaScript.'),
});

/** A text, or a field's empty string, and its position in the window. */
type Place = readonly [text: string, x: number, y: number, width: number, height: number];

/** Runs in the page: the position of everything that can be read or typed into. */
const placesIn = (root: string): string => `(() => {
  const found = [];
  const note = (text, { x, y, width, height }) => width && found.push([text, x, y, width, height]);
  const walker = document.createTreeWalker(document.querySelector('${root}'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    if (text) note(text, range.getClientRects()[0] ?? {});
  }
  for (const field of document.querySelectorAll('${root} :is(input, .start-field i)')) {
    note('', field.getBoundingClientRect());
  }
  return found;
})()`;

/** Once the style sheet and its fonts are there. */
const DRAWN = `new Promise((resolve) => {
  const look = () =>
    getComputedStyle(document.querySelector('.start')).position === 'absolute' ? resolve() : setTimeout(look, 10);
  look();
}).then(() => document.fonts.ready).then(() => undefined)`;

const SHIFTS = `new Promise((resolve) => new PerformanceObserver((list) =>
  resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0)),
).observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => resolve(0), 200))`;

/** Holds back the scripts of a page until the returned function is called. */
async function holdScripts(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/*.js', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

async function sameForm(fixture: Profiles, path: string, root: string): Promise<void> {
  for (const size of ['phone', 'desktop'] as const) {
    const page = await fixture.page(SIZES[size]);
    const release = await holdScripts(page);
    await page.goto(path, { waitUntil: 'commit' });
    await page.locator('.start-field').first().waitFor();
    await page.evaluate(DRAWN);
    const picture: readonly Place[] = await page.evaluate(placesIn('.start'));
    release();
    await page.locator('.start').waitFor({ state: 'detached' });
    const real: readonly Place[] = await page.evaluate(placesIn(root));
    const isThere = ([text, ...rect]: Place) =>
      real.some(
        ([other, ...place]) =>
          other === text && place.every((at, i) => Math.abs(at - (rect[i] ?? 0)) <= NEAR_PX),
      );
    const moved = picture.filter((place) => !isThere(place));
    assert.deepEqual(moved, [], `${size}: the page has ${JSON.stringify(real)}`);
    assert(picture.length > 6, `${size}: ${JSON.stringify(picture)}`);
    const shifts: number = await page.evaluate(SHIFTS);
    assert(shifts < MOST_SHIFTS, `${size}: things moved by ${shifts}`);
  }
}

async function frameOnly(fixture: Profiles, path: string, heading: string): Promise<void> {
  const page = await fixture.page();
  const release = await holdScripts(page);
  await page.goto(path, { waitUntil: 'commit' });
  await page.locator('.start .brand').waitFor();
  assert.equal(await page.locator('.start-field').count(), 0);
  release();
  await seesHeading(page, heading);
  assert.equal(await page.locator('.start').count(), 0);
}

async function signedIn(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('viewer')).newPage();
  const release = await holdScripts(page);
  await page.goto('/console/', { waitUntil: 'commit' });
  const name = page.locator('.start .brand');
  await page.evaluate(DRAWN);
  const picture = await name.boundingBox();
  assert.equal(await page.locator('.start-field').count(), 0);
  release();
  await seesHeading(page, 'User pools');
  assert.equal(await page.locator('.start').count(), 0);
  const real = await page.locator('pc-rail .brand').boundingBox();
  // The link has some padding around its text.
  assert.deepEqual([picture?.x, picture?.y], [(real?.x ?? 0) + 8, (real?.y ?? 0) + 4]);
}

async function fewBytes(fixture: Profiles, path: string, field: string): Promise<void> {
  const page = await fixture.page();
  const requests: Request[] = [];
  page.on('requestfinished', (request) => requests.push(request));
  await page.goto(path);
  await page.getByLabel(field, { exact: true }).waitFor();
  const sizes = await Promise.all(requests.map((request) => request.sizes()));
  const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  assert(bytes < MOST_BYTES && bytes > LEAST_BYTES, `${bytes} bytes in ${sizes.length} answers`);
}

async function withoutScript(fixture: Profiles, path: string, words: string): Promise<void> {
  const page = await fixture.page({ javaScriptEnabled: false });
  await page.goto(path);
  assert.equal((await page.innerText('body')).trim(), words);
  assert.equal(await page.locator('.start').isVisible(), false);
}
