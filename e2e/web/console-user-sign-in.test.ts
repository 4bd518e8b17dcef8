/** What a user signs in with, as the console shows it and takes it away when it is lost. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { makePasskey } from '../clients/software-passkey.ts';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { consoleJourneys, type ConsoleFixture } from './console-fixture.ts';
import { press, sees, seesHeading } from './journey.ts';
import { problemsOf } from './look-at.ts';
import { SIZES } from './profiles.ts';

consoleJourneys('what a user signs in with', {
  'a lost passkey is removed, and its user is told': lostPasskey,
});

/** Signs in a user of the pool whose access token is returned. */
async function signIn({ aws, clientId }: ConsoleFixture, name: string): Promise<string> {
  const { AuthenticationResult } = await aws.initiateAuth({
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: name, PASSWORD },
  });
  return AuthenticationResult?.AccessToken ?? '';
}

async function looksRight(page: Page, name: string): Promise<void> {
  const problems: string[] = [];
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size].viewport);
    problems.push(...(await problemsOf(page, name, size)));
  }
  assert.deepEqual(problems, []);
}

async function lostPasskey(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId, server } = fixture;
  const { UserPool } = await aws.describeUserPool({ UserPoolId });
  await aws.updateUserPool({
    UserPoolId,
    AutoVerifiedAttributes: UserPool?.AutoVerifiedAttributes,
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  await fixture.user('petra');
  const AccessToken = await signIn(fixture, 'petra');
  const started = await aws.startWebAuthnRegistration({ AccessToken });
  const Credential = makePasskey(server.publicUrl).create(started.CredentialCreationOptions);
  await aws.completeWebAuthnRegistration({ AccessToken, Credential });

  const page = await (await fixture.as('operator')).newPage();
  await page.goto(fixture.pool('/users/petra'));
  await seesHeading(page, 'petra');
  await sees(page, 'Never used');
  await sees(page, /a passkey/);
  await looksRight(page, 'user-passkey');
  await page.getByRole('button', { name: /^Remove the passkey:/ }).click();
  await press(page, 'Remove the passkey');
  await sees(page, 'The passkey is removed.');
  await page.getByRole('heading', { name: 'Passkeys' }).waitFor({ state: 'detached' });
  const { Credentials } = await aws.listWebAuthnCredentials({ AccessToken });
  assert.deepEqual(Credentials, []);
  const mails = await server.messages('petra@example.com');
  assert(mails.some(({ body }) => body.includes('A passkey was removed')));
}
