/** People choose how they sign in: without a password, by a code, by a passkey of Chromium's own authenticator, and still by password. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { buildStarter } from '../../scripts/build-starter.mjs';
import { startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { authenticatorCode } from './authenticator.ts';
import { fill, press, sees, seesHeading } from './journey.ts';
import { problemsOf } from './look-at.ts';
import { openProfiles, SIZES, suiteOfJourneys, type Profiles } from './profiles.ts';
import { startApplication } from './starter-under-test.ts';

interface Fixture extends Profiles {
  readonly server: ServerUnderTest;
  readonly aws: CognitoIdentityProvider;
  readonly UserPoolId: string;
}

const journeys = suiteOfJourneys<Fixture>(async () => {
  const [server] = await Promise.all([
    startServer({ POOLHOUSE_PASSWORD_HASH: 'test' }),
    buildStarter(),
  ]);
  const aws = server.client();
  const { UserPool: { Id: UserPoolId = '' } = {} } = await aws.createUserPool({
    PoolName: 'choice',
    AutoVerifiedAttributes: ['email'],
    AliasAttributes: ['email'],
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
  });
  const { UserPoolClient: { ClientId = '' } = {} } = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: 'choice',
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  await aws.setUserPoolMfaConfig({
    ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  await aws.setUserPoolSessionConfiguration({
    ...{ UserPoolId, UserSessionTracking: 'ENABLED' },
    TokenSession: { MaxPerUser: 20 },
  });
  const configFile = join(server.dataFolder, 'starter.json');
  const pool = { region: 'eu-west-1', userPoolId: UserPoolId, clientId: ClientId };
  const choice = { signInFlow: 'choice', signUpPassword: 'optional' };
  await writeFile(configFile, JSON.stringify({ ...pool, ...choice, endpoint: server.publicUrl }));
  const application = await startApplication(server, { configFile });
  const profiles = await openProfiles(application.url);
  return {
    ...profiles,
    ...{ server, aws, UserPoolId },
    async close() {
      await profiles.close();
      await application.end();
      await server.remove();
    },
  };
});

journeys('a choice of how to sign in', {
  'without a password, on a desktop: by code, then by passkey': withoutPassword('desktop'),
  'without a password, on a phone: by code, then by passkey': withoutPassword('phone'),
  'the passkey of the last name is among the suggestions': suggested,
  'the choice, with the password still possible': choice,
  'an authenticator application and a session end on the account page': accountPage,
  'a device is remembered and forgotten on the account page': devices,
  'a device that is remembered after sign-in stands in for a code': standsIn,
  'a phone number is added and verified, and gets codes': phoneNumber('desktop'),
  'a phone number is added and verified, on a phone': phoneNumber('phone'),
  'the picture of the sign-in page asks for no password': picture,
});

/** The label of the first field. */
const NAME = 'User name or email';

/** An authenticator of the device, at which somebody sits who agrees to everything. */
async function withAuthenticator(context: BrowserContext, page: Page): Promise<CDPSession> {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal' },
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return cdp;
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await seesHeading(page, 'Sign in');
}

async function signUp(page: Page, { server }: Fixture, name: string): Promise<void> {
  await page.goto('/sign-in?start=sign-up');
  await fill(page, { 'User name': name, 'Email address': `${name}@example.com` });
  await press(page, 'Create account');
  await seesHeading(page, 'Enter the code');
  await fill(page, { Code: await server.code(`${name}@example.com`) });
  await press(page, 'Confirm');
  await page.waitForURL('**/profile');
}

function withoutPassword(size: keyof typeof SIZES) {
  return async (fixture: Fixture): Promise<void> => {
    const name = `nora-${size}`;
    const context = await fixture.profile(SIZES[size]);
    const page = await context.newPage();
    await withAuthenticator(context, page);
    const problems: string[] = [];
    const look = async (screen: string) =>
      void problems.push(...(await problemsOf(page, screen, size)));

    await page.goto('/sign-in?start=sign-up');
    await seesHeading(page, 'Create an account');
    await look('choice-sign-up');
    await signUp(page, fixture, name);
    await sees(page, 'Sign in faster next time');
    await look('choice-offer');
    await signOut(page);

    await look('choice-sign-in');
    await fill(page, { [NAME]: name });
    await press(page, 'Continue');
    await seesHeading(page, 'How do you want to sign in?');
    await look('choice-ways');
    await press(page, 'Continue');
    await seesHeading(page, 'Enter your code');
    await look('choice-code');
    await fill(page, { Code: '00000000' });
    await press(page, 'Continue');
    await sees(page, 'This code is not correct.');
    const code = await fixture.server.code(`${name}@example.com`);
    assert.equal(code.length, 8);
    await fill(page, { Code: `${code.slice(0, 4)} ${code.slice(4)}` });
    await page.keyboard.press('Enter');
    await page.waitForURL('**/profile');

    await press(page, 'Create a passkey');
    await sees(page, 'The passkey is created.');
    // As in another browser that has the passkey, and does not know the name.
    await page.evaluate('localStorage.clear(); location.reload()');
    await seesHeading(page, 'Sign in');
    await fill(page, { [NAME]: name });
    await page.keyboard.press('Enter');
    await seesHeading(page, 'How do you want to sign in?');
    assert(await page.getByRole('radio', { name: 'Passkey' }).isChecked());
    await look('choice-ways-passkey');
    await press(page, 'Continue');
    await page.waitForURL('**/profile');
    assert.equal(await page.getByText('Sign in faster next time').count(), 0);

    await press(page, 'How you sign in');
    await page.getByRole('button', { name: /^Delete: / }).waitFor();
    await look('choice-account');
    await page.getByRole('button', { name: /^Delete: / }).press('Enter');
    await sees(page, 'Delete this passkey?');
    await look('choice-account-question');
    await page.keyboard.press('Enter');
    await sees(page, 'The passkey is deleted.');
    await sees(page, 'You have no passkey yet.');
    assert.deepEqual(problems, []);
  };
}

