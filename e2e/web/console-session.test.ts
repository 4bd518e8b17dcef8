/** What survives a reload, the back button, another tab, a lost session, and a server that is down for a while. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import {
  ADMINISTRATOR_PASSWORD,
  consoleJourneys,
  fillSignIn,
  seesSaved,
  type ConsoleFixture,
} from './console-fixture.ts';
import { sees, seesHeading } from './journey.ts';

consoleJourneys('a session of the console', {
  'a draft survives a reload and the back button': draftSurvives,
  'an address leads through the sign-in to its page': addressLeads,
  'signing out in one tab ends the other': twoTabs,
  'a lost session loses nothing': lostSession,
  'a server that is gone and comes back loses nothing': serverGone,
});

async function draftSurvives(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto('/console/new');
  await page.getByLabel('Pool name').fill('shop');
  await page.getByRole('button', { name: 'Step through settings' }).click();
  await seesHeading(page, 'How do people sign in?');
  const phone = page.locator('label.opt', { hasText: 'Verified phone number' }).locator('input');
  await phone.check();
  await page.reload();
  await seesHeading(page, 'How do people sign in?');
  assert(await phone.isChecked());
  await page.goBack();
  await seesHeading(page, 'What is the pool for?');
  assert.equal(await page.getByLabel('Pool name').inputValue(), 'shop');
  await page.goForward();
  assert(await phone.isChecked());
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Minimum length').fill('3');
  await page.getByRole('button', { name: 'Continue' }).click();
  // A mistake keeps people on the page, and is visible where they look.
  await seesHeading(page, 'What makes a good password here?');
  assert.equal(await page.locator(':focus').getAttribute('aria-invalid'), 'true');
  // Another tab has a draft of its own.
  const other = await page.context().newPage();
  await other.goto('/console/new');
  assert.equal(await other.getByLabel('Pool name').inputValue(), '');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
}

async function addressLeads(fixture: ConsoleFixture): Promise<void> {
  await fixture.user('nils');
  const page = await fixture.page();
  await page.goto(fixture.pool('/users/nils'));
  await seesHeading(page, 'Sign in to the console');
  await fillSignIn(page, 'owner', 'not this one at all');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('User name or email').inputValue(), 'owner');
  await fillSignIn(page, 'OWNER@example.com', ADMINISTRATOR_PASSWORD);
  await seesHeading(page, 'nils');
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  assert.doesNotMatch(kept, /eyJ/, 'no token is kept where scripts find it');
}

async function signedInPage(fixture: ConsoleFixture, path: string): Promise<Page> {
  const page = await fixture.page();
  await page.goto(path);
  await fillSignIn(page, 'owner', ADMINISTRATOR_PASSWORD);
  return page;
}

async function twoTabs(fixture: ConsoleFixture): Promise<void> {
  const first = await signedInPage(fixture, fixture.pool('/users'));
  await seesHeading(first, 'Users');
  const second = await first.context().newPage();
  await second.goto(fixture.pool('/groups'));
  await seesHeading(second, 'Groups');
  await first.getByRole('button', { name: /^owner/ }).click();
  await first.getByRole('button', { name: 'Sign out', exact: true }).click();
  await seesHeading(first, 'Sign in to the console');
  await second.getByRole('link', { name: 'App clients' }).click();
  const dialog = second.getByRole('dialog', { name: 'You are signed out' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Leave the page' }).click();
  await seesHeading(second, 'Sign in to the console');
  assert.equal(await second.getByText('application').count(), 0);
}

async function lostSession(fixture: ConsoleFixture): Promise<void> {
  const page = await signedInPage(fixture, fixture.pool('/settings'));
  const length = page.getByLabel('Minimum length');
  await length.fill('18');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'You are signed out' });
  await dialog.getByLabel('Password', { exact: true }).fill('not this one at all');
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR_PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  // What was pressed before is done, without pressing it again.
  await seesSaved(page);
  assert.equal(await length.inputValue(), '18');
  const { UserPool } = await fixture.aws.describeUserPool({ UserPoolId: fixture.poolId });
  assert.equal(UserPool?.Policies?.PasswordPolicy?.MinimumLength, 18);
}

async function serverGone(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool('/settings'));
  const length = page.getByLabel('Minimum length');
  await length.fill('20');
  await fixture.server.killNow();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('The server does not answer.', { exact: true }).waitFor();
  await sees(page, 'what you entered is still here');
  assert.equal(await length.inputValue(), '20');
  await fixture.server.startAgain();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await sees(page, 'The server answers again.');
  assert.equal(await length.inputValue(), '20');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await seesSaved(page);
}
