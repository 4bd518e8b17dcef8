/** A page used without a mouse: everything by keyboard, and the focus always visible. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { focusOf } from './measure.ts';

const MOST_TABS = 120;
const LONGEST_WAIT_MS = 5_000;

/** Presses Tab until something has the focus, which must be visible. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) {
      return seesFocus(page, `Tab to ${String(target)}`);
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to ${String(target)}`);
}

/** Moves to a control and presses a key there. */
export async function hit(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Moves to a field and replaces its text by typing. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Moves to the selected one of several and, with the arrow key, to another. */
export async function choose(page: Page, from: Locator, to: Locator): Promise<void> {
  await tabTo(page, from);
  for (let keys = 0; keys < 5 && !(await to.isChecked()); keys += 1) {
    await page.keyboard.press('ArrowDown');
  }
  assert(await to.isChecked(), `the arrow does not lead to ${String(to)}`);
}

/** Something has the focus, and is neither under a bar nor outside the window. */
export async function seesFocus(page: Page, after: string): Promise<void> {
  await page
    .locator(':focus')
    .waitFor({ state: 'attached', timeout: LONGEST_WAIT_MS })
    .catch(() => assert.fail(`${after}: nothing has the focus`));
  // Whatever has to make room for it does so in the next frame.
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
  );
  const { at, isHidden } = await focusOf(page);
  assert(!isHidden, `${after}: the focus is at ${at}, which is not seen`);
}

/** Exactly this element has the focus. */
export async function hasFocus(page: Page, target: Locator, after: string): Promise<void> {
  await seesFocus(page, after);
  const isThere = await target.evaluate((one) => one === one.ownerDocument.activeElement);
  assert(isThere, `${after}: the focus is at ${(await focusOf(page)).at}`);
}
