import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { makeUser } from '../clients/tutorial-pool.ts';
import { findChromium, openBrowser } from './browser.ts';
import { POOL, startStarter, type StarterUnderTest } from './starter-under-test.ts';

/** Sizes in CSS pixels. */
export const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 } },
} as const satisfies Record<string, BrowserContextOptions>;

const LONGEST_WAIT_MS = 20_000;

/** What a walk has: the running application, a browser, and people to be. */
export interface Ground {
  readonly starter: StarterUnderTest;
  /** Signs with the key that development knows. */
  readonly aws: CognitoIdentityProvider;
  /** A browser profile without memories, whose addresses begin at the application. Closed with the ground. */
  profile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page in a profile of its own. */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** Makes a confirmed user whose password is `PASSWORD` and whose address is `<name>@example.com`. */
  user(name: string, groups?: readonly ('admin' | 'member')[]): Promise<void>;
  /** What no page may do and one did: errors that nobody caught, and refusals of the content security policy. */
  readonly mishaps: readonly string[];
  close(): Promise<void>;
}

type Walk = (ground: Ground) => Promise<void>;

const chromium = await findChromium();
const skip = 'missing' in chromium ? `there is no browser: ${chromium.missing}` : false;

/** A suite of walks over one running application; each ends without a mishap. */
export function walks(title: string, each: Readonly<Record<string, Walk>>): void {
  suite(title, { skip }, () => {
    let ground: Ground | undefined;
    before(async () => {
      ground = await openGround();
    });
    after(() => ground?.close());
    for (const [name, walk] of Object.entries(each)) {
      test(name, async () => {
        assert(ground);
        await walk(ground);
        assert.deepEqual(ground.mishaps, []);
      });
    }
  });
}

async function openGround(): Promise<Ground> {
  const starter = await startStarter();
  let browser: Browser;
  try {
    browser = await openBrowser();
  } catch (error) {
    await starter.remove();
    throw error;
  }
  const mishaps: string[] = [];
  const aws = starter.server.client({ region: 'local' });
  const profile: Ground['profile'] = async (options = {}) => {
    const context = await browser.newContext({
      baseURL: starter.url,
      reducedMotion: 'reduce',
      ...SIZES.desktop,
      ...options,
    });
    context.setDefaultTimeout(LONGEST_WAIT_MS);
    context.on('weberror', (error) => mishaps.push(String(error.error())));
    context.on('console', (message) => {
      // Chromium writes a line for every refused or failed request, too; those are no mishaps.
      const isOwn = !message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && isOwn) mishaps.push(message.text());
    });
    return context;
  };
  return {
    starter,
    aws,
    mishaps,
    profile,
    page: async (options) => (await profile(options)).newPage(),
    user: (name, groups) => makeUser(aws, POOL.UserPoolId, name, groups),
    async close() {
      await browser.close();
      await starter.remove();
    },
  };
}

/** Waits until a text stands on the page. */
export function sees(page: Page, text: string | RegExp): Promise<void> {
  return page.getByText(text).first().waitFor();
}

/** Waits until a page has this title on it, and answers when it has the focus or is at least there. */
export function seesHeading(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole('heading', { name, exact: true }).waitFor();
}

/** Fills in fields by their labels. */
export async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
}

/** Presses a button or follows a link, by its words. */
export function press(page: Page, name: string): Promise<void> {
  const within = page.getByRole('main');
  const button = within.getByRole('button', { name, exact: true });
  return button.or(within.getByRole('link', { name, exact: true })).click();
}

/** What stands in a field at this moment. */
export function typed(page: Page, label: string): Promise<string> {
  return page.getByLabel(label, { exact: true }).inputValue();
}

/** The label of the sign-in screen's first field. */
export const NAME = 'User name, email or preferred name';

/** Signs in on the sign-in page, and waits for the profile. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await fill(page, { [NAME]: username, Password: password });
  await press(page, 'Sign in');
  await page.waitForURL('**/profile');
  await seesHeading(page, username);
}
