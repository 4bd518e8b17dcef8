/** Second factors, from the set-up that a sign-in requires to the page where people turn them on and off. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { authenticatorCode } from './authenticator.ts';
import { fill, journeys, NAME, press, sees, seesHeading, SIZES, type Fixture } from './journey.ts';
import { problemsOf } from './look-at.ts';
import { POOL } from './starter-under-test.ts';

const APP = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const MAIL = {
  EmailMfaConfiguration: { Subject: 'Your code', Message: 'Your code is {####}.' },
};

journeys('second factors', {
  'an application is set up at sign-in, on a desktop': setUpAtSignIn('desktop'),
  'an application is set up at sign-in, on a phone': setUpAtSignIn('phone'),
  'the account page, on a desktop': accountPage('desktop'),
  'the account page, on a phone': accountPage('phone'),
  'a choice between two': choice,
});

function setUpAtSignIn(size: keyof typeof SIZES) {
  return async (fixture: Fixture): Promise<void> => {
    await configure(fixture, 'ON', APP);
    const name = `tina-${size}`;
    await fixture.user(name);
    const page = await fixture.page(SIZES[size]);
    const problems: string[] = [];
    const look = async (screen: string) =>
      void problems.push(...(await problemsOf(page, screen, size)));

    await beginSignIn(page, name);
    await seesHeading(page, 'Set up an authenticator application');
    const key = await readKey(page);
    assert.match(key, /^([A-Z2-7]{4} )+[A-Z2-7]{1,4}$/);
    await look('set-up-authenticator');
    await fill(page, { Code: other(authenticatorCode(key)) });
    await press(page, 'Continue');
    await sees(page, 'This code is not correct.');
    await look('set-up-wrong-code');
    const code = authenticatorCode(key, -1);
    await fill(page, { Code: `${code.slice(0, 3)} ${code.slice(3)}` });
    await press(page, 'Continue');
    await page.waitForURL('**/profile');

    await signOut(page);
    await beginSignIn(page, name);
    await seesHeading(page, 'Enter your code');
    await look('enter-code');
    await fill(page, { Code: code });
    await press(page, 'Continue');
    await sees(page, 'This code was used before.');
    await fill(page, { Code: other(authenticatorCode(key)) });
    await press(page, 'Continue');
    await sees(page, 'This code is not correct.');
    await look('enter-code-wrong');
    await page.goBack();
    await seesHeading(page, 'Sign in');
    await page.goForward();
    await fill(page, { Code: authenticatorCode(key) });
    await page.keyboard.press('Enter');
    await page.waitForURL('**/profile');
    assert.deepEqual(problems, []);
  };
}

function accountPage(size: keyof typeof SIZES) {
  return async (fixture: Fixture): Promise<void> => {
    await configure(fixture, 'OPTIONAL', APP);
    const name = `vera-${size}`;
    await fixture.user(name);
    const page = await fixture.page(SIZES[size]);
    const problems: string[] = [];
    const look = async (screen: string) =>
      void problems.push(...(await problemsOf(page, screen, size)));

    await beginSignIn(page, name);
    await page.waitForURL('**/profile');
    await press(page, 'How you sign in');
    await seesHeading(page, 'How you sign in');
    await look('account');
    await press(page, 'Turn on: Email');
    await sees(page, 'This site does not offer that.');
    await look('account-refused');
    await press(page, 'Set up: Authenticator application');
    const key = await readKey(page);
    await fill(page, { Code: other(authenticatorCode(key)) });
    await press(page, 'Turn on');
    await sees(page, 'This code is not correct.');
    await look('account-set-up');
    await fill(page, { Code: authenticatorCode(key, -1) });
    await page.keyboard.press('Enter');
    await sees(page, 'Authenticator application: turned on.');
    await look('account-on');
    await page.reload();
    await page.getByRole('button', { name: 'Replace: Authenticator application' }).waitFor();

    await signOut(page);
    await beginSignIn(page, name);
    await fill(page, { Code: authenticatorCode(key) });
    await press(page, 'Continue');
    await page.waitForURL('**/profile');
    await press(page, 'How you sign in');
    await press(page, 'Replace: Authenticator application');
    const next = await readKey(page);
    assert.notEqual(next, key);
    await fill(page, { Code: authenticatorCode(next, -1) });
    await press(page, 'Replace');
    await sees(page, 'Authenticator application: replaced.');
    await press(page, 'Turn off: Authenticator application');
    await sees(page, 'Authenticator application: turned off.');
    await signOut(page);
    await beginSignIn(page, name);
    await page.waitForURL('**/profile');
    assert.deepEqual(problems, []);
  };
}

