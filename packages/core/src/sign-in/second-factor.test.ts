import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { goodPassword, addUser, sessionOf } from '../testing/signed-in.ts';
import { CODE, openWithChallenges, refused, testFactor } from '../testing/test-challenges.ts';
import { requireAttempt, sealAttempt, type SignInAttempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';

/* A second factor is one file and one row: this one is built of nothing else, and the engine holds every control at it. */

const token = testFactor('SOFTWARE_TOKEN_MFA', 'token');

async function open(t: TestContext, pool: Partial<InputOf<'CreateUserPool'>> = {}) {
  const opened = await openWithChallenges(t, { SOFTWARE_TOKEN_MFA: token }, 'token', pool);
  const answer = (
    asked: Outcome,
    responses: Readonly<Record<string, string>> = { SOFTWARE_TOKEN_MFA_CODE: CODE },
    name: 'SOFTWARE_TOKEN_MFA' | 'NEW_PASSWORD_REQUIRED' = 'SOFTWARE_TOKEN_MFA',
  ) => opened.answer(asked, responses, name);
  return { ...opened, answer };
}

const invalid = 'Invalid session for the user.';
const used = 'Invalid session for the user, session can only be used once.';
const incorrect = 'Incorrect username or password.';

test('a right password gets the question, the right code the tokens', async (t) => {
  const { start, answer } = await open(t);
  const asked = await start();
  assert.equal(asked.kind, 'challenge');
  assert.equal(asked.name, 'SOFTWARE_TOKEN_MFA');
  assert.deepEqual(asked.parameters, { FRIENDLY_DEVICE_NAME: 'phone' });
  assert.equal((await answer(asked)).kind, 'tokens');
  await assert.rejects(answer(asked), refused('NotAuthorizedException'));
});

test('the session keeps each secret that was proved, and when', async (t) => {
  const { harness, start, answer, user } = await open(t);
  const clock = () => harness.world.clock.nowMs();
  const proofsOf = async (outcome: Outcome) => {
    assert(outcome.kind === 'tokens');
    return (await sessionOf(harness, outcome.tokens.RefreshToken)).proofs;
  };
  const startMs = clock();
  const asked = await start();
  harness.advance(20_000);
  await assert.rejects(answer(asked, { SOFTWARE_TOKEN_MFA_CODE: '000000' }));
  harness.advance(10_000);
  assert.deepEqual(await proofsOf(await answer(asked)), [
    { challenge: 'PASSWORD', atMs: startMs },
    { challenge: 'SOFTWARE_TOKEN_MFA', atMs: startMs + 30_000 },
  ]);
  const temporary = { ...user, Password: 'Temporary-7', Permanent: false };
  await harness.call('AdminSetUserPassword', temporary);
  const invited = await start('Temporary-7');
  harness.advance(10_000);
  // A new password is something to do, and proves nothing.
  const next = await answer(invited, { NEW_PASSWORD: goodPassword }, 'NEW_PASSWORD_REQUIRED');
  harness.advance(10_000);
  assert.deepEqual(await proofsOf(await answer(next)), [
    { challenge: 'PASSWORD', atMs: startMs + 30_000 },
    { challenge: 'SOFTWARE_TOKEN_MFA', atMs: startMs + 50_000 },
  ]);
});

for (const [what, timesOf] of [
  ['in two lists', ({ proofs }: SignInAttempt) => proofs.map(({ atMs }) => atMs)],
  ['without their times', () => undefined],
] as const) {
  test(`an attempt that a build of before has sealed, with its proofs ${what}, is answered`, async (t) => {
    const { harness, at, context, start, answer } = await open(t);
    const startMs = harness.world.clock.nowMs();
    const asked = await start();
    assert(asked.kind === 'challenge');
    const { session = '', name } = asked;
    const attempt = await requireAttempt(context(), await at(), 'Session', session, name);
    const { proofs, round: _, ...rest } = attempt;
    const proved = proofs.map(({ challenge }) => challenge);
    const provedAtMs = timesOf(attempt);
    const before = { ...rest, proved, ...(provedAtMs && { provedAtMs }) };
    const { pool } = await at();
    const sealed = await sealAttempt(context(), pool, 'Session', before as never);
    harness.advance(10_000);
    const outcome = await answer({ ...asked, session: sealed });
    assert(outcome.kind === 'tokens');
    assert.deepEqual((await sessionOf(harness, outcome.tokens.RefreshToken)).proofs, [
      { challenge: 'PASSWORD', atMs: startMs },
      { challenge: 'SOFTWARE_TOKEN_MFA', atMs: startMs + 10_000 },
    ]);
  });
}

test('one Session gives tokens once, also to answers at the same time', async (t) => {
  const { start, answer } = await open(t);
  const asked = await start();
  const all = await Promise.allSettled(Array.from({ length: 6 }, () => answer(asked)));
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a pool that requires MFA takes the two, and nobody with one', async (t) => {
  const { harness, start, answer, user } = await open(t, {
    MfaConfiguration: 'ON',
    AutoVerifiedAttributes: ['phone_number'],
  });
  assert.equal((await answer(await start())).kind, 'tokens');
  await harness.call('AdminDeleteUserAttributes', { ...user, UserAttributeNames: ['nickname'] });
  const asked = await start();
  assert.equal(asked.kind === 'challenge' && asked.name, 'MFA_SETUP');
});

test('one factor in two ways is one factor', async (t) => {
  const again = testFactor('PASSWORD_VERIFIER', 'again');
  const challenges = { PASSWORD_VERIFIER: again };
  const { harness, start, answer, user } = await openWithChallenges(t, challenges, 'again');
  const asked = await start();
  const required = {
    UserPoolId: user.UserPoolId,
    MfaConfiguration: 'ON',
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
  } as const;
  await harness.call('UpdateUserPool', required);
  const outcome = await answer(asked, { PASSWORD_VERIFIER_CODE: CODE });
  assert.equal(outcome.kind, 'factor-missing');
});

test('a session goes on with the factors that it has, where the pool comes to require two', async (t) => {
  const { harness, made, start, answer, user } = await open(t);
  const { ClientId } = made;
  const asked = await start();
  const two = await answer(asked);
  await harness.call('AdminDeleteUserAttributes', { ...user, UserAttributeNames: ['nickname'] });
  const one = await start();
  assert(one.kind === 'tokens' && two.kind === 'tokens');
  const refresh = (REFRESH_TOKEN = '') =>
    harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN },
    });
  await refresh(one.tokens.RefreshToken);
  await harness.call('UpdateUserPool', {
    UserPoolId: user.UserPoolId,
    MfaConfiguration: 'ON',
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
  });
  await assert.rejects(refresh(one.tokens.RefreshToken), refused('NotAuthorizedException'));
  assert((await refresh(two.tokens.RefreshToken)).AuthenticationResult?.AccessToken);
});

