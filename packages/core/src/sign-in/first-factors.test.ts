import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { AuthFactorType, ChallengeNameType, InputOf, OutputOf } from '@poolhouse/model';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import { poolId, sub } from '../domain/ids.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, attributes, goodPassword, sessionOf } from '../testing/signed-in.ts';
import { sms } from '../testing/sms-role.ts';
import type { AskedOptions } from '../testing/passkey-sign-in.ts';
import { registerPasskey } from '../testing/passkeys.ts';
import { srpTimestamp } from '../testing/srp-client.ts';

const EMAIL = 'ann@example.com';
const PHONE = '+15550123456';
const UNAVAILABLE = 'Selected challenge is not available';
const WRONG = 'Invalid code or auth state for the user.';
const everything = {
  ...{ email: EMAIL, email_verified: 'true' },
  ...{ phone_number: PHONE, phone_number_verified: 'true' },
};

async function open(
  t: TestContext,
  allowed: readonly AuthFactorType[] = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
  client: Partial<InputOf<'CreateUserPoolClient'>> = {},
) {
  const harness = await openHarness(t);
  const made = await harness.makePool(
    {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: allowed } },
      SmsConfiguration: sms,
    },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], ...client },
  );
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ann', everything);
  const start = (parameters: Readonly<Record<string, string>> = {}, USERNAME = 'ann') =>
    harness.call('InitiateAuth', {
      ...{ ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: { USERNAME, ...parameters },
    });
  const answering = (
    Session: string | undefined,
    ChallengeName: ChallengeNameType,
    responses: Readonly<Record<string, string>>,
    USERNAME = 'ann',
  ): InputOf<'RespondToAuthChallenge'> => ({
    ...{ ClientId, ChallengeName, Session },
    ChallengeResponses: { USERNAME, ...responses },
  });
  const answer = (...given: Parameters<typeof answering>) =>
    harness.call('RespondToAuthChallenge', answering(...given));
  return { harness, made, user: { UserPoolId, Username: 'ann' }, start, answering, answer };
}

type Asked = OutputOf<'InitiateAuth'>;

const all = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];

test('without a preference there is a choice; a password may come with it or after it', async (t) => {
  const { start, answer, answering, harness } = await open(t);
  const asked = await start();
  assert.equal(asked.ChallengeName, 'SELECT_CHALLENGE');
  assert.deepEqual(asked.AvailableChallenges, all);
  assert.deepEqual(asked.ChallengeParameters, {});
  const next = await answer(asked.Session, 'SELECT_CHALLENGE', { ANSWER: 'PASSWORD' });
  assert.equal(next.ChallengeName, 'PASSWORD');
  const wrong = answering(next.Session, 'PASSWORD', { PASSWORD: 'Wrong-0000' });
  await harness.refuses('RespondToAuthChallenge', wrong, 'NotAuthorizedException');
  const done = await answer(next.Session, 'PASSWORD', { PASSWORD: goodPassword });
  assert(done.AuthenticationResult?.AccessToken);
  assert.equal(done.AvailableChallenges, undefined);
  const both = { ANSWER: 'PASSWORD', PASSWORD: goodPassword };
  const again = answering(asked.Session, 'SELECT_CHALLENGE', both);
  await harness.refuses('RespondToAuthChallenge', again, 'NotAuthorizedException');
  const { Session } = await start();
  assert((await answer(Session, 'SELECT_CHALLENGE', both)).AuthenticationResult);
});

