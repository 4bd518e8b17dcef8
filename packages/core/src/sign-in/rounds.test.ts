import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { UserEvent } from '../ports/events.ts';
import { CODE, openWithChallenges, refused, testFactor } from '../testing/test-challenges.ts';
import { startWithQuestion } from './engine/engine.ts';
import type { Outcome } from './outcome.ts';

/* A challenge may ask again and again: each round has a Session of its own, and there is a last one. */

const ROUNDS = 4;
const incorrect = 'Incorrect username or password.';
const used = 'Invalid session for the user, session can only be used once.';

const question = {
  read: () => undefined,
  ask: async () => ({ parameters: { hint: 'first' }, memory: { round: '1' } }),
};

const custom = testFactor('CUSTOM_CHALLENGE', 'custom', {
  limit: { rounds: ROUNDS },
  question,
  check: async (_, subject, { given, memory }) => {
    const { ANSWER } = given;
    if (ANSWER === CODE && subject.kind === 'user') return { kind: 'right' };
    const round = `${Number(memory['round']) + 1}`;
    return {
      kind: 'another-round',
      answered: ANSWER === 'next' ? 'right' : 'wrong',
      question: { parameters: { hint: `round ${round}` }, memory: { round } },
    };
  },
});

async function open(t: TestContext) {
  const opened = await openWithChallenges(t, { CUSTOM_CHALLENGE: custom }, 'custom');
  const answer = (asked: Outcome, ANSWER: string, USERNAME = 'ann') =>
    opened.answer(asked, { ANSWER, USERNAME }, 'CUSTOM_CHALLENGE');
  return { ...opened, answer };
}

test('each round has a Session of its own, and the one before is spent', async (t) => {
  const { start, answer } = await open(t);
  const first = await start();
  const second = await answer(first, 'next');
  assert(second.kind === 'challenge');
  assert.equal(second.name, 'CUSTOM_CHALLENGE');
  assert.deepEqual(second.parameters, { hint: 'round 2' });
  await assert.rejects(answer(first, CODE), refused('NotAuthorizedException', used));
  const third = await answer(second, 'wrong');
  assert(third.kind === 'challenge');
  assert.deepEqual(third.parameters, { hint: 'round 3' });
  await assert.rejects(answer(second, CODE), refused('NotAuthorizedException', used));
  assert.equal((await answer(third, CODE)).kind, 'tokens');
});

for (const how of ['next', 'wrong']) {
  test(`after the last round, answered ${how}, nothing follows`, async (t) => {
    const { start, answer } = await open(t);
    let asked = await start();
    for (let round = 1; round < ROUNDS; round += 1) asked = await answer(asked, how);
    await assert.rejects(answer(asked, how), refused('NotAuthorizedException', incorrect));
    await assert.rejects(answer(asked, CODE), refused('NotAuthorizedException', used));
  });
}

test('the last round may be answered rightly', async (t) => {
  const { start, answer } = await open(t);
  let asked = await start();
  for (let round = 1; round < ROUNDS; round += 1) asked = await answer(asked, 'next');
  assert.equal((await answer(asked, CODE)).kind, 'tokens');
});

test('wrong rounds count at the user like other wrong answers, right ones do not', async (t) => {
  const { harness, start, answer } = await open(t);
  for (let at = 0; at < 4; at += 1) await answer(await answer(await start(), 'next'), 'next');
  const { metrics } = harness;
  assert(!metrics.includes('sign-in-failure'));
  let asked = await start();
  for (let at = 0; at < 3; at += 1) asked = await answer(asked, 'wrong');
  asked = await answer(await start(), 'wrong');
  await answer(asked, 'wrong');
  assert.equal(metrics.filter((kind) => kind === 'sign-in-failure').length, 5);
  await assert.rejects(start(), refused('NotAuthorizedException', 'Password attempts exceeded'));
});

test('a wrong round is told like every failure, a right one is not', async (t) => {
  const { harness, start, answer } = await open(t);
  const told: unknown[] = [];
  Object.assign(harness.world, {
    events: { tell: ({ kind, user }: UserEvent) => told.push([kind, user?.username]) },
  });
  await answer(await answer(await start(), 'next'), 'wrong');
  assert.deepEqual(told, [['sign-in-failure', 'ann']]);
});

test('one round is answered once, and each wrong answer at the same time counts', async (t) => {
  const { start, answer } = await open(t);
  const asked = await start();
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => answer(asked, 'wrong')));
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
  await assert.rejects(start(), refused('NotAuthorizedException', 'Password attempts exceeded'));
});

test('a decoy is asked as often as a user, and no answer is right', async (t) => {
  const { harness, made, at, context, answer } = await open(t);
  await harness.call('UpdateUserPoolClient', { ...made, PreventUserExistenceErrors: 'ENABLED' });
  const begin = async (USERNAME: string) =>
    startWithQuestion(
      context(),
      { ...(await at()), parameters: { USERNAME } },
      { ...custom, question },
    );
  for (const name of ['ann', 'nobody']) {
    let asked = await begin(name);
    for (let round = 1; round < ROUNDS; round += 1) {
      asked = await answer(asked, 'next', name);
      assert(asked.kind === 'challenge');
      assert.deepEqual(asked.parameters, { hint: `round ${round + 1}` });
    }
    await assert.rejects(answer(asked, 'wrong', name), refused('NotAuthorizedException'));
  }
  const asked = await answer(await begin('nobody'), CODE, 'nobody');
  assert.equal(asked.kind, 'challenge');
});

test('a challenge may bound the wrong answers of an hour, of whatever sign-ins', async (t) => {
  const token = testFactor('SOFTWARE_TOKEN_MFA', 'token', { limit: { wrongAnHour: 2 } });
  const challenges = { SOFTWARE_TOKEN_MFA: token };
  const { harness, start, answer } = await openWithChallenges(t, challenges, 'token');
  const right = { SOFTWARE_TOKEN_MFA_CODE: CODE };
  const wrong = { SOFTWARE_TOKEN_MFA_CODE: '000000' };
  for (let at = 0; at < 3; at += 1) {
    assert.equal((await answer(await start(), right)).kind, 'tokens');
  }
  for (let at = 0; at < 2; at += 1) {
    const refusal = refused('NotAuthorizedException', incorrect);
    await assert.rejects(answer(await start(), wrong), refusal);
  }
  const asked = await start();
  await assert.rejects(answer(asked, right), refused('TooManyRequestsException'));
  harness.advance(3_600_000);
  assert.equal((await answer(await start(), right)).kind, 'tokens');
});
