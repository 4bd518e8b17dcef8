/** The operations on factors, sent by the AWS SDK for JavaScript. A part of `aws-sdk.test.ts`, which counts what succeeded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CodeMismatchException,
  EnableSoftwareTokenMFAException,
  type AuthFactorType,
  type CognitoIdentityProvider,
  type ExplicitAuthFlowsType,
} from '@aws-sdk/client-cognito-identity-provider';
import { codeOf } from './authenticator-app.ts';
import { outputOf } from './sdk-answers.ts';
import { makePasskey } from './software-passkey.ts';
import { makeUser, PASSWORD } from './tutorial-pool.ts';

/** Tests with a pool of their own. */
export function factorOperations(
  aws: CognitoIdentityProvider,
  makePool: () => Promise<{ readonly UserPoolId: string; readonly ClientId: string }>,
): void {
  test('an authenticator application is set up at sign-in, asked for, turned off, and removed', async () => {
    const { UserPoolId, ClientId } = await makePool();
    await makeUser(aws, UserPoolId, 'mara');
    const user = { UserPoolId, Username: 'mara' };
    const required = {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    } as const;
    const set = aws.setUserPoolMfaConfig({ UserPoolId, ...required });
    assert.deepEqual(await outputOf(set), required);
    assert.deepEqual(await outputOf(aws.getUserPoolMfaConfig({ UserPoolId })), required);
    const begin = () =>
      aws.initiateAuth({
        ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: { USERNAME: 'mara', PASSWORD },
      });
    const asked = await begin();
    assert.equal(asked.ChallengeName, 'MFA_SETUP');
    const made = await aws.associateSoftwareToken({ Session: asked.Session });
    const { SecretCode = '', Session } = made;
    await assert.rejects(
      aws.verifySoftwareToken({ Session, UserCode: codeOf(SecretCode, 0) }),
      EnableSoftwareTokenMFAException,
    );
    const verified = await aws.verifySoftwareToken({
      ...{ Session, UserCode: codeOf(SecretCode, Date.now() - 30_000) },
      FriendlyDeviceName: 'phone',
    });
    assert.equal(verified.Status, 'SUCCESS');
    const done = await aws.respondToAuthChallenge({
      ...{ ClientId, ChallengeName: 'MFA_SETUP', Session: verified.Session },
      ChallengeResponses: { USERNAME: 'mara' },
    });
    const AccessToken = done.AuthenticationResult?.AccessToken;
    assert(AccessToken);
    const next = await begin();
    assert.equal(next.ChallengeName, 'SOFTWARE_TOKEN_MFA');
    assert.equal(next.ChallengeParameters?.['FRIENDLY_DEVICE_NAME'], 'phone');
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      aws.respondToAuthChallenge({
        ...{ ClientId, ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: next.Session },
        ChallengeResponses: { USERNAME: 'mara', SOFTWARE_TOKEN_MFA_CODE },
      });
    await assert.rejects(answer(codeOf(SecretCode, 0)), CodeMismatchException);
    assert((await answer(codeOf(SecretCode))).AuthenticationResult?.AccessToken);
    const factors = {
      ...{
        Username: 'mara',
        ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SOFTWARE_TOKEN'],
      },
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    };
    assert.deepEqual(await outputOf(aws.getUserAuthFactors({ AccessToken })), factors);
    assert.deepEqual(await outputOf(aws.adminGetUserAuthFactors(user)), factors);
    const { UserMFASettingList } = await aws.getUser({ AccessToken });
    assert.deepEqual(UserMFASettingList, ['SOFTWARE_TOKEN_MFA']);
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await aws.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings });
    await aws.adminSetUserMFAPreference({ ...user, SoftwareTokenMfaSettings });
    const { PreferredMfaSetting } = await aws.adminGetUser(user);
    assert.equal(PreferredMfaSetting, 'SOFTWARE_TOKEN_MFA');
    assert.deepEqual(await outputOf(aws.adminDeleteSoftwareToken(user)), {});
    assert.equal((await begin()).ChallengeName, 'MFA_SETUP');
  });

  test('the older settings turn text messages on and off', async () => {
    const { UserPoolId, ClientId } = await makePool();
    await makeUser(aws, UserPoolId, 'mara');
    const user = { UserPoolId, Username: 'mara' };
    const UserAttributes = [{ Name: 'phone_number', Value: '+15550123456' }];
    await aws.adminUpdateUserAttributes({ ...user, UserAttributes });
    await aws.setUserPoolMfaConfig({
      ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
      SmsMfaConfiguration: {
        SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
      },
    });
    const { AuthenticationResult } = await aws.initiateAuth({
      ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
      AuthParameters: { USERNAME: 'mara', PASSWORD },
    });
    const AccessToken = AuthenticationResult?.AccessToken;
    const on = [{ DeliveryMedium: 'SMS' as const, AttributeName: 'phone_number' }];
    assert.deepEqual(await outputOf(aws.setUserSettings({ AccessToken, MFAOptions: on })), {});
    assert.deepEqual((await aws.adminGetUser(user)).UserMFASettingList, ['SMS_MFA']);
    assert.deepEqual(await outputOf(aws.adminSetUserSettings({ ...user, MFAOptions: [] })), {});
    assert.equal((await aws.adminGetUser(user)).UserMFASettingList, undefined);
  });

  test('people choose how they sign in', async () => {
    const { UserPoolId, ClientId } = await makePool();
    await makeUser(aws, UserPoolId, 'mara');
    await aws.updateUserPoolClient({
      ...{ UserPoolId, ClientId },
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const asked = await aws.initiateAuth({
      ...{ ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: { USERNAME: 'mara' },
    });
    assert.equal(asked.ChallengeName, 'SELECT_CHALLENGE');
    assert.deepEqual(asked.AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
    const done = await aws.respondToAuthChallenge({
      ...{ ClientId, ChallengeName: 'SELECT_CHALLENGE', Session: asked.Session },
      ChallengeResponses: { USERNAME: 'mara', ANSWER: 'PASSWORD', PASSWORD },
    });
    assert(done.AuthenticationResult?.AccessToken);
  });

  test('a passkey is registered, listed, signs in, and is deleted', async () => {
    const { UserPoolId, ClientId } = await makePool();
    await makeUser(aws, UserPoolId, 'mara');
    const { UserPool } = await aws.describeUserPool({ UserPoolId });
    const AllowedFirstAuthFactors: AuthFactorType[] = ['PASSWORD', 'WEB_AUTHN'];
    await aws.updateUserPool({
      ...{ UserPoolId, AutoVerifiedAttributes: UserPool?.AutoVerifiedAttributes },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
    });
    const ExplicitAuthFlows: ExplicitAuthFlowsType[] = ['ALLOW_USER_AUTH'];
    await aws.updateUserPoolClient({ UserPoolId, ClientId, ExplicitAuthFlows });
    const begin = (parameters: Readonly<Record<string, string>>) =>
      aws.initiateAuth({
        ...{ ClientId, AuthFlow: 'USER_AUTH' },
        AuthParameters: { USERNAME: 'mara', ...parameters },
      });
    const first = await begin({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD });
    const AccessToken = first.AuthenticationResult?.AccessToken;
    const passkey = makePasskey('http://localhost:4200');
    const started = await aws.startWebAuthnRegistration({ AccessToken });
    const Credential = passkey.create(started.CredentialCreationOptions);
    assert.deepEqual(
      await outputOf(aws.completeWebAuthnRegistration({ AccessToken, Credential })),
      {},
    );
    const { Credentials = [] } = await aws.listWebAuthnCredentials({ AccessToken });
    assert.equal(Credentials.length, 1);
    assert(Credentials[0]?.CreatedAt instanceof Date);
    const asked = await begin({ PREFERRED_CHALLENGE: 'WEB_AUTHN' });
    const options = asked.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '';
    const CREDENTIAL = JSON.stringify(passkey.get(JSON.parse(options)));
    const done = await aws.respondToAuthChallenge({
      ...{ ClientId, ChallengeName: 'WEB_AUTHN', Session: asked.Session },
      ChallengeResponses: { USERNAME: 'mara', CREDENTIAL },
    });
    assert(done.AuthenticationResult?.AccessToken);
    const { CredentialId } = Credentials[0];
    const deleted = aws.deleteWebAuthnCredential({ AccessToken, CredentialId });
    assert.deepEqual(await outputOf(deleted), {});
    assert.deepEqual((await aws.listWebAuthnCredentials({ AccessToken })).Credentials, []);
  });
}
