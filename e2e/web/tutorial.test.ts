/** The tutorial, from the first page to an administrator who invites a user: on a phone in dark mode, and on a desktop. */
import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { fill, NAME, press, sees, seesHeading, SIZES, journeys, type Fixture } from './journey.ts';

journeys('the tutorial on a desktop', {
  'sign-up, profile, administrators and an invitation': (fixture) =>
    tutorial(fixture, { ...SIZES.desktop, colorScheme: 'light' }),
});
journeys('the tutorial on a phone', {
  'sign-up, profile, administrators and an invitation': (fixture) =>
    tutorial(fixture, { ...SIZES.phone, colorScheme: 'dark' }),
});

async function tutorial(fixture: Fixture, look: BrowserContextOptions): Promise<void> {
  const page = await fixture.page(look);
  await signsUp(page);
  await confirmsByTheLink(fixture, page);
  await seesTheProfile(page);
  await isKeptOut(page);
  const password = await invitesTomas(fixture, await fixture.page(look));
  await choosesAPassword(await fixture.page(look), 'tomas', password);
}

async function signsUp(page: Page): Promise<void> {
  await page.goto('/');
  await press(page, 'Create an account');
  await seesHeading(page, 'Create an account');
  await fill(page, {
    'User name': 'mara',
    'Email address': 'mara@example.com',
    Password: PASSWORD,
  });
  await press(page, 'Create account');
  await seesHeading(page, 'Check your mail');
  await sees(page, 'We sent a link to mara@example.com.');
}

/** Through the inbox page, as a person would, and back to the waiting page. */
async function confirmsByTheLink({ starter }: Fixture, page: Page): Promise<void> {
  const [inbox] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'open the inbox' }).click(),
  ]);
  assert.equal(inbox.url(), `${starter.server.publicUrl}/inbox`);
  await inbox.getByRole('button', { name: /mara@example\.com/ }).click();
  const [confirmation] = await Promise.all([
    inbox.waitForEvent('popup'),
    inbox.getByRole('link', { name: 'Open link' }).click(),
  ]);
  await confirmation.getByRole('button', { name: 'Confirm my account' }).click();
  await seesHeading(confirmation, 'Your account is confirmed');
  await confirmation.close();
  await inbox.close();
  // The waiting page notices by itself.
  await page.waitForURL('**/profile');
}

async function seesTheProfile(page: Page): Promise<void> {
  await seesHeading(page, 'mara');
  await sees(page, 'Verified');
  await sees(page, 'Not in any group yet');
  const answer = JSON.parse(await page.locator('app-api-answer pre').innerText()) as object;
  assert.partialDeepStrictEqual(answer, {
    username: 'mara',
    groups: [],
    clientId: '7poolhousestarter000000000',
  });
  await fill(page, { Name: 'Mara Lind' });
  await press(page, 'Save');
  await sees(page, 'Saved.');
  await seesHeading(page, 'Mara Lind');
}

async function isKeptOut(page: Page): Promise<void> {
  assert.equal(await page.getByRole('navigation').getByText('Users').count(), 0);
  await page.goto('/admin');
  await seesHeading(page, 'This page is for administrators');
  const status = await page.evaluate(async () => {
    const session = localStorage.getItem('poolhouse.7poolhousestarter000000000') ?? '{}';
    const { accessToken } = JSON.parse(session) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}` };
    return (await fetch('/api/admin', { headers })).status;
  });
  assert.equal(status, 403);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await seesHeading(page, 'Sign in');
}

/** Returns the temporary password that the invited person got by mail. */
async function invitesTomas({ starter }: Fixture, page: Page): Promise<string> {
  await page.goto('/admin');
  await choosesAPassword(page, 'admin', starter.temporaryPassword('admin'));
  // Where the guard had been about to lead.
  await page.waitForURL('**/admin');
  await seesHeading(page, 'Users');
  await sees(page, 'mara@example.com');
  await fill(page, { 'User name': 'tomas', Email: 'tomas@example.com' });
  await page.getByLabel('Group').selectOption('member');
  await press(page, 'Add user');
  await sees(page, 'Added. The invitation was sent to tomas@example.com.');
  await page.getByRole('row', { name: /tomas/ }).getByText('Temp password').waitFor();
  await fill(page, { 'User name': 'TOMAS', Email: 'other@example.com' });
  await press(page, 'Add user');
  await sees(page, 'There is already a user with this name.');
  assert.equal(await page.getByLabel('User name').inputValue(), 'TOMAS');
  return starter.server.code('tomas@example.com');
}

async function choosesAPassword(page: Page, username: string, temporary: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/sign-in');
  await fill(page, { [NAME]: username, Password: temporary });
  await press(page, 'Sign in');
  await seesHeading(page, 'Choose your password');
  await fill(page, { 'New password': 'too-simple' });
  await press(page, 'Save and continue');
  await sees(page, 'Still missing: a capital letter, a digit.');
  await fill(page, { 'New password': PASSWORD });
  await press(page, 'Save and continue');
  await page.waitForURL(/profile|admin/);
}
