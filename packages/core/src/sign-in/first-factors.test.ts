import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import { poolId, sub } from '../domain/ids.ts';
import { EMAIL, openChoosing, PHONE } from '../testing/choosing.ts';
import { addUser, attributes, goodPassword, sessionOf } from '../testing/signed-in.ts';
import { sms } from '../testing/sms-role.ts';
import { srpTimestamp } from '../testing/srp-client.ts';

const UNAVAILABLE = 'Selected challenge is not available';
const WRONG = 'Invalid code or auth state for the user.';

const all = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];

test('without a preference there is a choice; a password may come with it or after it', async (t) => {
  const { start, answer, answering, harness } = await openChoosing(t);
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
  const { start, harness, made } = await openChoosing(t);
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
    const { start, answer, harness, made } = await openChoosing(t);
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
    const { start, answer, answering, harness } = await openChoosing(t);
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
  const { start, answering, harness, made } = await openChoosing(t);
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
  const { start } = await openChoosing(t, ['PASSWORD']);
  const asked = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  assert.deepEqual(asked.AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
});

test('who was invited has a password to change, and no code', async (t) => {
  const { start, harness, user } = await openChoosing(t);
  await harness.call('AdminSetUserPassword', { ...user, Password: 'Temporary-7' });
  const asked = await start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  assert.equal(asked.ChallengeName, 'SELECT_CHALLENGE');
  assert.deepEqual(asked.AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
  const next = await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'Temporary-7' });
  assert.equal(next.ChallengeName, 'NEW_PASSWORD_REQUIRED');
});

test('who has a second factor signs in by password first, also one who turned it on since', async (t) => {
  const { start, answering, harness, user } = await openChoosing(t);
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
  const telling = await openChoosing(t, undefined, { PreventUserExistenceErrors: 'LEGACY' });
  await assert.rejects(telling.start({}, 'nobody'), { code: 'UserNotFoundException' });
  const { start, answer, answering, harness } = await openChoosing(t, undefined, {
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
  const { start, answering, harness, made } = await openChoosing(t);
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
  const { start, answering, harness } = await openChoosing(t);
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
  const { start, harness, user } = await openChoosing(t);
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
