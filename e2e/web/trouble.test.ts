/** What people see when something goes wrong: words that help, and nothing that they have to type again. */
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

const OTHER_PASSWORD = 'Other-Horse-8';
const WRONG = 'The user name or password is not correct.';
const MOST_TRIES = 12;

journeys('when something is wrong', {
  'a forgotten password is replaced; wrong codes are told and kept': forgotten,
  'a wrong password and an unknown name are told alike': wrongPassword,
  'a disabled user is told so': disabled,
  'whoever has not confirmed is asked to, and may have the mail sent again': unconfirmed,
  'whoever must reset the password is led to it': resetRequired,
  'many wrong passwords are told to wait': lockedOut,
  'a taken name and a taken address are told at their fields': taken,
  'a second press sends nothing': pressedTwice,
  'a server that is gone is told; all works again once it is back': serverGone,
});

async function triesToSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await fill(page, { [NAME]: username, Password: password });
  await press(page, 'Sign in');
}

/** Nothing about the machine may show. */
async function speaksPlainly(page: Page): Promise<void> {
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /Exception|\bError\b|\[object|undefined|\bnull\b|\bNaN\b|\n\s+at /);
}

async function forgotten(fixture: Fixture): Promise<void> {
  await fixture.user('flora');
  const page = await fixture.page();
  await page.goto('/sign-in');
  await fill(page, { [NAME]: 'flora' });
  await press(page, 'Forgot password?');
  await seesHeading(page, 'Reset your password');
  assert.equal(await typed(page, NAME), 'flora');
  await press(page, 'Send the code');
  await seesHeading(page, 'Choose a new password');
  await sees(page, /We sent a code to f\S+@e\S+\./);
  const code = await fixture.starter.server.code('flora@example.com');

  await fill(page, { Code: '12 34', 'New password': OTHER_PASSWORD });
  await press(page, 'Change password');
  await sees(page, 'The code has six digits.');
  assert.equal(await typed(page, 'Code'), '12 34');
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await fill(page, { Code: wrong });
  await press(page, 'Change password');
  await sees(page, 'This code is not correct. Please check it and try again.');
  assert.equal(await typed(page, 'Code'), wrong);
  assert.equal(await typed(page, 'New password'), OTHER_PASSWORD);
  await speaksPlainly(page);
  // As pasted from a mail.
  await fill(page, { Code: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
  await press(page, 'Change password');
  await page.waitForURL('**/profile');
  await seesHeading(page, 'flora');

  const other = await fixture.page();
  await triesToSignIn(other, 'flora', PASSWORD);
  await sees(other, WRONG);
}

async function wrongPassword(fixture: Fixture): Promise<void> {
  await fixture.user('gil');
  const page = await fixture.page();
  for (const name of ['gil', 'nobody']) {
    await triesToSignIn(page, name, OTHER_PASSWORD);
    await sees(page, WRONG);
    assert.equal(await typed(page, NAME), name);
    assert.equal(await typed(page, 'Password'), OTHER_PASSWORD);
    await speaksPlainly(page);
  }
  await press(page, 'Forgot password?');
  await press(page, 'Send the code');
  // The page must not reveal whether there is such a user.
  await seesHeading(page, 'Choose a new password');
}

async function disabled(fixture: Fixture): Promise<void> {
  await fixture.user('hans');
  const page = await fixture.page();
  await signIn(page, 'hans', PASSWORD);
  await fixture.aws.adminDisableUser({ UserPoolId: POOL.UserPoolId, Username: 'hans' });
  await fill(page, { Name: 'Hans' });
  await press(page, 'Save');
  // The session is over.
  await seesHeading(page, 'Sign in');
  const fresh = await fixture.page();
  await triesToSignIn(fresh, 'hans', PASSWORD);
  await sees(fresh, 'This account is disabled. Please contact the people who run this site.');
  assert.equal(await typed(fresh, NAME), 'hans');
}

async function unconfirmed(fixture: Fixture): Promise<void> {
  const email = 'ines@example.com';
  await fixture.aws.signUp({
    ClientId: POOL.ClientId,
    Username: 'ines',
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: email }],
  });
  const page = await fixture.page();
  await triesToSignIn(page, 'ines', PASSWORD);
  await seesHeading(page, 'Check your mail');
  await sees(page, 'Your account is not confirmed yet. Open the link in the mail we sent you');
  await press(page, 'I have confirmed it, sign me in');
  await sees(page, 'Your account is not confirmed yet. Open the link in the mail first.');
  await press(page, 'Send it again');
  await sees(page, /Sent again to i\S+@e\S+\./);
  const [newest, older] = await fixture.starter.server.messages(email);
  assert(newest?.link && older?.link && newest.link !== older.link);
  const mail = await page.context().newPage();
  await mail.goto(newest.link);
  await press(mail, 'Confirm my account');
  await seesHeading(mail, 'Your account is confirmed');
  await press(page, 'I have confirmed it, sign me in');
  await page.waitForURL('**/profile');
}

