import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ChallengeNameType, InputOf } from '@poolhouse/model';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { addUser, goodPassword, type MadePool } from '../../testing/signed-in.ts';
import { sms } from '../../testing/sms-role.ts';

const WRONG = 'Invalid code or auth state for the user.';
const EMAIL = 'ann@example.com';
const PHONE = '+15550123456';

const texts = { SmsMfaConfiguration: { SmsConfiguration: sms } };
const mails = { EmailMfaConfiguration: {} };

async function open(
  t: TestContext,
  factors: Omit<InputOf<'SetUserPoolMfaConfig'>, 'UserPoolId'>,
  attributes: Readonly<Record<string, string>> = { email: EMAIL, phone_number: PHONE },
) {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = made;
  await addUser(harness, made, 'ann', attributes);
  await harness.call('SetUserPoolMfaConfig', { UserPoolId, ...factors });
  return { harness, made, user: { UserPoolId, Username: 'ann' } };
}

const begin = (harness: Harness, { ClientId }: MadePool) =>
  harness.call('InitiateAuth', {
    ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
    AuthParameters: { USERNAME: 'ann', PASSWORD: goodPassword },
  });

const answer = (
  { ClientId }: MadePool,
  Session: string | undefined,
  ChallengeName: ChallengeNameType,
  responses: Readonly<Record<string, string>>,
): InputOf<'RespondToAuthChallenge'> => ({
  ...{ ClientId, Session, ChallengeName },
  ChallengeResponses: { USERNAME: 'ann', ...responses },
});

const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000');

for (const [method, config, setting, to, shown] of [
  ['SMS_MFA', texts, 'SMSMfaSettings', PHONE, { medium: 'SMS', destination: '+*******3456' }],
  ['EMAIL_OTP', mails, 'EmailMfaSettings', EMAIL, { medium: 'EMAIL', destination: 'a***@e***' }],
] as const) {
  test(`${method}: a code is sent once it is turned on, and is worth one sign-in`, async (t) => {
    const { harness, made, user } = await open(t, { MfaConfiguration: 'OPTIONAL', ...config });
    // Having the address turns nothing on.
    assert((await begin(harness, made)).AuthenticationResult);
    await harness.call('AdminSetUserMFAPreference', { ...user, [setting]: { Enabled: true } });
    const asked = await begin(harness, made);
    assert.equal(asked.ChallengeName, method);
    assert.deepEqual(asked.ChallengeParameters, {
      CODE_DELIVERY_DELIVERY_MEDIUM: shown.medium,
      CODE_DELIVERY_DESTINATION: shown.destination,
      USER_ID_FOR_SRP: 'ann',
    });
    const code = await harness.code(to);
    assert.match(code, /^\d{6}$/);
    const wrong = answer(made, asked.Session, method, { [`${method}_CODE`]: wrongOf(code) });
    for (let at = 0; at < 2; at += 1) {
      await harness.refuses('RespondToAuthChallenge', wrong, 'CodeMismatchException', WRONG);
    }
    const right = answer(made, asked.Session, method, { [`${method}_CODE`]: code });
    assert((await harness.call('RespondToAuthChallenge', right)).AuthenticationResult);
    const used = 'Invalid session for the user, session can only be used once.';
    await harness.refuses('RespondToAuthChallenge', right, 'NotAuthorizedException', used);
    harness.advance(1_000);
    const next = await begin(harness, made);
    const old = answer(made, next.Session, method, { [`${method}_CODE`]: code });
    if (code !== (await harness.code(to))) {
      await harness.refuses('RespondToAuthChallenge', old, 'CodeMismatchException', WRONG);
    }
  });

  test(`${method}: a code proves the address that it was sent to, and dies with its Session`, async (t) => {
    const { harness, made, user } = await open(t, { MfaConfiguration: 'ON', ...config });
    const asked = await begin(harness, made);
    assert.equal(asked.ChallengeName, method);
    const code = await harness.code(to);
    const [Name, Value] =
      method === 'SMS_MFA' ? ['phone_number', '+15550199999'] : ['email', 'bea@example.com'];
    await harness.call('AdminUpdateUserAttributes', { ...user, UserAttributes: [{ Name, Value }] });
    const moved = answer(made, asked.Session, method, { [`${method}_CODE`]: code });
    await harness.refuses('RespondToAuthChallenge', moved, 'CodeMismatchException', WRONG);
    harness.advance(1_000);
    const { Session } = await begin(harness, made);
    const late = answer(made, Session, method, { [`${method}_CODE`]: await harness.code(Value) });
    harness.advance(180_000);
    const expired = 'Invalid session for the user, session is expired.';
    await harness.refuses('RespondToAuthChallenge', late, 'NotAuthorizedException', expired);
  });
}

