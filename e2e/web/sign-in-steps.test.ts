/** The steps from "Sign in" to being signed in: reload, Back, Forward and a second tab at each of them. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { POOL } from './starter-under-test.ts';
import {
  fill,
  NAME,
  press,
  sees,
  seesHeading,
  signIn,
  typed,
  journeys,
  type Fixture,
} from './journey.ts';

journeys('the steps of signing in', {
  'a new account': newAccount,
  'the page behind the link': behindTheLink,
  'a forgotten password': forgottenPassword,
  'a temporary password': temporaryPassword,
  // The last one, because it changes the pool.
  'a new account with a code': newAccountByCode,
});

async function newAccount(fixture: Fixture): Promise<void> {
  const page = await fixture.page();
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await isAt(page, 'Sign in');
  await press(page, 'Create an account');
  await isAt(page, 'Create an account');
  await survivesReload(page, 'Create an account');
  await fill(page, {
    'User name': 'nora',
    'Email address': 'nora@example.com',
    Password: PASSWORD,
  });
  await press(page, 'Create account');
  await isAt(page, 'Check your mail');
  await sees(page, 'We sent a link to nora@example.com.');
  await survivesReload(page, 'Check your mail');
  await sees(page, 'We sent a link to n***@e***.');
  await keepsNoPassword(page);

  await page.goBack();
  await isAt(page, 'Create an account');
  await page.goBack();
  await isAt(page, 'Sign in');
  await page.goBack();
  await seesHeading(page, 'Sign-up and sign-in that you own');
  for (const heading of ['Sign in', 'Create an account', 'Check your mail']) {
    await page.goForward();
    await isAt(page, heading);
  }
  await sees(page, 'We sent a link to n***@e***.');
  await secondTabBegins(page);
  await isAt(page, 'Check your mail');

  const [mail] = await fixture.starter.server.messages('nora@example.com');
  assert(mail?.link);
  const tab = await page.context().newPage();
  await tab.goto(mail.link);
  await tab.getByRole('button', { name: 'Confirm my account' }).click();
  await seesHeading(tab, 'Your account is confirmed');
  const back = tab.getByRole('link', { name: 'Go to starter' });
  assert.equal(await back.getAttribute('href'), 'http://localhost:8401/sign-in');
  await tab.close();
  // The page notices by itself; the password was in the memory that the reload has cleared.
  await isAt(page, 'Sign in');
  await sees(page, 'Your account is confirmed. You can sign in now.');
  assert.equal(await typed(page, NAME), 'nora');
  await fill(page, { Password: PASSWORD });
  await press(page, 'Sign in');
  await page.waitForURL('**/profile');
  assert.equal(await page.title(), 'Your profile · Starter');
  assert.equal(await page.evaluate('sessionStorage.length'), 0);
}

/** Starts creating an account, and returns the page that waits for its confirmation. */
async function signUp(fixture: Fixture, username: string, waits: string): Promise<Page> {
  const page = await fixture.page();
  await page.goto('/sign-in?start=sign-up');
  await isAt(page, 'Create an account');
  await secondTabBegins(page);
  await fill(page, {
    'User name': username,
    'Email address': `${username}@example.com`,
    Password: PASSWORD,
  });
  await press(page, 'Create account');
  await isAt(page, waits);
  return page;
}

async function behindTheLink(fixture: Fixture): Promise<void> {
  const page = await signUp(fixture, 'rita', 'Check your mail');
  const [mail] = await fixture.starter.server.messages('rita@example.com');
  assert(mail?.link);
  const [first, second] = [await page.context().newPage(), await page.context().newPage()];
  for (const tab of [first, second]) {
    await tab.goto(mail.link);
    await tab.reload();
    await seesHeading(tab, 'Confirm your account');
  }
  await press(first, 'Confirm my account');
  await seesHeading(first, 'Your account is confirmed');
  // Asking again, in whatever way, shows that the link has been used, and offers the same way back.
  await press(second, 'Confirm my account');
  await isUsed(second);
  await first.reload();
  await isUsed(first);
  await first.goBack();
  await seesHeading(first, 'Confirm your account');
  await press(first, 'Confirm my account');
  await isUsed(first);
  // The waiting page has signed her in.
  await page.waitForURL('**/profile');
  await page.goBack();
  await page.waitForURL('**/profile');
}

async function isUsed(tab: Page): Promise<void> {
  await seesHeading(tab, 'This link was already used, or has expired');
  await tab.getByRole('link', { name: 'Go to starter' }).waitFor();
}

