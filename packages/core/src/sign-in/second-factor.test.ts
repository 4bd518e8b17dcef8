import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { serverContext } from '../execute.ts';
import { Failure } from '../failure.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, goodPassword, sessionOf } from '../testing/signed-in.ts';
import { requireAttempt, sealAttempt, type SignInAttempt } from './attempt.ts';
import type { FactorChallenge } from './challenges/challenge.ts';
import { challenges as built, type Challenges } from './challenges/index.ts';
import { password } from './challenges/password.ts';
import { answerChallenge, startWithAnswer } from './engine/engine.ts';
import type { Outcome } from './outcome.ts';
import { clientId, poolId } from '../domain/ids.ts';

/* A second factor is one file and one row: this one is built of nothing else, and the engine holds every control at it. */

const CODE = '123456';

const token: FactorChallenge = {
  name: 'SOFTWARE_TOKEN_MFA',
  carrier: 'Session',
  isFactor: true,
  isDue: ({ proved, user }) =>
    user.attributes['nickname'] === 'token' && !proved.includes('SOFTWARE_TOKEN_MFA'),
  hasSecret: ({ attributes }) => attributes['nickname'] === 'token',
  question: {
    read: () => undefined,
    ask: async () => ({ parameters: { FRIENDLY_DEVICE_NAME: 'phone' }, memory: { seed: 'x' } }),
  },
  readAnswer: () => undefined,
  check: async (_, subject, { given, memory }) =>
    subject.kind === 'user' && given['SOFTWARE_TOKEN_MFA_CODE'] === CODE && memory['seed'] === 'x'
      ? { kind: 'right' }
      : { kind: 'wrong', detail: 'code' },
};
const challenges: Challenges = { ...built, SOFTWARE_TOKEN_MFA: token };

async function open(t: TestContext, pool: Partial<InputOf<'CreateUserPool'>> = {}) {
  const harness = await openHarness(t);
  const made = await harness.makePool(pool);
  await addUser(harness, made, 'ann', { nickname: 'token' });
  const { stores } = harness.storage;
  const at = async () => {
    const pool = await stores.pools.get(poolId(made.UserPoolId));
    const found = await stores.clients.get(clientId(made.ClientId));
    assert(pool && found);
    return { pool, client: found, origin: 'app', challenges } as const;
  };
  const context = () => serverContext(harness.storage, harness.world) as never;
  const start = async (PASSWORD = goodPassword, USERNAME = 'ann') => {
    const parameters = { USERNAME, PASSWORD };
    return startWithAnswer(context(), { ...(await at()), parameters }, password);
  };
  const answer = async (
    asked: Outcome,
    responses: Readonly<Record<string, string>> = { SOFTWARE_TOKEN_MFA_CODE: CODE },
    name: 'SOFTWARE_TOKEN_MFA' | 'NEW_PASSWORD_REQUIRED' = 'SOFTWARE_TOKEN_MFA',
  ) => {
    assert.equal(asked.kind, 'challenge');
    return answerChallenge(context(), {
      ...(await at()),
      name,
      session: asked.session,
      responses: { USERNAME: 'ann', ...responses },
    });
  };
  return { harness, made, start, answer, user: { UserPoolId: made.UserPoolId, Username: 'ann' } };
}

const refused = (code: string, message?: string) => (error: unknown) => {
  assert(error instanceof Failure, String(error));
  assert.equal(error.code, code, error.message);
  if (message !== undefined) assert.equal(error.message, message);
  return true;
};
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

test('of an attempt that a build of before has sealed, what was proved counts from the beginning', async (t) => {
  const { harness, made, start, answer } = await open(t);
  const { stores } = harness.storage;
  const pool = await stores.pools.get(poolId(made.UserPoolId));
  const client = await stores.clients.get(clientId(made.ClientId));
  const asked = await start();
  assert(pool && client && asked.kind === 'challenge');
  const ctx = serverContext(harness.storage, harness.world) as never;
  const at = { pool, client };
  const attempt = await requireAttempt(ctx, at, 'Session', asked.session ?? '', asked.name);
  const { provedAtMs: _, ...before } = attempt;
  const session = await sealAttempt(ctx, pool, 'Session', before as SignInAttempt);
  const startMs = harness.world.clock.nowMs();
  harness.advance(10_000);
  const outcome = await answer({ ...asked, session });
  assert(outcome.kind === 'tokens');
  assert.deepEqual((await sessionOf(harness, outcome.tokens.RefreshToken)).proofs, [
    { challenge: 'PASSWORD', atMs: startMs },
    { challenge: 'SOFTWARE_TOKEN_MFA', atMs: startMs + 10_000 },
  ]);
});

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
  assert.equal((await start()).kind, 'factor-missing');
});

test('a wrong code leaves the Session as it is and counts at the user', async (t) => {
  const { start, answer } = await open(t);
  const asked = await start();
  const wrong = { SOFTWARE_TOKEN_MFA_CODE: '000000' };
  for (let guess = 0; guess < 5; guess += 1) {
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
  let guesses = 0;
  const guess = async () => {
    const asked = await start();
    guesses += 1;
    await assert.rejects(answer(asked, wrong), refused('NotAuthorizedException', incorrect));
  };
  await assert.rejects(
    (async () => {
      while (guesses < 20) await guess();
    })(),
    refused('NotAuthorizedException', 'Password attempts exceeded'),
  );
  assert.equal(guesses, 5);
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
