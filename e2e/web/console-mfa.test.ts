/** A pool that the console sets up to ask for second factors, and what that means to whoever signs in. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { authenticatorCode } from './authenticator.ts';
import { consoleJourneys, seesSaved, type ConsoleFixture } from './console-fixture.ts';
import { press, sees, seesHeading } from './journey.ts';
import { problemsOf } from './look-at.ts';
import { SIZES } from './profiles.ts';

consoleJourneys('second factors of a pool in the console', {
  'a pool that is made with MFA required lets nobody in by password alone': required,
  'the page of a pool’s sign-in changes what the SDK reads, and nothing else': signInPage,
});

const option = (page: Page, words: string) =>
  page.locator('label.opt', { hasText: words }).locator('input').first();

async function required(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto('/console/new');
  await seesHeading(page, 'What is the pool for?');
  await page.getByLabel('Pool name').fill('guarded');
  await press(page, 'Step through settings');
  await press(page, 'Continue');
  await press(page, 'Continue');
  await seesHeading(page, 'How do people prove who they are?');
  await option(page, 'Required').check();
  await option(page, 'Code by email').check();
  await sees(page, /The mailbox is the second factor here/);
  const problems: string[] = [];
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size].viewport);
    problems.push(...(await problemsOf(page, 'wizard-mfa', size)));
  }
  assert.deepEqual(problems, []);
  await option(page, 'Code by email').uncheck();
  await sees(page, /In development they are shown in the inbox, and reach no phone/);
  await press(page, 'Continue');
  await press(page, 'Continue');
  await press(page, 'Continue');
  await seesHeading(page, 'Which application may sign people in?');
  await option(page, 'User name and password').check();
  await press(page, 'Continue');
  await seesHeading(page, 'Ready to create');
  await sees(page, 'required: authenticator application');
  await press(page, 'Create user pool');
  await seesHeading(page, 'guarded is ready');
  await press(page, 'AWS CLI');
  await sees(page, /set-user-pool-mfa-config/);
  await signsInWithAnApplication(fixture, new URL(page.url()));
}

/** The first sign-in sets an application up, the next one asks for its code; a wrong one lets nobody in. */
async function signsInWithAnApplication({ aws }: ConsoleFixture, made: URL): Promise<void> {
  const UserPoolId = made.pathname.split('/').at(-1);
  const ClientId = made.searchParams.get('client') ?? '';
  const config = await aws.getUserPoolMfaConfig({ UserPoolId });
  assert.equal(config.MfaConfiguration, 'ON');
  assert.deepEqual(config.SoftwareTokenMfaConfiguration, { Enabled: true });
  const user = { UserPoolId, Username: 'gitta' };
  await aws.adminCreateUser({
    ...user,
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: 'gitta@example.com' }],
  });
  await aws.adminSetUserPassword({ ...user, Password: PASSWORD, Permanent: true });
  const signIn = () =>
    aws.initiateAuth({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'gitta', PASSWORD },
    });

  const first = await signIn();
  assert.equal(first.ChallengeName, 'MFA_SETUP');
  assert.equal(first.AuthenticationResult, undefined);
  const { SecretCode = '', Session } = await aws.associateSoftwareToken({ Session: first.Session });
  const verified = await aws.verifySoftwareToken({
    Session,
    UserCode: authenticatorCode(SecretCode, -1),
  });
  const done = await aws.respondToAuthChallenge({
    ClientId,
    ChallengeName: 'MFA_SETUP',
    Session: verified.Session,
    ChallengeResponses: { USERNAME: 'gitta' },
  });
  assert(done.AuthenticationResult?.AccessToken);

  const next = await signIn();
  assert.equal(next.ChallengeName, 'SOFTWARE_TOKEN_MFA');
  assert.equal(next.AuthenticationResult, undefined);
  const answer = (code: string) =>
    aws.respondToAuthChallenge({
      ClientId,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: next.Session,
      ChallengeResponses: { USERNAME: 'gitta', SOFTWARE_TOKEN_MFA_CODE: code },
    });
  // Used above.
  await assert.rejects(answer(authenticatorCode(SecretCode, -1)), { name: 'ExpiredCodeException' });
  const { AuthenticationResult } = await answer(authenticatorCode(SecretCode));
  assert.equal(AuthenticationResult?.TokenType, 'Bearer');
}

async function signInPage(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId } = fixture;
  const { UserPool: before = {} } = await aws.describeUserPool({ UserPoolId });
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool('/overview'));
  await page.getByRole('link', { name: 'Sign-in', exact: true }).click();
  await seesHeading(page, 'Sign-in');
  await option(page, 'A passkey').check();
  await option(page, 'Required').check();
  await sees(page, /a passkey must count as two factors/);
  await page.getByLabel(/^Domain/).fill('https://shop.example.com');
  const problems: string[] = [];
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size].viewport);
    problems.push(...(await problemsOf(page, 'pool-sign-in', size)));
  }
  assert.deepEqual(problems, []);
  const save = page.getByRole('button', { name: 'Save changes' });
  await save.click();
  await page.getByLabel('A passkey counts as two factors').check();
  await save.click();
  const domain = page.getByLabel(/^Domain/);
  assert(await domain.evaluate((field) => field === field.ownerDocument.activeElement));
  await domain.fill('shop.example.com');
  await page.getByLabel('Track sessions').check();
  await page.getByLabel('Sessions that one person may have').fill('3');
  await save.click();
  await seesSaved(page);

  const config = await aws.getUserPoolMfaConfig({ UserPoolId });
  assert.equal(config.MfaConfiguration, 'ON');
  assert.deepEqual(config.SoftwareTokenMfaConfiguration, { Enabled: true });
  assert.deepEqual(config.WebAuthnConfiguration, {
    RelyingPartyId: 'shop.example.com',
    UserVerification: 'preferred',
    FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  });
  const sessions = await aws.getUserPoolSessionConfiguration({ UserPoolId });
  assert.equal(sessions.UserSessionTracking, 'ENABLED');
  assert.deepEqual(sessions.TokenSession, { MaxPerUser: 3 });
  const { UserPool: after = {} } = await aws.describeUserPool({ UserPoolId });
  assert.deepEqual(after.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.toSorted(), [
    'PASSWORD',
    'WEB_AUTHN',
  ]);
  const others = ({
    LastModifiedDate: _,
    EstimatedNumberOfUsers: _1,
    MfaConfiguration: _2,
    Policies,
    ...rest
  }: typeof before) => ({ ...rest, passwords: Policies?.PasswordPolicy });
  assert.deepEqual(others(after), others(before));

  await page.reload();
  await option(page, 'Off').check();
  await option(page, 'A passkey').uncheck();
  await option(page, 'Code by email').check();
  await save.click();
  await seesSaved(page);
  const { UserPool: last } = await aws.describeUserPool({ UserPoolId });
  assert.equal(last?.MfaConfiguration, 'OFF');
  assert.deepEqual(last?.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.toSorted(), [
    'EMAIL_OTP',
    'PASSWORD',
  ]);
  const passkeys = (await aws.getUserPoolMfaConfig({ UserPoolId })).WebAuthnConfiguration;
  assert.equal(passkeys?.RelyingPartyId, 'shop.example.com', 'passkeys stay configured');
}
