/** The charts of the overview: a day is read by hand, by key and by touch, and the scale says what the bars are worth. */
import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { axeProblems } from './browser.ts';
import { consoleJourneys, type ConsoleFixture } from './console-fixture.ts';
import { SIZES } from './profiles.ts';

consoleJourneys('the charts of the overview', {
  'a day is read with the pointer, with arrow keys at one stop, and by touch': days,
  'lines have round labels at their heights, for many and for few, on every screen': scales,
  'where nothing happened, a chart says so': quiet,
});

/** Days up to 29 November, the first with one sign-in, the second with two, and so on: times this many. */
function metrics(days: number, times: number): object {
  const last = Date.UTC(2026, 10, 29);
  return {
    users: 2507,
    refusing: [],
    days: Array.from({ length: days }, (_, index) => ({
      day: new Date(last - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10),
      signUps: times,
      confirmations: 0,
      signIns: (index + 1) * times,
      failures: index === 0 ? times : 0,
    })),
  };
}

const SMALL: BrowserContextOptions = { viewport: { width: 320, height: 640 } };

/** The overview with these metrics. */
async function overview(
  fixture: ConsoleFixture,
  answer: object,
  size: BrowserContextOptions = SIZES.desktop,
): Promise<Page> {
  const page = await (await fixture.as('owner', { ...size, timezoneId: 'America/Lima' })).newPage();
  await page.route(/\/metrics\?/, (route) => route.fulfill({ json: answer }));
  await page.goto(fixture.pool('/overview'));
  await chart(page).locator('.plot').waitFor();
  return page;
}

const chart = (page: Page) => page.getByRole('region', { name: 'Sign-ins', exact: true });

/** Waits until the legend is about this time, and sees that it counts right. */
async function says(page: Page, legend: string): Promise<void> {
  const [when = ''] = legend.split(' Sign-ins');
  await chart(page).getByText(when, { exact: true }).waitFor();
  const words = await chart(page).locator('.legend').innerText();
  assert.equal(words.replaceAll(/\s+/g, ' ').trim(), legend);
}

const ALL = '30 days, UTC Sign-ins 465 Failed sign-ins 1';
const FIRST = 'Saturday, October 31, UTC Sign-ins 1 Failed sign-ins 1';
const LAST = 'Sunday, November 29, UTC Sign-ins 30 Failed sign-ins 0';

async function days(fixture: ConsoleFixture): Promise<void> {
  const page = await overview(fixture, metrics(30, 1));
  const slider = chart(page).getByRole('slider', { name: 'Sign-ins on one day (UTC)' });
  await says(page, ALL);
  await chart(page).getByRole('button', { name: 'Show as a table' }).focus();
  await page.keyboard.press('Tab');
  assert(await slider.evaluate((one) => one === one.ownerDocument.activeElement));
  await says(page, LAST);
  await page.keyboard.press('ArrowLeft');
  await says(page, 'Saturday, November 28, UTC Sign-ins 29 Failed sign-ins 0');
  assert.equal(
    await slider.getAttribute('aria-valuetext'),
    'Saturday, November 28: Sign-ins 29, Failed sign-ins 0',
  );
  await page.keyboard.press('Home');
  await says(page, FIRST);
  await page.keyboard.press('Tab');
  assert.equal(await chart(page).locator(':focus').count(), 0, 'it is one stop');
  await says(page, ALL);

  await over(page, 0.99);
  await says(page, LAST);
  await over(page, 0.01);
  await says(page, FIRST);
  await page.mouse.move(0, 0);
  await says(page, ALL);

  const image = chart(page).getByRole('img');
  assert.equal(
    await image.getAttribute('aria-label'),
    'Sign-ins by day (UTC), Oct 31 to Nov 29: Sign-ins 465, Failed sign-ins 1.',
  );
  await chart(page).getByRole('button', { name: 'Show as a table' }).click();
  await chart(page).getByRole('row').last().waitFor();
  assert.equal(await chart(page).getByRole('row').count(), 31);
  assert.equal(await chart(page).getByRole('row').last().innerText(), 'Oct 31\t1\t1');

  const phone = await overview(fixture, metrics(30, 1), SIZES.phone);
  const { x, y } = await at(phone, 0.01);
  await phone.touchscreen.tap(x, y);
  await says(phone, FIRST);
  await phone.getByRole('heading', { name: 'Configuration' }).tap();
  await says(phone, ALL);
}