async function choice(fixture: Fixture): Promise<void> {
  await configure(fixture, 'ON', APP);
  await fixture.user('nils');
  const page = await fixture.page();
  await beginSignIn(page, 'nils');
  const key = await readKey(page);
  await fill(page, { Code: authenticatorCode(key, -1) });
  await press(page, 'Continue');
  await page.waitForURL('**/profile');
  await signOut(page);

  await recoverByAdministrators(fixture);
  await configure(fixture, 'OPTIONAL', { ...APP, ...MAIL });
  await fixture.aws.adminSetUserMFAPreference({
    ...{ UserPoolId: POOL.UserPoolId, Username: 'nils' },
    SoftwareTokenMfaSettings: { Enabled: true },
    EmailMfaSettings: { Enabled: true },
  });
  await beginSignIn(page, 'nils');
  await seesHeading(page, 'How do you want to show that it is you?');
  const problems = [...(await problemsOf(page, 'choose-factor', 'desktop'))];
  await page.getByRole('radio', { name: 'Email' }).check();
  await press(page, 'Continue');
  await sees(page, 'We sent a code to n***@e***.');
  problems.push(...(await problemsOf(page, 'enter-sent-code', 'desktop')));
  const first = await fixture.starter.server.code('nils@example.com');
  await press(page, 'Send it again');
  await sees(page, 'Sent again to n***@e***.');
  const messages = await fixture.starter.server.messages('nils@example.com');
  assert.equal(messages.length, 2);
  await page.goBack();
  await seesHeading(page, 'How do you want to show that it is you?');
  await page.getByRole('radio', { name: 'Authenticator application' }).check();
  await press(page, 'Continue');
  await sees(page, 'Open your authenticator application');
  await press(page, 'Use another way');
  await page.getByRole('radio', { name: 'Email' }).check();
  await press(page, 'Continue');
  await sees(page, 'We sent a code to n***@e***.');
  const last = await fixture.starter.server.code('nils@example.com');
  if (first !== last) {
    await fill(page, { Code: first });
    await press(page, 'Continue');
    await sees(page, 'This code is not correct.');
  }
  await fill(page, { Code: last });
  await press(page, 'Continue');
  await page.waitForURL('**/profile');
  assert.deepEqual(problems, []);
}

async function configure(
  { aws }: Fixture,
  MfaConfiguration: 'ON' | 'OPTIONAL',
  factors: Partial<typeof APP & typeof MAIL>,
): Promise<void> {
  await aws.setUserPoolMfaConfig({
    ...{ UserPoolId: POOL.UserPoolId, MfaConfiguration },
    ...factors,
  });
}

/** One mailbox must not be both: what recovers an account, and its second factor. */
async function recoverByAdministrators({ aws }: Fixture): Promise<void> {
  const { UserPoolId } = POOL;
  const { UserPool = {} } = await aws.describeUserPool({ UserPoolId });
  const { AutoVerifiedAttributes, Policies, MfaConfiguration } = UserPool;
  await aws.updateUserPool({
    ...{ UserPoolId, AutoVerifiedAttributes, Policies, MfaConfiguration },
    VerificationMessageTemplate: UserPool.VerificationMessageTemplate,
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
  });
}

async function beginSignIn(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in');
  await fill(page, { [NAME]: name, Password: PASSWORD });
  await press(page, 'Sign in');
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await seesHeading(page, 'Sign in');
}

/** The key beside the QR code. */
async function readKey(page: Page): Promise<string> {
  await page.getByRole('img', { name: 'QR code with the key below' }).waitFor();
  return page.locator('ph-authenticator-key code').innerText();
}

/** Six digits that are not these. */
function other(code: string): string {
  return String((Number(code) + 333_333) % 1_000_000).padStart(6, '0');
}
