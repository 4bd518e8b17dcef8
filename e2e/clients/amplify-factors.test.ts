/** Amplify v6, unmodified: second factors, and sign-in by choice. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Amplify } from 'aws-amplify';
import {
  autoSignIn,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  fetchMFAPreference,
  getCurrentUser,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { codeOf } from './authenticator-app.ts';
import { startServer } from './server-under-test.ts';
import { makeUser, PASSWORD } from './tutorial-pool.ts';

// What Amplify forgets after three minutes must not keep this process alive until then.
const { setTimeout: sleeping } = globalThis;
globalThis.setTimeout = Object.assign(
  (...given: Parameters<typeof sleeping>) => sleeping(...given).unref(),
  sleeping,
);

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const SmsConfiguration = {
  SnsCallerArn: 'arn:aws:iam::000000000000:role/sms',
  ExternalId: 'tutorial',
};

/** Points Amplify at a new pool, on a device on which nobody is signed in. */
async function openPool(
  mfa: 'ON' | 'OPTIONAL',
  factors: readonly ('PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP')[] = ['PASSWORD'],
): Promise<string> {
  const { UserPool } = await aws.createUserPool({
    PoolName: 'factors',
    AutoVerifiedAttributes: ['email'],
    SmsConfiguration,
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...factors] } },
  });
  const UserPoolId = UserPool?.Id ?? '';
  await aws.setUserPoolMfaConfig({
    ...{ UserPoolId, MfaConfiguration: mfa },
    ...{ SmsMfaConfiguration: { SmsConfiguration }, EmailMfaConfiguration: {} },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { UserPoolClient } = await aws.createUserPoolClient({
    ...{ UserPoolId, ClientName: 'app' },
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: UserPoolId,
        userPoolClientId: UserPoolClient?.ClientId ?? '',
        userPoolEndpoint: server.url,
      },
    },
  });
  const kept = new Map<string, string>();
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (name, value) => void kept.set(name, value),
    getItem: async (name) => kept.get(name) ?? null,
    removeItem: async (name) => void kept.delete(name),
    clear: async () => kept.clear(),
  });
  return UserPoolId;
}

const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };
const enter = (username: string) => signIn({ username, password: PASSWORD });

/** The newest code that was sent to the address. */
async function sentTo(address: string): Promise<string> {
  const to = encodeURIComponent(address);
  const answer = await fetch(`${server.url}/inbox/messages?to=${to}`);
  const { messages } = (await answer.json()) as { messages: readonly { code?: string }[] };
  return messages[0]?.code ?? assert.fail(`no code for ${address}`);
}