async function resetRequired(fixture: Fixture): Promise<void> {
  await fixture.user('jan');
  await fixture.aws.adminResetUserPassword({ UserPoolId: POOL.UserPoolId, Username: 'jan' });
  const page = await fixture.page();
  await triesToSignIn(page, 'jan', PASSWORD);
  await sees(page, 'You have to change your password before you can sign in.');
  await press(page, 'I already have a code');
  const code = await fixture.starter.server.code('jan@example.com');
  await fill(page, { Code: code, 'New password': OTHER_PASSWORD });
  await press(page, 'Change password');
  await page.waitForURL('**/profile');
}

/** The wait doubles with each wrong password, so that eventually a press falls within it. */
async function lockedOut(fixture: Fixture): Promise<void> {
  await fixture.user('kim');
  const page = await fixture.page();
  const locked = page.getByText('Too many attempts. Please wait a while, then try again.');
  await triesToSignIn(page, 'kim', OTHER_PASSWORD);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await page.getByText(WRONG).or(locked).waitFor();
    if (await locked.isVisible()) break;
    await press(page, 'Sign in');
  }
  await locked.waitFor();
  assert.equal(await typed(page, NAME), 'kim');
  await speaksPlainly(page);
}

async function taken(fixture: Fixture): Promise<void> {
  await fixture.user('lea', ['admin']);
  const page = await fixture.page();
  await page.goto('/sign-in?start=sign-up');
  await fill(page, {
    'User name': 'lea',
    'Email address': 'not an address',
    Password: PASSWORD,
  });
  await press(page, 'Create account');
  await sees(page, 'Enter an address like name@example.com.');
  assert.equal(await typed(page, 'Email address'), 'not an address');
  await fill(page, { 'Email address': 'another@example.com' });
  await press(page, 'Create account');
  await sees(page, 'This user name is taken. Please choose another one.');
  const focused = page.locator(':focus');
  assert.equal(await focused.getAttribute('aria-invalid'), 'true');
  assert.equal(await focused.inputValue(), 'lea');
  assert.equal(await typed(page, 'Password'), PASSWORD);
  await speaksPlainly(page);

  await signIn(page, 'lea', PASSWORD);
  await page.getByRole('link', { name: 'Users' }).click();
  await fill(page, { 'User name': 'lea2', Email: 'lea@example.com' });
  await press(page, 'Add user');
  await sees(page, 'Another user already has this email address.');
  assert.equal(await page.getByLabel('User name').inputValue(), 'lea2');
}

async function pressedTwice(fixture: Fixture): Promise<void> {
  const page = await fixture.page();
  const sent: (string | undefined)[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.route(`${fixture.starter.server.publicUrl}/`, async (route) => {
    sent.push(route.request().headers()['x-amz-target']?.split('.').at(-1));
    await held;
    await route.continue();
  });
  await page.goto('/sign-in?start=sign-up');
  await fill(page, {
    'User name': 'moritz',
    'Email address': 'moritz@example.com',
    Password: PASSWORD,
  });
  await page.getByRole('button', { name: 'Create account', exact: true }).dblclick();
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await page.getByRole('status').filter({ hasText: 'One moment' }).waitFor();
  release();
  await seesHeading(page, 'Check your mail');
  assert.deepEqual(sent, ['SignUp']);
  assert.equal((await fixture.starter.server.messages('moritz@example.com')).length, 1);
}

/** The last journey, because the server ends. */
async function serverGone(fixture: Fixture): Promise<void> {
  const { server } = fixture.starter;
  const cannotReach = 'We cannot reach the server. Please check your connection and try again.';
  await fixture.user('nora', ['admin']);
  const [visitor, admin] = [await fixture.page(), await fixture.page()];
  await signIn(admin, 'nora', PASSWORD);
  await visitor.goto('/sign-in');
  await fill(visitor, { [NAME]: 'nora', Password: PASSWORD });

  await server.killNow();
  await press(visitor, 'Sign in');
  await sees(visitor, cannotReach);
  assert.equal(await typed(visitor, NAME), 'nora');
  assert.equal(await typed(visitor, 'Password'), PASSWORD);
  await fill(admin, { Name: 'Nora Berg' });
  await press(admin, 'Save');
  await sees(admin, cannotReach);
  assert.equal(await typed(admin, 'Name'), 'Nora Berg');
  await admin.getByRole('link', { name: 'Users' }).click();
  await sees(admin, 'The user pool did not do this. Try again shortly.');
  await fill(admin, { 'User name': 'olaf', Email: 'olaf@example.com' });
  await press(admin, 'Add user');
  await admin.locator('app-add-user').getByRole('alert').waitFor();
  assert.equal(await admin.getByLabel('User name').inputValue(), 'olaf');
  for (const page of [visitor, admin]) await speaksPlainly(page);

  await server.startAgain();
  await press(visitor, 'Sign in');
  await visitor.waitForURL('**/profile');
  await press(admin, 'Try again');
  await admin.getByRole('row', { name: /nora/ }).waitFor();
  await press(admin, 'Add user');
  await sees(admin, 'Added. The invitation was sent to olaf@example.com.');
}