test('who has several and prefers none chooses; the preferred one is asked for at once', async (t) => {
  const both = { MfaConfiguration: 'ON', ...texts, ...mails } as const;
  const { harness, made, user } = await open(t, both);
  const asked = await begin(harness, made);
  assert.equal(asked.ChallengeName, 'SELECT_MFA_TYPE');
  assert.deepEqual(asked.ChallengeParameters, { MFAS_CAN_CHOOSE: '["SMS_MFA","EMAIL_OTP"]' });
  assert.equal((await harness.messages()).length, 0);
  const choice = answer(made, asked.Session, 'SELECT_MFA_TYPE', { ANSWER: 'EMAIL_OTP' });
  const chosen = await harness.call('RespondToAuthChallenge', choice);
  assert.equal(chosen.ChallengeName, 'EMAIL_OTP');
  assert.deepEqual(Object.keys(chosen.ChallengeParameters ?? {}), [
    'CODE_DELIVERY_DELIVERY_MEDIUM',
    'CODE_DELIVERY_DESTINATION',
  ]);
  const EMAIL_OTP_CODE = await harness.code(EMAIL);
  const right = answer(made, chosen.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE });
  assert((await harness.call('RespondToAuthChallenge', right)).AuthenticationResult);
  await harness.call('AdminSetUserMFAPreference', {
    ...user,
    SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    EmailMfaSettings: { Enabled: true },
  });
  assert.equal((await begin(harness, made)).ChallengeName, 'SMS_MFA');
});

test('who has no address gives one, and answers the code that goes there', async (t) => {
  const { harness, made, user } = await open(t, { MfaConfiguration: 'ON', ...mails }, {});
  const asked = await begin(harness, made);
  assert.equal(asked.ChallengeName, 'MFA_SETUP');
  assert.deepEqual(asked.ChallengeParameters, { MFAS_CAN_SETUP: '["EMAIL_OTP"]' });
  const odd = answer(made, asked.Session, 'MFA_SETUP', { EMAIL: 'nobody' });
  await harness.refuses('RespondToAuthChallenge', odd, 'InvalidParameterException');
  const given = answer(made, asked.Session, 'MFA_SETUP', { EMAIL });
  const next = await harness.call('RespondToAuthChallenge', given);
  assert.equal(next.ChallengeName, 'EMAIL_OTP');
  assert.equal(next.AuthenticationResult, undefined);
  const EMAIL_OTP_CODE = await harness.code(EMAIL);
  const right = answer(made, next.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE });
  assert((await harness.call('RespondToAuthChallenge', right)).AuthenticationResult);
  const { UserAttributes = [] } = await harness.call('AdminGetUser', user);
  assert(UserAttributes.some(({ Name, Value }) => Name === 'email' && Value === EMAIL));
});

test('an address that cannot be set up here is named, and leads to no tokens', async (t) => {
  const { harness, made } = await open(t, { MfaConfiguration: 'ON', ...texts }, {});
  const asked = await begin(harness, made);
  assert.deepEqual(asked.ChallengeParameters, { MFAS_CAN_SETUP: '["SMS_MFA"]' });
  const given = answer(made, asked.Session, 'MFA_SETUP', { EMAIL, PHONE_NUMBER: PHONE });
  await harness.refuses('RespondToAuthChallenge', given, 'NotAuthorizedException');
});