async function suggested(fixture: Fixture): Promise<void> {
  const context = await fixture.profile();
  const page = await context.newPage();
  await withAuthenticator(context, page);
  await signUp(page, fixture, 'sina');
  await press(page, 'Create a passkey');
  await sees(page, 'The passkey is created.');
  // Chromium's own authenticator takes the suggestion at once.
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/profile');
  await seesHeading(page, 'sina');
}

async function choice(fixture: Fixture): Promise<void> {
  const { aws, UserPoolId, server } = fixture;
  const user = { UserPoolId, Username: 'otto' };
  await aws.adminCreateUser({
    ...{ ...user, MessageAction: 'SUPPRESS' },
    UserAttributes: [
      { Name: 'email', Value: 'otto@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  await aws.adminSetUserPassword({ ...user, Password: PASSWORD, Permanent: true });
  const page = await fixture.page();
  const problems: string[] = [];
  await page.goto('/sign-in');
  await fill(page, { [NAME]: 'otto' });
  await press(page, 'Continue');
  await seesHeading(page, 'How do you want to sign in?');
  assert.deepEqual(await page.getByRole('radio').count(), 2);
  await page.getByRole('radio', { name: 'Password' }).check();
  await press(page, 'Continue');
  await seesHeading(page, 'Enter your password');
  problems.push(...(await problemsOf(page, 'choice-password', 'desktop')));
  await fill(page, { Password: 'not-his-Password-1' });
  await press(page, 'Sign in');
  await sees(page, 'The user name or password is not correct.');
  await press(page, 'Use another way');
  await page.getByRole('radio', { name: 'Code by email' }).check();
  await press(page, 'Continue');
  await seesHeading(page, 'Enter your code');
  await server.code('otto@example.com');
  await page.goBack();
  await seesHeading(page, 'How do you want to sign in?');
  await page.getByRole('radio', { name: 'Password' }).check();
  await press(page, 'Continue');
  await fill(page, { Password: PASSWORD });
  await press(page, 'Sign in');
  await page.waitForURL('**/profile');
  assert.deepEqual(problems, []);
}

async function accountPage(fixture: Fixture): Promise<void> {
  const name = 'tara';
  const page = await fixture.page();
  await signUp(page, fixture, name);
  const other = await fixture.page();
  await other.goto('/sign-in');
  await fill(other, { [NAME]: name });
  await press(other, 'Continue');
  await press(other, 'Continue');
  await seesHeading(other, 'Enter your code');
  await fill(other, { Code: await fixture.server.code(`${name}@example.com`) });
  await press(other, 'Continue');
  await other.waitForURL('**/profile');

  await press(page, 'How you sign in');
  await sees(page, 'This browser');
  await page.getByRole('button', { name: /^Sign out: / }).click();
  await sees(page, 'Sign out there?');
  const question = page.locator('ph-sessions .ph-question');
  await question.getByRole('button', { name: 'Sign out' }).click();
  await sees(page, ': signed out.');
  await other.reload();
  await seesHeading(other, 'Sign in');

  await press(page, 'Set up: Authenticator application');
  const key = await page.locator('ph-authenticator-key code').innerText();
  await page.getByRole('img', { name: 'QR code with the key below' }).waitFor();
  await fill(page, { Code: authenticatorCode(key) });
  await press(page, 'Turn on');
  await sees(page, 'Authenticator application: turned on.');
}

async function devices(fixture: Fixture): Promise<void> {
  const { aws, UserPoolId } = fixture;
  const { UserPool = {} } = await aws.describeUserPool({ UserPoolId });
  const { AutoVerifiedAttributes, Policies, MfaConfiguration, AccountRecoverySetting } = UserPool;
  await aws.updateUserPool({
    ...{ UserPoolId, AutoVerifiedAttributes, Policies, MfaConfiguration, AccountRecoverySetting },
    DeviceConfiguration: {
      ...{ ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
    },
  });
  for (const size of ['desktop', 'phone'] as const) {
    const page = await fixture.page(SIZES[size]);
    await signUp(page, fixture, `dana-${size}`);
    await press(page, 'How you sign in');
    await sees(page, 'Chrome / ');
    const problems = await problemsOf(page, 'choice-devices', size);
    await press(page, 'Remember this browser');
    await sees(page, 'This browser is remembered.');
    await page.getByRole('button', { name: /^Forget: / }).press('Enter');
    await sees(page, 'Forget this device?');
    await page.keyboard.press('Enter');
    await sees(page, ': forgotten.');
    assert.deepEqual(problems, []);
  }
}

/** Says yes after sign-in; then the second sign-in asks for no code. Runs after `devices`, which turns them on. */
async function standsIn(fixture: Fixture): Promise<void> {
  const { aws, UserPoolId } = fixture;
  const Username = 'tilda';
  await aws.adminCreateUser({ UserPoolId, Username, MessageAction: 'SUPPRESS' });
  await aws.adminSetUserPassword({ UserPoolId, Username, Password: PASSWORD, Permanent: true });
  const page = await fixture.page();
  const problems: string[] = [];
  await byPassword(page, Username);
  await page.waitForURL('**/profile');
  await press(page, 'How you sign in');
  await press(page, 'Set up: Authenticator application');
  const key = await page.locator('ph-authenticator-key code').innerText();
  await fill(page, { Code: authenticatorCode(key, -1) });
  await press(page, 'Turn on');
  await sees(page, 'Authenticator application: turned on.');

  // Not remembered yet: the code is asked for.
  await signOut(page);
  await byPassword(page, Username);
  await seesHeading(page, 'Enter your code');
  await fill(page, { Code: authenticatorCode(key) });
  await press(page, 'Continue');
  await page.waitForURL('**/profile');
  await sees(page, 'Remember this browser?');
  problems.push(...(await problemsOf(page, 'device-offer', 'desktop')));
  await press(page, 'Remember this browser');
  await sees(page, 'This browser is remembered.');

  await signOut(page);
  await byPassword(page, Username);
  await page.waitForURL('**/profile');
  await seesHeading(page, Username);
  assert.equal(await page.getByText('Remember this browser?').count(), 0);
  // Another browser is none that the pool remembers.
  const other = await fixture.page();
  await byPassword(other, Username);
  await seesHeading(other, 'Enter your code');
  assert.deepEqual(problems, []);
}

async function byPassword(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in');
  await fill(page, { [NAME]: name });
  await press(page, 'Continue');
  await seesHeading(page, 'Enter your password');
  await fill(page, { Password: PASSWORD });
  await press(page, 'Sign in');
}

function phoneNumber(size: keyof typeof SIZES) {
  return async (fixture: Fixture): Promise<void> => {
    const number = size === 'phone' ? '+4930901821' : '+4930901820';
    const page = await fixture.page(SIZES[size]);
    const problems: string[] = [];
    const look = async (screen: string) =>
      void problems.push(...(await problemsOf(page, screen, size)));
    await signUp(page, fixture, `pia-${size}`);
    await press(page, 'How you sign in');
    await press(page, 'Add: Phone number');
    await look('addresses-add');
    // Its line in the list has the same name.
    const field = page.getByRole('textbox', { name: 'Phone number' });
    await field.fill('030 901820');
    await page.keyboard.press('Enter');
    await sees(page, 'Enter the number with its country code');
    await field.fill(number);
    await press(page, 'Save');
    await sees(page, 'Phone number: saved.');
    await look('addresses-unverified');
    await press(page, 'Verify: Phone number');
    await sees(page, 'We sent a code to +');
    await look('addresses-code');
    await fill(page, { Code: await fixture.server.code(number) });
    await page.keyboard.press('Enter');
    await sees(page, 'Phone number: verified.');
    await look('addresses-verified');
    await page.getByRole('button', { name: /: Text message$/ }).waitFor();
    assert.deepEqual(problems, []);
  };
}

/** Before the script runs, the page shows the name alone. */
async function picture(fixture: Fixture): Promise<void> {
  const page = await fixture.page();
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/*.js', async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.locator('.start-field').first().waitFor();
  assert.equal(await page.locator('.start-field').count(), 1);
  assert.equal(await page.getByText('Password', { exact: true }).count(), 0);
  resolve();
  await page.locator('.start').waitFor({ state: 'detached' });
  await page.getByLabel(NAME, { exact: true }).waitFor();
  assert.equal(await page.getByLabel('Password', { exact: true }).count(), 0);
}
