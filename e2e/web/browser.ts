import { AxeBuilder } from '@axe-core/playwright';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from '../../scripts/chromium.mjs';

/** Nothing that a browser does on its own: no sandbox (it refuses root), no updates, no traffic except the pages'. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Chromium is, or one sentence on why there is none, with which tests are skipped. */
export async function findChromium(): Promise<
  { readonly path: string } | { readonly missing: string }
> {
  const found = await ensureChromium();
  // The build that npm installs runs only on x64 Linux with its system libraries.
  if ('path' in found || process.platform !== 'linux' || process.arch !== 'x64') return found;
  try {
    return { path: await sparticuz.executablePath() };
  } catch {
    return found;
  }
}

/** Opens Chromium with a temporary profile of its own. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const found = await findChromium();
  if ('missing' in found) throw new Error(`There is no browser: ${found.missing}.`);
  return chromium.launch({ executablePath: found.path, args: FLAGS });
}

/** Runs in the page. Colours in transition from light to dark belong to neither. */
const TRANSITIONS_DONE = `new Promise(requestAnimationFrame).then(() => Promise.allSettled(
  document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished),
))`;

/** Waits until no colour of a page is in transition. */
export async function coloursSettled(page: Page): Promise<void> {
  await page.evaluate(TRANSITIONS_DONE);
}

/** axe's findings on a page, one line each, with the element concerned: WCAG 2.2 A and AA, and its best practices. */
export async function axeProblems(
  page: Page,
  rules?: readonly string[],
): Promise<readonly string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  await coloursSettled(page);
  // In a frame that may run no script, such as a mail of the inbox, axe would wait for ever.
  // The pages have no frames but those, so that axe can do without a second page for its sums, in a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('iframe[sandbox]');
  const chosen = rules === undefined ? axe.withTags(tags) : axe.withRules([...rules]);
  const { violations } = await chosen.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any, all }) => {
      const why = any[0]?.message ?? all[0]?.message ?? help;
      return `${id}: ${target.join(' ')}: ${why}`;
    }),
  );
}