test('an authenticator application is set up while signing in, and asked for from then on', async () => {
  const UserPoolId = await openPool('ON');
  await makeUser(aws, UserPoolId, 'mara');
  await aws.adminDeleteUserAttributes({
    ...{ UserPoolId, Username: 'mara', UserAttributeNames: ['email'] },
  });
  const asked = await enter('mara');
  assert.equal(asked.nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION');
  const chosen = await confirmSignIn({ challengeResponse: 'TOTP' });
  assert(chosen.nextStep.signInStep === 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP');
  const { sharedSecret } = chosen.nextStep.totpSetupDetails;
  await assert.rejects(confirmSignIn({ challengeResponse: codeOf(sharedSecret, 0) }), {
    name: 'EnableSoftwareTokenMFAException',
  });
  const before = codeOf(sharedSecret, Date.now() - 30_000);
  assert.deepEqual(await confirmSignIn({ challengeResponse: before }), DONE);
  assert.equal((await getCurrentUser()).username, 'mara');
  await signOut();
  const again = await enter('mara');
  assert.equal(again.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  await assert.rejects(confirmSignIn({ challengeResponse: codeOf(sharedSecret, 0) }), {
    name: 'CodeMismatchException',
  });
  assert.deepEqual(await confirmSignIn({ challengeResponse: codeOf(sharedSecret) }), DONE);
});

test('a user turns factors on, prefers one, and chooses where none is preferred', async () => {
  const UserPoolId = await openPool('OPTIONAL');
  await makeUser(aws, UserPoolId, 'nora');
  const phone = '+15550123456';
  await aws.adminUpdateUserAttributes({
    ...{ UserPoolId, Username: 'nora' },
    UserAttributes: [{ Name: 'phone_number', Value: phone }],
  });
  assert.deepEqual(await enter('nora'), DONE);
  const { sharedSecret } = await setUpTOTP();
  await verifyTOTPSetup({ code: codeOf(sharedSecret, Date.now() - 30_000) });
  await updateMFAPreference({ totp: 'PREFERRED', sms: 'ENABLED' });
  assert.deepEqual(await fetchMFAPreference(), { enabled: ['SMS', 'TOTP'], preferred: 'TOTP' });
  await signOut();
  const preferred = await enter('nora');
  assert.equal(preferred.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  assert.deepEqual(await confirmSignIn({ challengeResponse: codeOf(sharedSecret) }), DONE);
  await updateMFAPreference({ totp: 'NOT_PREFERRED', sms: 'NOT_PREFERRED' });
  await signOut();
  const choice = await enter('nora');
  assert.equal(choice.nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION');
  const sent = await confirmSignIn({ challengeResponse: 'SMS' });
  assert.equal(sent.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_SMS_CODE');
  assert.deepEqual(await confirmSignIn({ challengeResponse: await sentTo(phone) }), DONE);
  await updateMFAPreference({ totp: 'DISABLED', sms: 'DISABLED', email: 'PREFERRED' });
  await signOut();
  const mailed = await enter('nora');
  assert.equal(mailed.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
  const code = await sentTo('nora@example.com');
  assert.deepEqual(await confirmSignIn({ challengeResponse: code }), DONE);
});

test('people choose a code, a password or SRP as the first factor', async () => {
  const UserPoolId = await openPool('OPTIONAL', ['PASSWORD', 'EMAIL_OTP']);
  await makeUser(aws, UserPoolId, 'ida');
  const begin = (preferredChallenge?: 'EMAIL_OTP' | 'PASSWORD' | 'PASSWORD_SRP') =>
    signIn({
      ...{ username: 'ida', ...(preferredChallenge !== 'EMAIL_OTP' && { password: PASSWORD }) },
      options: { authFlowType: 'USER_AUTH', ...(preferredChallenge && { preferredChallenge }) },
    });
  const asked = await begin('EMAIL_OTP');
  assert.equal(asked.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
  const code = await sentTo('ida@example.com');
  assert.deepEqual(await confirmSignIn({ challengeResponse: code }), DONE);
  await signOut();
  for (const password of ['PASSWORD', 'PASSWORD_SRP'] as const) {
    assert.deepEqual(await begin(password), DONE, password);
    const { tokens } = await fetchAuthSession({ forceRefresh: true });
    assert.equal(tokens?.accessToken.payload['username'], 'ida');
    await signOut();
  }
  const choice = await begin();
  assert(choice.nextStep.signInStep === 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
  assert.deepEqual(choice.nextStep.availableChallenges, ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP']);
  const chosen = await confirmSignIn({ challengeResponse: 'PASSWORD_SRP' });
  assert.equal(chosen.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_PASSWORD');
  assert.deepEqual(await confirmSignIn({ challengeResponse: PASSWORD }), DONE);
  await signOut();
});

test('people choose a code by text message, or prefer it', async () => {
  const UserPoolId = await openPool('OPTIONAL', ['PASSWORD', 'SMS_OTP']);
  await makeUser(aws, UserPoolId, 'uma');
  const phone = '+15550123457';
  await aws.adminUpdateUserAttributes({
    ...{ UserPoolId, Username: 'uma' },
    UserAttributes: [
      { Name: 'phone_number', Value: phone },
      { Name: 'phone_number_verified', Value: 'true' },
    ],
  });
  const begin = (preferredChallenge?: 'SMS_OTP') =>
    signIn({
      username: 'uma',
      options: { authFlowType: 'USER_AUTH', ...(preferredChallenge && { preferredChallenge }) },
    });
  const asked = await begin('SMS_OTP');
  assert.equal(asked.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_SMS_CODE');
  await assert.rejects(confirmSignIn({ challengeResponse: '00000000' }), {
    name: 'CodeMismatchException',
  });
  assert.deepEqual(await confirmSignIn({ challengeResponse: await sentTo(phone) }), DONE);
  await signOut();
  const choice = await begin();
  assert(choice.nextStep.signInStep === 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
  assert.deepEqual(choice.nextStep.availableChallenges, ['PASSWORD_SRP', 'PASSWORD', 'SMS_OTP']);
  const chosen = await confirmSignIn({ challengeResponse: 'SMS_OTP' });
  assert.equal(chosen.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_SMS_CODE');
  assert.deepEqual(await confirmSignIn({ challengeResponse: await sentTo(phone) }), DONE);
  await signOut();
});

test('who signs up without a password is signed in by the code that confirms', async () => {
  await openPool('OPTIONAL', ['PASSWORD', 'EMAIL_OTP']);
  const email = 'new@example.com';
  const signedUp = await signUp({
    username: 'new',
    options: {
      userAttributes: { email },
      autoSignIn: { authFlowType: 'USER_AUTH' },
    },
  });
  assert.equal(signedUp.nextStep.signUpStep, 'CONFIRM_SIGN_UP');
  const confirmed = await confirmSignUp({ username: 'new', confirmationCode: await sentTo(email) });
  assert.equal(confirmed.nextStep.signUpStep, 'COMPLETE_AUTO_SIGN_IN');
  assert.deepEqual(await autoSignIn(), DONE);
  assert.equal((await getCurrentUser()).username, 'new');
});