test('a wrong code leaves the Session as it is and counts at the user', async (t) => {
  const { start, answer } = await open(t);
  const asked = await start();
  const wrong = { SOFTWARE_TOKEN_MFA_CODE: '000000' };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await assert.rejects(answer(asked, wrong), refused('NotAuthorizedException', incorrect));
  }
  await assert.rejects(
    answer(asked),
    refused('NotAuthorizedException', 'Password attempts exceeded'),
  );
  await assert.rejects(start(), refused('NotAuthorizedException', 'Password attempts exceeded'));
});

test('the right password again does not begin the count of wrong codes anew', async (t) => {
  const { harness, start, answer } = await open(t);
  const wrong = { SOFTWARE_TOKEN_MFA_CODE: '000000' };
  let attempts = 0;
  const attempt = async () => {
    const asked = await start();
    attempts += 1;
    await assert.rejects(answer(asked, wrong), refused('NotAuthorizedException', incorrect));
  };
  await assert.rejects(
    (async () => {
      while (attempts < 20) await attempt();
    })(),
    refused('NotAuthorizedException', 'Password attempts exceeded'),
  );
  assert.equal(attempts, 5);
  harness.advance(3_600_000);
  assert.equal((await answer(await start())).kind, 'tokens');
});

test('what was proved is worth nothing once the password is another', async (t) => {
  const { harness, start, answer, user } = await open(t);
  const asked = await start();
  await harness.call('AdminSetUserPassword', {
    ...user,
    Password: 'Another-Horse-8',
    Permanent: true,
  });
  await assert.rejects(answer(asked), refused('NotAuthorizedException', invalid));
});

test('what has changed about the user since counts', async (t) => {
  const { harness, start, answer, user } = await open(t);
  const asked = await start();
  await harness.call('AdminDisableUser', user);
  await assert.rejects(answer(asked), refused('NotAuthorizedException', 'User is disabled.'));
  await harness.call('AdminEnableUser', user);
  assert.equal((await answer(asked)).kind, 'tokens');
  const again = await start();
  await harness.call('AdminDeleteUser', user);
  await assert.rejects(answer(again), refused('NotAuthorizedException', invalid));
});

test('an invited user chooses a password first, and proves the factor with it', async (t) => {
  const { harness, start, answer, user } = await open(t);
  await harness.call('AdminSetUserPassword', {
    ...user,
    Password: 'Temporary-7',
    Permanent: false,
  });
  const asked = await start('Temporary-7');
  assert.equal(asked.kind === 'challenge' && asked.name, 'NEW_PASSWORD_REQUIRED');
  const next = await answer(asked, { NEW_PASSWORD: goodPassword }, 'NEW_PASSWORD_REQUIRED');
  assert.equal(next.kind === 'challenge' && next.name, 'SOFTWARE_TOKEN_MFA');
  await assert.rejects(
    answer(asked, { NEW_PASSWORD: 'Yet-Another-9' }, 'NEW_PASSWORD_REQUIRED'),
    refused('NotAuthorizedException', used),
  );
  assert.equal((await answer(next)).kind, 'tokens');
});

test('a Session is worth something at its own step only', async (t) => {
  const { harness, start, answer, user } = await open(t);
  const asked = await start();
  await assert.rejects(
    answer(asked, { NEW_PASSWORD: 'Another-Horse-8' }, 'NEW_PASSWORD_REQUIRED'),
    refused('NotAuthorizedException', invalid),
  );
  await harness.call('AdminSetUserPassword', {
    ...user,
    Password: 'Temporary-7',
    Permanent: false,
  });
  const invited = await start('Temporary-7');
  await assert.rejects(answer(invited), refused('NotAuthorizedException', invalid));
});

test('another name than that of the Session is refused', async (t) => {
  const { harness, made, start, answer } = await open(t);
  await addUser(harness, made, 'bea', { nickname: 'token' });
  const asked = await start();
  await assert.rejects(
    answer(asked, { USERNAME: 'bea', SOFTWARE_TOKEN_MFA_CODE: CODE }),
    refused('NotAuthorizedException', invalid),
  );
});

test('every Session has one size', async (t) => {
  const { harness, start, user } = await open(t);
  const first = await start();
  await harness.call('AdminSetUserPassword', {
    ...user,
    Password: 'Temporary-7',
    Permanent: false,
  });
  const second = await start('Temporary-7');
  assert(first.kind === 'challenge' && second.kind === 'challenge');
  assert.equal(first.session?.length, second.session?.length);
  // Source: API model, SessionType.
  assert((first.session?.length ?? 0) <= 2_048);
});