async function newAccountByCode(fixture: Fixture): Promise<void> {
  const { UserPool = {} } = await fixture.aws.describeUserPool({ UserPoolId: POOL.UserPoolId });
  await fixture.aws.updateUserPool({
    UserPoolId: POOL.UserPoolId,
    AutoVerifiedAttributes: UserPool.AutoVerifiedAttributes,
    Policies: UserPool.Policies,
    AccountRecoverySetting: UserPool.AccountRecoverySetting,
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
  });
  const page = await signUp(fixture, 'sven', 'Enter the code');
  await survivesReload(page, 'Enter the code');
  await keepsNoPassword(page);
  await page.goBack();
  await isAt(page, 'Create an account');
  await page.goForward();
  await isAt(page, 'Enter the code');
  await secondTabBegins(page);
  await fill(page, { Code: await fixture.starter.server.code('sven@example.com') });
  await press(page, 'Confirm');
  await isAt(page, 'Sign in');
  assert.equal(await typed(page, NAME), 'sven');
  await page.reload();
  await isAt(page, 'Sign in');
  await fill(page, { [NAME]: 'sven', Password: PASSWORD });
  await press(page, 'Sign in');
  await page.waitForURL('**/profile');
}

async function forgottenPassword(fixture: Fixture): Promise<void> {
  await fixture.user('olga');
  const page = await fixture.page();
  await page.goto('/sign-in');
  await fill(page, { [NAME]: 'olga' });
  await press(page, 'Forgot password?');
  await isAt(page, 'Reset your password');
  assert.equal(await typed(page, NAME), 'olga');
  await survivesReload(page, 'Reset your password');
  assert.equal(await typed(page, NAME), 'olga');
  await press(page, 'Send the code');
  await isAt(page, 'Choose a new password');
  await survivesReload(page, 'Choose a new password');
  await sees(page, 'We sent a code to o***@e***.');
  await page.goBack();
  await isAt(page, 'Reset your password');
  await page.goForward();
  await isAt(page, 'Choose a new password');
  await secondTabBegins(page);
  const code = await fixture.starter.server.code('olga@example.com');
  await fill(page, { Code: code, 'New password': `${PASSWORD}-new` });
  await press(page, 'Change password');
  await page.waitForURL('**/profile');
}

async function temporaryPassword(fixture: Fixture): Promise<void> {
  const page = await fixture.page();
  await page.goto('/sign-in');
  await press(page, 'Forgot password?');
  await isAt(page, 'Reset your password');
  // Opened by its address, the page starts over.
  await page.goto('/sign-in');
  await isAt(page, 'Sign in');
  const password = fixture.starter.temporaryPassword('admin');
  await fill(page, { [NAME]: 'admin', Password: password });
  await press(page, 'Sign in');
  await isAt(page, 'Choose your password');
  await page.goBack();
  await isAt(page, 'Sign in');
  await page.goForward();
  await isAt(page, 'Choose your password');
  // The proof of the temporary password is only in the page's memory.
  await page.reload();
  await isAt(page, 'Sign in');
  await sees(page, 'Sign in with the temporary password once more');
  assert.equal(await typed(page, NAME), 'admin');

  // A sign-in in another tab completes the steps here.
  await fixture.user('pola');
  await press(page, 'Create an account');
  await isAt(page, 'Create an account');
  const other = await page.context().newPage();
  await signIn(other, 'pola', PASSWORD);
  await page.waitForURL('**/profile');
  await page.goBack();
  await page.waitForURL('**/profile');
}

/** The step is shown, and the document has its title. */
async function isAt(page: Page, heading: string): Promise<void> {
  await seesHeading(page, heading);
  // Not with a function that waits in the page: its policy does not let text become code.
  const title = page.locator(`xpath=//title[.="${heading} · Starter"]`);
  await title.waitFor({ state: 'attached' });
  assert.equal(new URL(page.url()).pathname, '/sign-in');
}

async function survivesReload(page: Page, heading: string): Promise<void> {
  await page.reload();
  await isAt(page, heading);
}

/** A tab that is opened beside it starts at the beginning, and takes nothing from the first one. */
async function secondTabBegins(page: Page): Promise<void> {
  const tab = await page.context().newPage();
  await tab.goto('/sign-in');
  await isAt(tab, 'Sign in');
  assert.equal(await typed(tab, NAME), '');
  await tab.close();
}

async function keepsNoPassword(page: Page): Promise<void> {
  const kept = await page.evaluate<string>(
    'JSON.stringify([{ ...sessionStorage }, { ...localStorage }, history.state])',
  );
  assert(!kept.includes(PASSWORD));
  assert(!kept.includes('@example.com'));
}
