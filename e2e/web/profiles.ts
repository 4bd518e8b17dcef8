import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findChromium, openBrowser } from './browser.ts';

/** Sizes in CSS pixels. */
export const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 } },
} as const satisfies Record<string, BrowserContextOptions>;

/**
 * How many times slower than this machine the pages' scripts run: `POOLHOUSE_TEST_SLOW_PAGES=6`. A journey that looks before the page is
 * ready passes on a quiet machine and fails with this.
 */
const SLOWER = Number(process.env['POOLHOUSE_TEST_SLOW_PAGES'] ?? 1);
const LONGEST_WAIT_MS = 20_000 * SLOWER;

/** A browser, for people who know nothing about each other. */
export interface Profiles {
  /** An empty browser profile whose base address is the application's. Closed with the journey. */
  profile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page in a profile of its own. */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** What pages must not do and one did: uncaught errors, and violations of the content security policy. */
  readonly mishaps: readonly string[];
  /** What the open pages show, for whoever reads why a journey failed. */
  scene(): Promise<string>;
  /** Closes all profiles. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a browser for an application. */
export async function openProfiles(baseURL: string): Promise<Profiles> {
  const browser = await openBrowser();
  const mishaps: string[] = [];
  const profile: Profiles['profile'] = async (options = {}) => {
    const context = await browser.newContext({
      baseURL,
      reducedMotion: 'reduce',
      ...SIZES.desktop,
      ...options,
    });
    context.setDefaultTimeout(LONGEST_WAIT_MS);
    if (SLOWER > 1) context.on('page', slowDown);
    context.on('weberror', (error) => mishaps.push(String(error.error())));
    context.on('console', (message) => {
      // Chromium also logs every refused or failed request; those are not mishaps.
      const isOwn = !message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && isOwn) mishaps.push(message.text());
    });
    return context;
  };
  return {
    mishaps,
    profile,
    page: async (options) => (await profile(options)).newPage(),
    async scene() {
      const pages = browser.contexts().flatMap((context) => context.pages());
      const texts = pages.map(async (page) => `${page.url()}\n${await page.innerText('body')}`);
      return (await Promise.all(texts)).join('\n\n');
    },
    async leave() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: () => browser.close(),
  };
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

const chromium = await findChromium();
const skip = 'missing' in chromium ? `there is no browser: ${chromium.missing}` : false;

/** Makes suites of journeys, each with its own fixture; every journey must end without a mishap. */
export function suiteOfJourneys<Fixture extends Profiles>(
  open: () => Promise<Fixture>,
): (title: string, each: Readonly<Record<string, (fixture: Fixture) => Promise<void>>>) => void {
  return (title, each) => {
    suite(title, { skip }, () => {
      let fixture: Fixture | undefined;
      before(async () => {
        fixture = await open();
      });
      after(() => fixture?.close());
      for (const [name, journey] of Object.entries(each)) {
        test(name, async (t) => {
          assert(fixture);
          try {
            await journey(fixture);
            assert.deepEqual(fixture.mishaps, []);
          } catch (error) {
            t.diagnostic(await fixture.scene().catch(String));
            throw error;
          } finally {
            await fixture.leave();
          }
        });
      }
    });
  };
}
