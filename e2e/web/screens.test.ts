/**
 * Every screen, in both themes, on a phone and on a desktop: axe finds nothing, nothing is wider than the window, and no keyboard but the
 * device's own is needed. With `POOLHOUSE_SCREENSHOTS=<folder>` each screen is saved there as a picture.
 */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { problemsOf } from './look-at.ts';
import { visitScreens } from './screens.ts';
import { seesHeading, SIZES, journeys, type Fixture } from './journey.ts';

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
for (const size of ['desktop', 'phone'] as const) {
  journeys(`every screen on a ${size}`, { 'is for everybody, light and dark': visitAll(size) });
}
journeys('with the keyboard alone', { 'one signs in, and always sees where one is': byKeyboard });

function visitAll(size: keyof typeof SIZES) {
  return async (fixture: Fixture): Promise<void> => {
    const page = await fixture.page(SIZES[size]);
    const problems: string[] = [];
    await visitScreens(fixture, page, async (_, screen) => {
      problems.push(...(await problemsOf(page, screen, size)));
    });
    assert.deepEqual(problems, []);
  };
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
