/** What happens to a session over time and across tabs: it is renewed unnoticed, once for all tabs, and ends everywhere at once. */
import assert from 'node:assert/strict';
import type { BrowserContext, Page, Request, Route } from 'playwright-core';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { POOL } from './starter-under-test.ts';
import { press, sees, seesHeading, signIn, journeys, type Fixture } from './journey.ts';

const ACCESS_MINUTES = 5;
const LATER_MS = 6 * 60_000;
const ROUNDS = 5;
const KEY = `poolhouse.${POOL.ClientId}`;

journeys('a session', {
  'is renewed once for ten calls in two tabs, and nobody notices': renewedOnce,
  'is renewed when the API refuses its token': refusedByTheApi,
  'is renewed once for the tabs that a restarted browser opens': renewedOnRestart,
  'ends in all tabs': endsInAllTabs,
  'ends when the pool says so': endedByThePool,
});

/** A profile's refresh requests; if they are held, each waits for `release`. */
interface Refreshes {
  readonly requests: readonly Request[];
  hold(): void;
  release(): void;
}

/** A profile whose clock the journey controls from the start, because pages keep the clock that they started with. */
async function profileOutOfTime(fixture: Fixture): Promise<BrowserContext> {
  const context = await fixture.profile();
  await context.clock.setFixedTime(Date.now());
  return context;
}

async function watchRefreshes(context: BrowserContext, fixture: Fixture): Promise<Refreshes> {
  const requests: Request[] = [];
  let held = Promise.withResolvers<void>();
  held.resolve();
  await context.route(`${fixture.starter.server.publicUrl}/`, async (route: Route) => {
    const request = route.request();
    if (request.headers()['x-amz-target']?.endsWith('.GetTokensFromRefreshToken')) {
      requests.push(request);
      await held.promise;
    }
    await route.continue();
  });
  return {
    requests,
    hold: () => (held = Promise.withResolvers()),
    release: () => held.resolve(),
  };
}

function accessToken(page: Page): Promise<string> {
  return page.evaluate((key) => {
    const session = JSON.parse(localStorage.getItem(key) ?? '{}') as { accessToken?: string };
    return session.accessToken ?? '';
  }, KEY);
}

async function shortAccessTokens({ aws }: Fixture): Promise<void> {
  const { UserPoolClient } = await aws.describeUserPoolClient(POOL);
  assert(UserPoolClient);
  const { ClientId, UserPoolId, ...settings } = UserPoolClient;
  await aws.updateUserPoolClient({
    ...settings,
    ClientId,
    UserPoolId,
    AccessTokenValidity: ACCESS_MINUTES,
    TokenValidityUnits: { AccessToken: 'minutes' },
  });
}

async function renewedOnce(fixture: Fixture): Promise<void> {
  await shortAccessTokens(fixture);
  await fixture.user('ann');
  const context = await profileOutOfTime(fixture);
  const refreshes = await watchRefreshes(context, fixture);
  const first = await context.newPage();
  await signIn(first, 'ann', PASSWORD);
  const second = await context.newPage();
  await second.goto('/profile');
  await second.locator('app-api-answer pre').waitFor();
  assert.equal(refreshes.requests.length, 0);
  const before = await accessToken(first);

  await context.clock.setFixedTime(Date.now() + LATER_MS);
  refreshes.hold();
  // Each profile calls the API and the pool; none of them can continue before there is a new token.
  for (const page of [first, second]) {
    // Chromium hardly renders a tab that is behind another.
    await page.bringToFront();
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.getByRole('link', { name: 'Starter' }).click();
      await seesHeading(page, 'Welcome, ann');
      await page.getByRole('link', { name: 'Profile', exact: true }).click();
      await page.getByRole('status', { name: 'Loading' }).waitFor();
    }
  }
  refreshes.release();
  for (const page of [first, second]) {
    await page.locator('app-api-answer pre').waitFor();
    assert.equal(await page.getByRole('alert').filter({ hasText: /\S/ }).count(), 0);
    assert.match(page.url(), /\/profile$/);
  }
  assert.equal(refreshes.requests.length, 1);
  const after = await accessToken(second);
  assert.notEqual(after, before);
  assert.equal(await accessToken(first), after);
}

/** By the browser's clock the token is valid: only the API's answer shows that it is not. */
async function refusedByTheApi(fixture: Fixture): Promise<void> {
  await fixture.user('ben');
  const context = await fixture.profile();
  const refreshes = await watchRefreshes(context, fixture);
  const page = await context.newPage();
  await signIn(page, 'ben', PASSWORD);
  await page.locator('app-api-answer pre').waitFor();
  const spoilt = await page.evaluate((key) => {
    const session = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, string>;
    const accessToken = session['accessToken']?.replace(/[^.]+$/, 'AAAA');
    localStorage.setItem(key, JSON.stringify({ ...session, accessToken }));
    return accessToken;
  }, KEY);
  const answers: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/api/me')) answers.push(response.status());
  });
  await page.reload();
  await page.locator('app-api-answer pre').waitFor();
  assert.deepEqual(answers, [401, 200]);
  assert.equal(refreshes.requests.length, 1);
  assert.notEqual(await accessToken(page), spoilt);
  assert.equal(await page.getByRole('alert').filter({ hasText: /\S/ }).count(), 0);
}

async function renewedOnRestart(fixture: Fixture): Promise<void> {
  await fixture.user('cid');
  const context = await profileOutOfTime(fixture);
  const refreshes = await watchRefreshes(context, fixture);
  const first = await context.newPage();
  await signIn(first, 'cid', PASSWORD);
  await context.clock.setFixedTime(Date.now() + LATER_MS);
  const tabs = await Promise.all(Array.from({ length: ROUNDS }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto('/profile')));
  await Promise.all(tabs.map((tab) => tab.locator('app-api-answer pre').waitFor()));
  assert.equal(refreshes.requests.length, 1);
}

async function endsInAllTabs(fixture: Fixture): Promise<void> {
  await fixture.user('dora', ['admin']);
  const context = await fixture.profile();
  const first = await context.newPage();
  await signIn(first, 'dora', PASSWORD);
  const second = await context.newPage();
  await second.goto('/admin');
  await seesHeading(second, 'Users');
  await press(first, 'Sign out here');
  for (const page of [first, second]) await seesHeading(page, 'Sign in');
  assert.equal(await second.getByText('dora').count(), 0);
  assert.deepEqual(await second.evaluate(() => Object.entries(localStorage)), []);
  // And one tab that signs in takes the other along, to where it was.
  await signIn(first, 'dora', PASSWORD);
  await second.waitForURL('**/admin');
}

/** Signing out everywhere ends the sessions of other devices; they notice when they renew. */
async function endedByThePool(fixture: Fixture): Promise<void> {
  await fixture.user('eve');
  const here = await fixture.page();
  const elsewhere = await (await profileOutOfTime(fixture)).newPage();
  await signIn(here, 'eve', PASSWORD);
  await signIn(elsewhere, 'eve', PASSWORD);
  await elsewhere.locator('app-api-answer pre').waitFor();
  await press(here, 'Sign out everywhere');
  await seesHeading(here, 'Sign in');
  await elsewhere.context().clock.setFixedTime(Date.now() + LATER_MS);
  await press(elsewhere, 'Call it again');
  await seesHeading(elsewhere, 'Sign in');
  await sees(elsewhere, 'to continue to Starter');
}