test('a preferred password signs in with one request, or asks for it', async (t) => {
  const { start, harness, made } = await open(t);
  const preferred = { PREFERRED_CHALLENGE: 'PASSWORD' };
  const done = await start({ ...preferred, PASSWORD: goodPassword });
  const { proofs } = await sessionOf(harness, done.AuthenticationResult?.RefreshToken);
  assert.deepEqual(
    proofs?.map(({ challenge }) => challenge),
    ['PASSWORD'],
  );
  const asked = await start(preferred);
  assert.equal(asked.ChallengeName, 'PASSWORD');
  assert.deepEqual(asked.AvailableChallenges, all);
  await harness.refuses(
    'InitiateAuth',
    {
      ...{ ClientId: made.ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: { USERNAME: 'ann', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'Wrong-0000' },
    },
    'NotAuthorizedException',
    'Incorrect username or password.',
  );
});

for (const how of ['with the first request', 'with the choice', 'after the choice'] as const) {
  test(`SRP begins ${how}`, async (t) => {
    const { start, answer, harness, made } = await open(t);
    const session = createSrpSession('ann', goodPassword, made.UserPoolId, false);
    const SRP_A = session.largeA;
    const select = async (responses: Readonly<Record<string, string>>) =>
      answer((await start()).Session, 'SELECT_CHALLENGE', { ANSWER: 'PASSWORD_SRP', ...responses });
    const chosen = async () => {
      const asked = await select({});
      assert.equal(asked.ChallengeName, 'PASSWORD_SRP');
      return answer(asked.Session, 'PASSWORD_SRP', { SRP_A });
    };
    const started =
      how === 'with the first request'
        ? await start({ PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A })
        : how === 'with the choice'
          ? await select({ SRP_A })
          : await chosen();
    assert.equal(started.ChallengeName, 'PASSWORD_VERIFIER');
    const timestamp = srpTimestamp(harness.world.clock.nowMs());
    const signed = signSrpSession({ ...session, timestamp }, started as never);
    const done = await answer(started.Session, 'PASSWORD_VERIFIER', {
      PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
      PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
      TIMESTAMP: timestamp,
    });
    assert(done.AuthenticationResult?.AccessToken);
  });
}

for (const [name, to, medium, destination] of [
  ['EMAIL_OTP', EMAIL, 'EMAIL', 'a***@e***'],
  ['SMS_OTP', PHONE, 'SMS', '+*******3456'],
] as const) {
  test(`${name}: a code of eight digits signs in`, async (t) => {
    const { start, answer, answering, harness } = await open(t);
    const asked = await start({ PREFERRED_CHALLENGE: name });
    assert.equal(asked.ChallengeName, name);
    assert.deepEqual(asked.AvailableChallenges, all);
    assert.deepEqual(asked.ChallengeParameters, {
      CODE_DELIVERY_DELIVERY_MEDIUM: medium,
      CODE_DELIVERY_DESTINATION: destination,
    });
    const code = await harness.code(to);
    assert.match(code, /^\d{8}$/);
    const other = code === '00000000' ? '00000001' : '00000000';
    const wrong = answering(asked.Session, name, { [`${name}_CODE`]: other });
    await harness.refuses('RespondToAuthChallenge', wrong, 'CodeMismatchException', WRONG);
    const done = await answer(asked.Session, name, { [`${name}_CODE`]: code });
    const { proofs } = await sessionOf(harness, done.AuthenticationResult?.RefreshToken);
    assert.deepEqual(
      proofs?.map(({ challenge }) => challenge),
      [name],
    );
    const { Session } = await start();
    const chosen = await answer(Session, 'SELECT_CHALLENGE', { ANSWER: name });
    assert.equal(chosen.ChallengeName, name);
  });
}

test('what a user cannot answer leads to the choice, and cannot be chosen', async (t) => {
  const { start, answering, harness, made } = await open(t);
  await addUser(harness, made, 'bea', { email: 'bea@example.com' });
  const password = ['PASSWORD_SRP', 'PASSWORD'];
  for (const PREFERRED_CHALLENGE of ['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']) {
    const asked = await start({ PREFERRED_CHALLENGE }, 'bea');
    assert.equal(asked.ChallengeName, 'SELECT_CHALLENGE');
    assert.deepEqual(asked.AvailableChallenges, password, 'the address is not proved');
    for (const ANSWER of [PREFERRED_CHALLENGE, 'NEW_PASSWORD_REQUIRED', 'nonsense']) {
      const odd = answering(asked.Session, 'SELECT_CHALLENGE', { ANSWER }, 'bea');
      await harness.refuses(
        'RespondToAuthChallenge',
        odd,
        'InvalidParameterException',
        UNAVAILABLE,
      );
    }
  }
  const odd: InputOf<'InitiateAuth'> = {
    ...{ ClientId: made.ClientId, AuthFlow: 'USER_AUTH' },
    AuthParameters: { USERNAME: 'ann', PREFERRED_CHALLENGE: 'MFA_SETUP' },
  };
  await harness.refuses('InitiateAuth', odd, 'InvalidParameterException');
});

test('what the pool does not allow is not offered', async (t) => {
  const { start } = await open(t, ['PASSWORD']);
  const asked = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  assert.deepEqual(asked.AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
});

test('who was invited has a password to change, and no code', async (t) => {
  const { start, harness, user } = await open(t);
  await harness.call('AdminSetUserPassword', { ...user, Password: 'Temporary-7' });
  const asked = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  assert.equal(asked.ChallengeName, 'SELECT_CHALLENGE');
  assert.deepEqual(asked.AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
  const next = await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'Temporary-7' });
  assert.equal(next.ChallengeName, 'NEW_PASSWORD_REQUIRED');
});

test('who has a second factor signs in by password first, also one who turned it on since', async (t) => {
  const { start, answering, harness, user } = await open(t);
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId: user.UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SmsMfaConfiguration: { SmsConfiguration: sms },
  });
  const asked = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  const waiting = await start();
  assert.equal(asked.ChallengeName, 'EMAIL_OTP');
  await harness.call('AdminSetUserMFAPreference', { ...user, SMSMfaSettings: { Enabled: true } });
  const EMAIL_OTP_CODE = await harness.code(EMAIL);
  const late = answering(asked.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE });
  await harness.refuses('RespondToAuthChallenge', late, 'InvalidParameterException', UNAVAILABLE);
  const choice = answering(waiting.Session, 'SELECT_CHALLENGE', { ANSWER: 'SMS_OTP' });
  await harness.refuses('RespondToAuthChallenge', choice, 'InvalidParameterException', UNAVAILABLE);
  const now = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  assert.deepEqual(now.AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
  const second = await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: goodPassword });
  assert.equal(second.ChallengeName, 'SMS_MFA');
});

