/** Who may use the console: an owner invites, changes and removes administrators; everybody manages their own account. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { axeProblems } from './browser.ts';
import {
  ADMINISTRATOR_PASSWORD,
  consoleJourneys,
  fillSignIn,
  type ConsoleFixture,
} from './console-fixture.ts';
import { fill, press, sees, seesHeading } from './journey.ts';

const OTHER_PASSWORD = 'four other words here';

consoleJourneys('administrators of the console', {
  'an owner invites somebody, who comes in by the link, once': invites,
  'an owner changes a role, ends sessions, and removes': manages,
  'the last owner stays': lastOwnerStays,
  'everybody changes the own password and ends the own sessions': ownAccount,
});

/** An owner on the administrators' page. */
async function ownersPage(fixture: ConsoleFixture): Promise<Page> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto('/console/');
  await page.getByRole('navigation').getByRole('link', { name: 'Administrators' }).click();
  await seesHeading(page, 'Administrators');
  return page;
}

/** Invites a viewer; returns the link. */
async function invite(page: Page, username: string): Promise<string> {
  await press(page, 'Invite somebody');
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await dialog.getByText('A user name must not have spaces').waitFor();
  await fill(page, { 'User name': username, 'Email (optional)': `${username}@example.com` });
  assert.deepEqual(await axeProblems(page), []);
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  return takeLink(page, username);
}

async function takeLink(page: Page, username: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: `The link for ${username}` });
  const link = await dialog.locator('code').innerText();
  await dialog.getByRole('button', { name: 'Copy the link' }).waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.getByText(link).count(), 0);
  return link;
}

/** Opens the link in a separate browser. */
async function comeIn(fixture: ConsoleFixture, link: string): Promise<Page> {
  const page = await fixture.page();
  await page.goto(link);
  await seesHeading(page, 'Choose your password');
  assert.equal(new URL(page.url()).hash, '');
  await fill(page, { 'New password': ADMINISTRATOR_PASSWORD });
  await press(page, 'Save and continue');
  await seesHeading(page, 'User pools');
  return page;
}

/** Chooses an action on an administrator, and confirms it if asked. */
async function choose(page: Page, username: string, action: string, yes = true): Promise<void> {
  await page.getByRole('button', { name: `What to do with ${username}` }).click();
  await page.getByRole('button', { name: action, exact: true }).click();
  if (yes) await page.getByRole('dialog').getByRole('button', { name: action }).click();
}

const row = (page: Page, username: string) => page.getByRole('row').filter({ hasText: username });
const inRow = (page: Page, username: string, text: string) =>
  row(page, username).getByText(text).filter({ visible: true }).waitFor();

async function invites(fixture: ConsoleFixture): Promise<void> {
  const page = await ownersPage(fixture);
  const link = await invite(page, 'jun');
  await inRow(page, 'jun', 'Not signed in yet');
  const jun = await comeIn(fixture, link);
  assert.equal(await jun.getByRole('link', { name: 'Administrators' }).count(), 0);
  await jun.goto('/console/administrators');
  await sees(jun, 'Only owners see the administrators.');
  await page.reload();
  await inRow(page, 'jun', 'Active');

  const late = await fixture.page();
  await late.goto(link);
  await late.getByRole('alert').getByText('This link no longer works').waitFor();
  await fillSignIn(late, 'jun@example.com', ADMINISTRATOR_PASSWORD);
  await seesHeading(late, 'User pools');
}

async function manages(fixture: ConsoleFixture): Promise<void> {
  const page = await ownersPage(fixture);
  const sofia = await comeIn(fixture, await invite(page, 'sofia'));
  await choose(page, 'sofia', 'Change the role', false);
  const roles = page.getByRole('dialog', { name: 'The role of sofia' });
  await roles.getByRole('radio', { name: /^Operator/ }).check();
  assert.deepEqual(await axeProblems(page), []);
  await roles.getByRole('button', { name: 'Change the role' }).click();
  await sees(page, 'sofia is now operator.');
  await inRow(page, 'sofia', 'Operator');
  await sofia.reload();
  await sofia.getByRole('button', { name: /sofia Operator/ }).waitFor();

  const isSignedOut = async () => {
    await sofia.goto('/console/account');
    await seesHeading(sofia, 'Sign in to the console');
  };
  await choose(page, 'sofia', 'End all sessions');
  await sees(page, 'All sessions of sofia have ended.');
  await isSignedOut();
  await choose(page, 'sofia', 'Disable');
  await sees(page, 'sofia is disabled.');
  await fillSignIn(sofia, 'sofia', ADMINISTRATOR_PASSWORD);
  await sofia.getByRole('alert').waitFor();
  await inRow(page, 'sofia', 'Disabled');
  await choose(page, 'sofia', 'Enable');
  await sees(page, 'sofia is enabled.');
  await choose(page, 'sofia', 'Make a new link');
  await comeIn(fixture, await takeLink(page, 'sofia'));
  await choose(page, 'sofia', 'Remove');
  await sees(page, 'sofia is removed.');
  await row(page, 'sofia').waitFor({ state: 'detached' });
  await isSignedOut();
}

async function lastOwnerStays(fixture: ConsoleFixture): Promise<void> {
  const page = await ownersPage(fixture);
  await choose(page, 'owner', 'Remove');
  await sees(page, 'owner is the last owner. Add another owner first.');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await inRow(page, 'owner', '(you)');
}

async function ownAccount(fixture: ConsoleFixture): Promise<void> {
  const page = await comeIn(fixture, await invite(await ownersPage(fixture), 'tom'));
  const elsewhere = await fixture.page();
  await elsewhere.goto('/console/');
  await fillSignIn(elsewhere, 'tom', ADMINISTRATOR_PASSWORD);
  await seesHeading(elsewhere, 'User pools');

  await page.getByRole('button', { name: /tom Viewer/ }).click();
  await page.getByRole('link', { name: 'Your account' }).click();
  await seesHeading(page, 'Your account');
  await page.getByRole('main').getByText('tom@example.com').waitFor();
  const change = async (previous: string, proposed: string) => {
    await fill(page, { 'Current password': previous, 'New password': proposed });
    await press(page, 'Change the password');
  };
  await change(ADMINISTRATOR_PASSWORD, 'short');
  await sees(page, 'The password does not meet the rules below yet.');
  await change('not this one at all', OTHER_PASSWORD);
  await sees(page, 'This is not your password.');
  await change(ADMINISTRATOR_PASSWORD, OTHER_PASSWORD);
  await sees(page, 'Your password is changed. All your other sessions have ended.');
  await page.reload();
  await seesHeading(page, 'Your account');
  await elsewhere.reload();
  await seesHeading(elsewhere, 'Sign in to the console');
  await fillSignIn(elsewhere, 'tom', OTHER_PASSWORD);
  await seesHeading(elsewhere, 'User pools');

  await press(page, 'End all my sessions');
  await page.getByRole('dialog').getByRole('button', { name: 'End all my sessions' }).click();
  await seesHeading(page, 'Sign in to the console');
  await elsewhere.reload();
  await seesHeading(elsewhere, 'Sign in to the console');
}
