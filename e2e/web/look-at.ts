import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeProblems } from './browser.ts';
import { faintEdges, smallTargets, tooWide } from './measure.ts';
import type { SIZES } from './profiles.ts';

const PICTURES = process.env['POOLHOUSE_SCREENSHOTS'];
const PICTURED = ['desktop-light', 'phone-dark'];
/** All of them; the other theme has only other colours. */
const RULES = { light: undefined, dark: ['color-contrast'] };

/** What is wrong with a screen in light and in dark. With `POOLHOUSE_SCREENSHOTS=<folder>` it is saved there as a picture. */
export async function problemsOf(
  page: Page,
  screen: string,
  size: keyof typeof SIZES,
): Promise<readonly string[]> {
  const problems: string[] = [];
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
    if (PICTURES && PICTURED.includes(variant)) await keep(page, `${screen}-${variant}`, PICTURES);
  }
  return problems;
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