test('whoever does not exist is told so, or answers like somebody who never gets in', async (t) => {
  const telling = await open(t, undefined, { PreventUserExistenceErrors: 'LEGACY' });
  await assert.rejects(telling.start({}, 'nobody'), { code: 'UserNotFoundException' });
  const { start, answer, answering, harness } = await open(t, undefined, {
    PreventUserExistenceErrors: 'ENABLED',
  });
  const usual = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP'];
  const asked = await start({ PREFERRED_CHALLENGE: 'WEB_AUTHN' }, 'nobody');
  assert.equal(asked.ChallengeName, 'SELECT_CHALLENGE');
  assert.deepEqual(asked.AvailableChallenges, usual);
  const known = await start();
  assert.equal(known.Session?.length, asked.Session?.length);
  const chosen = await answer(asked.Session, 'SELECT_CHALLENGE', { ANSWER: 'EMAIL_OTP' }, 'nobody');
  assert.equal(chosen.ChallengeName, 'EMAIL_OTP');
  const shown = (await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' }, 'nobody')).ChallengeParameters;
  assert.deepEqual(chosen.ChallengeParameters, shown, 'the same each time');
  const code = answering(chosen.Session, 'EMAIL_OTP', { EMAIL_OTP_CODE: '00000000' }, 'nobody');
  await harness.refuses('RespondToAuthChallenge', code, 'CodeMismatchException', WRONG);
  const typed = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' }, 'someone@else.example');
  assert.equal(typed.ChallengeParameters?.['CODE_DELIVERY_DESTINATION'], 's***@e***');
  const password = await answer(
    (await start({}, 'nobody')).Session,
    'SELECT_CHALLENGE',
    { ANSWER: 'PASSWORD' },
    'nobody',
  );
  const wrong = answering(password.Session, 'PASSWORD', { PASSWORD: goodPassword }, 'nobody');
  const incorrect = 'Incorrect username or password.';
  await harness.refuses('RespondToAuthChallenge', wrong, 'NotAuthorizedException', incorrect);
  assert.equal((await harness.messages()).length, 0);
});

test('a Session of the choice is another user’s at no step, and no step is left out', async (t) => {
  const { start, answering, harness, made } = await open(t);
  await addUser(harness, made, 'bea', { email: 'bea@example.com', email_verified: 'true' });
  const { Session } = await start();
  const invalid = ['NotAuthorizedException', 'Invalid session for the user.'] as const;
  const others = answering(Session, 'SELECT_CHALLENGE', { ANSWER: 'EMAIL_OTP' }, 'bea');
  await harness.refuses('RespondToAuthChallenge', others, ...invalid);
  for (const [name, responses] of [
    ['PASSWORD', { PASSWORD: goodPassword }],
    ['EMAIL_OTP', { EMAIL_OTP_CODE: '00000000' }],
    ['SELECT_MFA_TYPE', { ANSWER: 'EMAIL_OTP' }],
    ['MFA_SETUP', {}],
  ] as const) {
    const odd = answering(Session, name, responses);
    await harness.refuses('RespondToAuthChallenge', odd, ...invalid);
  }
});

test('wrong codes lock the user, and a locked user is sent none', async (t) => {
  const { start, answering, harness } = await open(t);
  const { Session } = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  const code = await harness.code(EMAIL);
  const EMAIL_OTP_CODE = code === '00000000' ? '00000001' : '00000000';
  for (let at = 0; at < 5; at += 1) {
    const wrong = answering(Session, 'EMAIL_OTP', { EMAIL_OTP_CODE });
    await harness.refuses('RespondToAuthChallenge', wrong, 'CodeMismatchException');
  }
  const sent = (await harness.messages()).length;
  const locked = { message: 'Password attempts exceeded' };
  await assert.rejects(start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' }), locked);
  assert.equal((await harness.messages()).length, sent);
});

test('a user without a password is offered none', async (t) => {
  const { start, harness, user } = await open(t);
  const { storage, world } = harness;
  const { UserAttributes = [] } = await harness.call('AdminGetUser', user);
  const id = UserAttributes.find(({ Name }) => Name === 'sub')?.Value ?? '';
  await storage.stores.users.change({ poolId: poolId(user.UserPoolId), sub: sub(id) }, (now) => ({
    ...now,
    ...{ sealedPassword: undefined, sealedSrp: undefined, modifiedAtMs: world.clock.nowMs() },
  }));
  const asked = await start({ PREFERRED_CHALLENGE: 'PASSWORD' });
  assert.equal(asked.ChallengeName, 'SELECT_CHALLENGE');
  assert.deepEqual(asked.AvailableChallenges, ['EMAIL_OTP', 'SMS_OTP']);
  const attributesLeft = attributes({ email_verified: 'false', phone_number_verified: 'false' });
  await harness.call('AdminUpdateUserAttributes', { ...user, UserAttributes: attributesLeft });
  await assert.rejects(start(), { code: 'NotAuthorizedException' });
});

test('a passkey signs in where it is preferred or chosen, also whom wrong passwords have locked', async (t) => {
  const { start, answer, harness, made } = await open(t, ['PASSWORD', 'WEB_AUTHN']);
  const first = await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: goodPassword });
  assert.deepEqual((await start()).AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
  const { AccessToken = '' } = first.AuthenticationResult ?? {};
  const authenticator = await registerPasskey(harness, AccessToken);
  const available = ['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN'];
  const credentialFor = (asked: Asked) => {
    assert.equal(asked.ChallengeName, 'WEB_AUTHN');
    assert.deepEqual(asked.AvailableChallenges, available);
    const options = asked.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '';
    return JSON.stringify(authenticator.get(JSON.parse(options) as AskedOptions));
  };
  const finish = async (asked: Asked) =>
    answer(asked.Session, 'WEB_AUTHN', { CREDENTIAL: credentialFor(asked) });
  assert((await finish(await start({ PREFERRED_CHALLENGE: 'WEB_AUTHN' }))).AuthenticationResult);
  for (let at = 0; at < 6; at += 1) {
    await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'Wrong-0000' }).catch(() => undefined);
  }
  const locked = { message: 'Password attempts exceeded' };
  await assert.rejects(start({ PREFERRED_CHALLENGE: 'PASSWORD' }), locked);
  const { Session } = await start();
  await assert.rejects(answer(Session, 'SELECT_CHALLENGE', { ANSWER: 'PASSWORD' }), locked);
  const SRP_A = createSrpSession('ann', goodPassword, made.UserPoolId, false).largeA;
  const bySrp = { ANSWER: 'PASSWORD_SRP', SRP_A };
  await assert.rejects(answer(Session, 'SELECT_CHALLENGE', bySrp), locked);
  const chosen = await answer(Session, 'SELECT_CHALLENGE', { ANSWER: 'WEB_AUTHN' });
  assert((await finish(chosen)).AuthenticationResult);
});