test('the texts are those of the pool', async (t) => {
  const { harness, made, user } = await open(t, {
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: { SmsConfiguration: sms, SmsAuthenticationMessage: 'Shop: {####}' },
    EmailMfaConfiguration: { Message: 'Your code at the shop: {####}', Subject: 'Shop' },
  });
  const settings = { SMSMfaSettings: { Enabled: true, PreferredMfa: true } };
  await harness.call('AdminSetUserMFAPreference', { ...user, ...settings });
  await begin(harness, made);
  const [text] = await harness.messages(PHONE);
  assert.equal(text?.body, `Shop: ${text?.code}`);
  await harness.call('AdminSetUserMFAPreference', {
    ...user,
    EmailMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  await begin(harness, made);
  const [mail] = await harness.messages(EMAIL);
  assert.equal(mail?.subject, 'Shop');
  assert(mail?.body.includes(`Your code at the shop: ${mail.code}`));
});

test('a phone is sent few codes an hour, and one of them is good (security.md M13)', async (t) => {
  const { harness, made } = await open(t, { MfaConfiguration: 'ON', ...texts });
  for (let at = 0; at < 30; at += 1) {
    const { ChallengeName } = await begin(harness, made);
    assert.equal(ChallengeName, 'SMS_MFA');
    // So that the newest is known.
    harness.advance(1_000);
  }
  const sent = await harness.messages(PHONE);
  assert(sent.length <= 15, String(sent.length));
  const { Session } = await begin(harness, made);
  const right = answer(made, Session, 'SMS_MFA', { SMS_MFA_CODE: sent[0]?.code ?? '' });
  assert((await harness.call('RespondToAuthChallenge', right)).AuthenticationResult);
});

test('what is the second factor does not recover the account', async (t) => {
  const { harness, made, user } = await open(
    t,
    { MfaConfiguration: 'OPTIONAL', ...texts },
    {
      ...{ email: EMAIL, email_verified: 'true' },
      ...{ phone_number: PHONE, phone_number_verified: 'true' },
    },
  );
  const { ClientId } = made;
  const reset = () => harness.call('ForgotPassword', { ClientId, Username: 'ann' });
  assert.equal((await reset()).CodeDeliveryDetails?.DeliveryMedium, 'SMS');
  await harness.call('AdminSetUserMFAPreference', { ...user, SMSMfaSettings: { Enabled: true } });
  assert.equal((await reset()).CodeDeliveryDetails?.DeliveryMedium, 'EMAIL');
  await harness.call('AdminDeleteUserAttributes', { ...user, UserAttributeNames: ['email'] });
  const refused = { ClientId, Username: 'ann' };
  await harness.refuses('ForgotPassword', refused, 'InvalidParameterException');
  await harness.refuses('AdminResetUserPassword', user, 'InvalidParameterException');
});

test('a Session that is used up takes no good code with it', async (t) => {
  const { harness, made } = await open(t, { MfaConfiguration: 'ON', ...mails });
  const first = await begin(harness, made);
  const code = await harness.code(EMAIL);
  await harness.call(
    'RespondToAuthChallenge',
    answer(made, first.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE: code }),
  );
  harness.advance(1_000);
  const second = await begin(harness, made);
  const EMAIL_OTP_CODE = await harness.code(EMAIL);
  const old = answer(made, first.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE });
  const used = 'Invalid session for the user, session can only be used once.';
  await harness.refuses('RespondToAuthChallenge', old, 'NotAuthorizedException', used);
  const right = answer(made, second.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE });
  assert((await harness.call('RespondToAuthChallenge', right)).AuthenticationResult);
});

test('a factor that is turned off while its code is under way is accepted no more', async (t) => {
  const optional = { MfaConfiguration: 'OPTIONAL', ...texts, ...mails } as const;
  const { harness, made, user } = await open(t, optional);
  const set = (SMSMfaSettings: object) =>
    harness.call('AdminSetUserMFAPreference', { ...user, SMSMfaSettings });
  const invalid = ['NotAuthorizedException', 'Invalid session for the user.'] as const;
  const asked = async () => {
    await set({ Enabled: true });
    const { Session } = await begin(harness, made);
    return answer(made, Session, 'SMS_MFA', { SMS_MFA_CODE: await harness.code(PHONE) });
  };
  const first = await asked();
  await set({ Enabled: false });
  await harness.refuses('RespondToAuthChallenge', first, ...invalid);
  harness.advance(1_000);
  const second = await asked();
  const { UserPoolId } = user;
  await harness.call('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'ON', ...mails });
  await harness.refuses('RespondToAuthChallenge', second, ...invalid);
});
