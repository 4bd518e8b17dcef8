/**
 * Every screen, in both themes, on a phone and on a desktop: axe finds nothing, nothing is wider than the window, and no keyboard but the
 * device's own is needed. With `POOLHOUSE_SCREENSHOTS=<folder>` each screen is saved there as a picture.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { axeProblems } from './browser.ts';
import { faintEdges, smallTargets, tooWide } from './measure.ts';
import { visitScreens } from './screens.ts';
import { seesHeading, SIZES, journeys, type Fixture } from './journey.ts';

const PICTURES = process.env['POOLHOUSE_SCREENSHOTS'];
const PICTURED = ['desktop-light', 'phone-dark'];
const MOST_TABS = 12;
/** What has the focus, and whether it is visible. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  return {
    called: (element.ariaLabel ?? (element.labels?.[0] ?? element).textContent).trim(),
    isSeen: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
  };
})()`;
/** All of them; the other theme has only other colours. */
const RULES = { light: undefined, dark: ['color-contrast'] };

for (const size of ['desktop', 'phone'] as const) {
  journeys(`every screen on a ${size}`, { 'is for everybody, light and dark': visitAll(size) });
}
journeys('with the keyboard alone', { 'one signs in, and always sees where one is': byKeyboard });

function visitAll(size: keyof typeof SIZES) {
  return async (fixture: Fixture): Promise<void> => {
    const page = await fixture.page(SIZES[size]);
    const problems: string[] = [];
    await visitScreens(fixture, page, async (_, screen) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await show(page, colorScheme);
        const found = [
          ...(await axeProblems(page, RULES[colorScheme])),
          ...(await tooWide(page)),
          ...(await faintEdges(page)),
          ...(await smallTargets(page)),
        ];
        problems.push(...found.map((problem) => `${screen}, ${colorScheme}: ${problem}`));
        const variant = `${size}-${colorScheme}`;
        const isKept = PICTURED.includes(variant);
        if (PICTURES && isKept) await keep(page, `${screen}-${variant}`, PICTURES);
      }
    });
    assert.deepEqual(problems, []);
  };
}

/** Switches between light and dark, and waits until no colour is in transition. */
async function show(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(`(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  })()`);
}

async function keep(page: Page, name: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // The bar sticks to the top of the window, not of the page.
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

async function byKeyboard(fixture: Fixture): Promise<void> {
  await fixture.user('pia');
  const page = await fixture.page();
  await page.goto('/');
  await seesHeading(page, 'Sign-up and sign-in that you own');
  await tabTo(page, 'Sign in');
  await page.keyboard.press('Enter');
  await arrives(page, 'Sign in');
  await tabTo(page, 'User name, email or preferred user name');
  await page.keyboard.type('pia');
  await tabTo(page, 'Password');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/profile');
  await arrives(page, 'pia');
  await tabTo(page, 'Call it again');
  await page.keyboard.press('Enter');
  await page.locator('app-api-answer pre').waitFor();
  await tabTo(page, 'Sign out here');
  await page.keyboard.press('Space');
  await arrives(page, 'Sign in');
}

/** There is a new page, and the keyboard continues from its beginning. */
async function arrives(page: Page, heading: string): Promise<void> {
  await seesHeading(page, heading);
  await page.locator('main:focus').waitFor();
}

/** Presses Tab until something has the focus; every stop on the way must be visible. */
async function tabTo(page: Page, name: string): Promise<void> {
  const way: string[] = [];
  while (way.at(-1) !== name) {
    assert(way.length < MOST_TABS, `${name} is not on the way: ${way.join(', ')}`);
    await page.keyboard.press('Tab');
    const { called, isSeen } = await page.evaluate<{ called: string; isSeen: boolean }>(FOCUSED);
    assert(isSeen, `the focus is not seen on ${called}`);
    way.push(called);
  }
}