test('beside a second factor a passkey is offered only where it is two factors', async (t) => {
  const { start, harness, user } = await open(t, ['PASSWORD', 'WEB_AUTHN']);
  const first = await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: goodPassword });
  await registerPasskey(harness, first.AuthenticationResult?.AccessToken ?? '');
  const configure = (more: Partial<InputOf<'SetUserPoolMfaConfig'>> = {}) =>
    harness.call('SetUserPoolMfaConfig', {
      ...{ UserPoolId: user.UserPoolId, MfaConfiguration: 'OPTIONAL', ...more },
      SmsMfaConfiguration: { SmsConfiguration: sms },
    });
  await configure();
  await harness.call('AdminSetUserMFAPreference', { ...user, SMSMfaSettings: { Enabled: true } });
  assert.deepEqual((await start()).AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
  await configure({
    WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' },
  });
  const { AvailableChallenges } = await start();
  assert.deepEqual(AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN']);
});

test('who confirms the sign-up in the same session signs in at once, once', async (t) => {
  const { harness, made, start } = await open(t);
  const { UserPoolId, ClientId } = made;
  await harness.call('UpdateUserPool', {
    ...{ UserPoolId, AutoVerifiedAttributes: ['email'], SmsConfiguration: sms },
  });
  const email = 'new@example.com';
  const signUp = async (Username: string, client = ClientId) => {
    const UserAttributes = [{ Name: 'email', Value: `${Username}@example.com` }];
    const signedUp = await harness.call('SignUp', { ClientId: client, Username, UserAttributes });
    return signedUp.Session ?? '';
  };
  const confirm = async (Username: string, Session: string) => {
    const ConfirmationCode = await harness.code(`${Username}@example.com`);
    const given = { ClientId, Username, ConfirmationCode, Session };
    return harness.call('ConfirmSignUp', given);
  };
  const first = await signUp('new');
  const confirmed = await confirm('new', first);
  assert.deepEqual(Object.keys(confirmed), ['Session']);
  const begin = (Session: string | undefined, USERNAME = 'new') =>
    harness.call('InitiateAuth', {
      ...{ ClientId, AuthFlow: 'USER_AUTH', Session },
      AuthParameters: { USERNAME },
    });
  const invalid = { code: 'NotAuthorizedException', message: 'Invalid session for the user.' };
  await assert.rejects(begin(confirmed.Session, 'ann'), invalid);
  await assert.rejects(begin(first), invalid, 'the session from SignUp proves nothing');
  const done = await begin(confirmed.Session);
  const { proofs } = await sessionOf(harness, done.AuthenticationResult?.RefreshToken);
  assert.deepEqual(
    proofs?.map(({ challenge }) => challenge),
    ['EMAIL_OTP'],
  );
  await assert.rejects(begin(confirmed.Session), {
    message: 'Invalid session for the user, session can only be used once.',
  });
  // Only with the session of the very sign-up, and not for long.
  const second = await signUp('second');
  await signUp('third');
  assert.deepEqual(await confirm('third', second), {});
  const late = await confirm('second', second);
  harness.advance(180_000);
  await assert.rejects(begin(late.Session, 'second'), { code: 'NotAuthorizedException' });
  assert.equal((await start({}, 'second')).ChallengeName, 'SELECT_CHALLENGE');
  const { ConfiguredUserAuthFactors } = await harness.call('AdminGetUserAuthFactors', {
    ...{ UserPoolId, Username: 'new' },
  });
  assert.deepEqual(ConfiguredUserAuthFactors, ['EMAIL_OTP']);
  const { AccessToken = '' } = done.AuthenticationResult ?? {};
  assert.deepEqual(await harness.call('GetUserAuthFactors', { AccessToken }), {
    ...{ Username: 'new', ConfiguredUserAuthFactors: ['EMAIL_OTP'] },
  });
  assert.equal((await harness.messages(email)).length, 1, 'no further code');
});