/** A place along the chart, from 0 to 1. */
async function at(page: Page, part: number): Promise<{ x: number; y: number }> {
  const plot = chart(page).locator('.plot');
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  assert(box);
  return { x: box.x + box.width * part, y: box.y + box.height / 2 };
}

async function over(page: Page, part: number): Promise<void> {
  const { x, y } = await at(page, part);
  await page.mouse.move(x, y);
}

/** Runs in the page: where the lines and their labels are, how high the bars, and what of it is out of place. */
const DRAWN = `(() => {
  const card = document.querySelector('pc-day-chart');
  const middle = ({ top, bottom }) => (top + bottom) / 2;
  const boxes = (which) => [...card.querySelectorAll(which)].map((one) => one.getBoundingClientRect());
  const lines = boxes('.lines i').map(middle);
  const labels = boxes('.scale span').map(middle);
  const plot = card.querySelector('.plot').getBoundingClientRect();
  return {
    labels: [...card.querySelectorAll('.scale span')].map((one) => one.textContent),
    apart: Math.max(...lines.map((y, index) => Math.abs(y - labels[index]))),
    ground: plot.bottom - lines[0],
    highest: Math.max(...boxes('.bar').map(({ height }) => height / plot.height)),
    out: boxes('.bar').filter(({ left, right }) => left < plot.left - 1 || right > plot.right + 1).length,
    unseen: boxes('.bar').filter(({ width, height }) => height > 0 && (width < 1 || height < 2)).length,
    wide: document.documentElement.scrollWidth - innerWidth,
  };
})()`;

interface Drawn {
  readonly labels: readonly string[];
  readonly apart: number;
  readonly ground: number;
  readonly highest: number;
  readonly out: number;
  readonly unseen: number;
  readonly wide: number;
}

async function scales(fixture: ConsoleFixture): Promise<void> {
  const cases: readonly [
    days: number,
    times: number,
    labels: readonly string[],
    highest: number,
  ][] = [
    [1, 1, ['0', '1'], 1],
    [7, 1, ['0', '2', '4', '6', '8'], 7 / 8],
    [30, 1, ['0', '10', '20', '30'], 1],
    [90, 13_000, ['0', '500K', '1M', '1.5M'], 1.17 / 1.5],
  ];
  for (const size of [SIZES.desktop, SIZES.phone, SMALL]) {
    for (const [days, times, labels, highest] of cases) {
      const page = await overview(fixture, metrics(days, times), size);
      const drawn: Drawn = await page.evaluate(DRAWN);
      const name = `${days} days at ${size.viewport?.width}: ${JSON.stringify(drawn)}`;
      assert.deepEqual(drawn.labels, labels, name);
      assert(drawn.apart <= 1 && drawn.ground <= 1, name);
      assert(Math.abs(drawn.highest - highest) < 0.01, name);
      assert.deepEqual([drawn.out, drawn.unseen], [0, 0], name);
      assert(drawn.wide <= 0, name);
      await page.context().close();
    }
  }
}

async function quiet(fixture: ConsoleFixture): Promise<void> {
  const page = await overview(fixture, metrics(30, 0));
  await chart(page).getByText('Nothing happened in this period.').waitFor();
  assert.equal(await chart(page).getByRole('slider').count(), 0);
  assert.deepEqual((await page.evaluate<Drawn>(DRAWN)).labels, ['0']);
  assert.deepEqual(await axeProblems(page), []);
}
