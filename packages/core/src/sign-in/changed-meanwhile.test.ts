import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../testing/quick-powers.ts';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import type { InputOf } from '@poolhouse/model';
import { totpCode } from '../crypto/index.ts';
import { EMAIL, openChoosing, PHONE } from '../testing/choosing.ts';
import { openCustomAuth } from '../testing/custom-auth.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, goodPassword, type MadePool } from '../testing/signed-in.ts';
import { sms } from '../testing/sms-role.ts';
import { srpTimestamp } from '../testing/srp-client.ts';

/* A question was right when it was asked. What has changed since decides whether its answer is. */

const INVALID = ['NotAuthorizedException', 'Invalid session for the user.'] as const;
const applications = { SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
const byChoice = { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] } as const;

const codeOf = (harness: Harness, secret: string) =>
  totpCode(secret, Math.floor(harness.world.clock.nowMs() / 30_000));

async function verified(harness: Harness, Session: string | undefined) {
  const made = await harness.call('AssociateSoftwareToken', { Session });
  const UserCode = codeOf(harness, made.SecretCode ?? '');
  return harness.call('VerifySoftwareToken', { Session: made.Session, UserCode });
}

const setUpAnswer = (
  { ClientId }: MadePool,
  USERNAME: string,
  Session: string | undefined,
): InputOf<'RespondToAuthChallenge'> => ({
  ...{ ClientId, ChallengeName: 'MFA_SETUP', Session },
  ChallengeResponses: { USERNAME },
});

/** Somebody who signed up and confirmed; answers what the code led to. */
async function confirmed(harness: Harness, { ClientId }: MadePool) {
  const UserAttributes = [{ Name: 'email', Value: 'bob@example.com' }];
  const bob = { ClientId, Username: 'bob' };
  await harness.call('SignUp', { ...bob, Password: goodPassword, UserAttributes });
  const ConfirmationCode = await harness.code('bob@example.com');
  const { Session } = await harness.call('ConfirmSignUp', { ...bob, ConfirmationCode });
  const AuthParameters = { USERNAME: 'bob' };
  return { ClientId, Session, AuthFlow: 'USER_AUTH', AuthParameters } as const;
}

test('an application that the pool has turned off since it was verified is not set up', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ann');
  const required = { UserPoolId, MfaConfiguration: 'ON' } as const;
  await harness.call('SetUserPoolMfaConfig', { ...required, ...applications });
  const AuthParameters = { USERNAME: 'ann', PASSWORD: goodPassword };
  const start = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters } as const;
  const { Session } = await verified(harness, (await harness.call('InitiateAuth', start)).Session);
  await harness.call('SetUserPoolMfaConfig', { ...required, EmailMfaConfiguration: {} });
  const answer = setUpAnswer(made, 'ann', Session);
  await harness.refuses('RespondToAuthChallenge', answer, ...INVALID);
});

test('a factor that is turned off is accepted no more where functions direct the sign-in', async (t) => {
  const { harness, made } = await openCustomAuth(t, {}, { pool: { SmsConfiguration: sms } });
  const { UserPoolId, ClientId } = made;
  const user = { UserPoolId, Username: 'ann' };
  const UserAttributes = [{ Name: 'phone_number', Value: PHONE }];
  await harness.call('AdminUpdateUserAttributes', { ...user, UserAttributes });
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SmsMfaConfiguration: { SmsConfiguration: sms },
  });
  const set = (SMSMfaSettings: object) =>
    harness.call('AdminSetUserMFAPreference', { ...user, SMSMfaSettings });
  await set({ Enabled: true });
  const session = createSrpSession('ann', goodPassword, UserPoolId, false);
  const started = await harness.call('InitiateAuth', {
    ...{ ClientId, AuthFlow: 'CUSTOM_AUTH' },
    AuthParameters: { USERNAME: 'ann', CHALLENGE_NAME: 'SRP_A', SRP_A: session.largeA },
  });
  const TIMESTAMP = srpTimestamp(harness.world.clock.nowMs());
  const signed = signSrpSession({ ...session, timestamp: TIMESTAMP }, started as never);
  const asked = await harness.call('RespondToAuthChallenge', {
    ...{ ClientId, ChallengeName: 'PASSWORD_VERIFIER' },
    ChallengeResponses: {
      ...{ USERNAME: 'ann', TIMESTAMP },
      PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
      PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
    },
  });
  assert.equal(asked.ChallengeName, 'SMS_MFA');
  await set({ Enabled: false });
  const answer: InputOf<'RespondToAuthChallenge'> = {
    ...{ ClientId, ChallengeName: 'SMS_MFA', Session: asked.Session },
    ChallengeResponses: { USERNAME: 'ann', SMS_MFA_CODE: await harness.code(PHONE) },
  };
  await harness.refuses('RespondToAuthChallenge', answer, ...INVALID);
});

test('a sign-in by choice ends where the app client may use it no more', async (t) => {
  const { harness, made, start, answering } = await openChoosing(t);
  const asked = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  const EMAIL_OTP_CODE = await harness.code(EMAIL);
  const choosing = await start();
  const { UserPoolId, ClientId } = made;
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH' as const];
  await harness.call('UpdateUserPoolClient', { UserPoolId, ClientId, ExplicitAuthFlows });
  for (const answer of [
    answering(asked.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE }),
    answering(choosing.Session, 'SELECT_CHALLENGE', { ANSWER: 'SMS_OTP' }),
  ]) {
    const refused = 'USER_AUTH flow not enabled for this client';
    await harness.refuses('RespondToAuthChallenge', answer, 'InvalidParameterException', refused);
  }
});

test('no code replaces a temporary password that was set since it was asked for', async (t) => {
  const { harness, user, start, answering } = await openChoosing(t);
  const asked = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  const EMAIL_OTP_CODE = await harness.code(EMAIL);
  const temporary = { Password: 'Temporary-7', Permanent: false };
  await harness.call('AdminSetUserPassword', { ...user, ...temporary });
  const answer = answering(asked.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE });
  await harness.refuses('RespondToAuthChallenge', answer, 'NotAuthorizedException');
});

test('nor does the code that confirmed the sign-up', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] }, { ...byChoice });
  const start = await confirmed(harness, made);
  const { UserPoolId } = made;
  const temporary = { Password: 'Temporary-7', Permanent: false };
  await harness.call('AdminSetUserPassword', { UserPoolId, Username: 'bob', ...temporary });
  await harness.refuses('InitiateAuth', start, 'NotAuthorizedException');
});

test('who has just confirmed the sign-up sets up the second factor that the pool requires', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] }, { ...byChoice });
  const { UserPoolId } = made;
  const required = { UserPoolId, MfaConfiguration: 'ON' } as const;
  await harness.call('SetUserPoolMfaConfig', { ...required, ...applications });
  const asked = await harness.call('InitiateAuth', await confirmed(harness, made));
  assert.equal(asked.ChallengeName, 'MFA_SETUP');
  const { Session } = await verified(harness, asked.Session);
  const answer = setUpAnswer(made, 'bob', Session);
  assert((await harness.call('RespondToAuthChallenge', answer)).AuthenticationResult);
});
