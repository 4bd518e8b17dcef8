import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { poolId } from '../domain/ids.ts';
import type { UserEvent } from '../ports/events.ts';
import { openCustomAuth, sessionIn, talkingTo } from '../testing/custom-auth.ts';
import { CODE, openWithChallenges, refused, testFactor } from '../testing/test-challenges.ts';

/* A challenge of the pool's own may ask again and again: each round has a Session of its own, and there is a last one. */

const ROUNDS = 8;
const incorrect = 'Incorrect username or password.';
const used = 'Invalid session for the user, session can only be used once.';

/** Longer than a lock after as many wrong answers as there are rounds. */
const LOCK_MS = 10_000;

/** Functions that find `next` right, too, and then ask another round. */
async function open(t: TestContext, options: Parameters<typeof openCustomAuth>[2] = {}) {
  let isCode = false;
  return openCustomAuth(
    t,
    {
      VerifyAuthChallengeResponse({ request }) {
        isCode = request['challengeAnswer'] === CODE;
        return { answerCorrect: isCode || request['challengeAnswer'] === 'next' };
      },
      DefineAuthChallenge: (event) =>
        isCode && sessionIn(event).length > 0
          ? { issueTokens: true }
          : { challengeName: 'CUSTOM_CHALLENGE' },
    },
    options,
  );
}

test('each round has a Session of its own, and the one before is spent', async (t) => {
  const { start, answer } = await open(t);
  const first = await start();
  const second = await answer(first, 'next');
  assert.equal(second.ChallengeName, 'CUSTOM_CHALLENGE');
  assert.deepEqual(second.ChallengeParameters, { hint: 'round 2', USERNAME: 'ann' });
  await assert.rejects(answer(first, CODE), refused('NotAuthorizedException', used));
  const third = await answer(second, 'wrong');
  assert.equal(third.ChallengeName, 'CUSTOM_CHALLENGE');
  assert.deepEqual(third.ChallengeParameters, { hint: 'round 3', USERNAME: 'ann' });
  await assert.rejects(answer(second, CODE), refused('NotAuthorizedException', used));
  assert((await answer(third, CODE)).AuthenticationResult);
  await assert.rejects(answer(third, CODE), refused('NotAuthorizedException', used));
});

for (const how of ['next', 'wrong']) {
  test(`after the last round, answered ${how}, nothing follows`, async (t) => {
    const { harness, start, answer, events } = await open(t);
    let asked = await start();
    for (let round = 1; round < ROUNDS; round += 1) {
      asked = await answer(asked, how);
      harness.advance(LOCK_MS);
    }
    await assert.rejects(answer(asked, how), refused('NotAuthorizedException', incorrect));
    assert.equal(events.at(-1)?.triggerSource, 'DefineAuthChallenge_Authentication');
    harness.advance(LOCK_MS);
    await assert.rejects(answer(asked, CODE), refused('NotAuthorizedException', used));
  });
}

test('the last round may be answered rightly', async (t) => {
  const { start, answer } = await open(t);
  let asked = await start();
  for (let round = 1; round < ROUNDS; round += 1) asked = await answer(asked, 'next');
  assert((await answer(asked, CODE)).AuthenticationResult);
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
  const told: unknown[] = [];
  const { start, answer } = await open(t, {
    events: { tell: ({ kind, user }: UserEvent) => told.push([kind, user?.username]) },
  });
  await answer(await answer(await start(), 'next'), 'wrong');
  assert.deepEqual(told, [['sign-in-failure', 'ann']]);
});

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  suite(`one round on ${name}`, { skip }, () => {
    test('is answered once, and each wrong answer that is looked at counts', async (t) => {
      const { harness, made, events, start, answer } = await open(t, { database });
      const nodes = name === 'SQLite' ? [harness] : [harness, await harness.secondNode()];
      const answers = nodes.map((node) => talkingTo(node, made.ClientId).answer);
      const asked = await start();
      const all = await Promise.allSettled(
        Array.from({ length: 5 }, (_, at) =>
          (answers[at % answers.length] ?? answer)(asked, 'wrong'),
        ),
      );
      assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
      // Those that come after the first one is spent are not looked at any more.
      const looks = events.filter(({ triggerSource }) => triggerSource.startsWith('Verify')).length;
      const id = poolId(made.UserPoolId);
      const user = await harness.storage.stores.users.byName(id, 'ann');
      assert.equal(user?.failedAttempts, looks);
      if (name === 'PostgreSQL') return;
      assert.equal(looks, 5);
      await assert.rejects(
        start(),
        refused('NotAuthorizedException', 'Password attempts exceeded'),
      );
    });

    test('leads to tokens once, however many right answers come at once', async (t) => {
      const { harness, made, start, answer } = await open(t, { database });
      const second = name === 'SQLite' ? harness : await harness.secondNode();
      const other = talkingTo(second, made.ClientId).answer;
      const asked = await start();
      const all = await Promise.allSettled(
        [answer, other, answer, other].map((send) => send(asked, CODE)),
      );
      assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
      // None of them was wrong.
      assert((await answer(await start(), CODE)).AuthenticationResult);
    });
  });
}

test('a decoy is asked as often as a user, and no answer is right', async (t) => {
  const client = { PreventUserExistenceErrors: 'ENABLED' } as const;
  const { harness, start, answer } = await open(t, { client });
  for (const name of ['ann', 'nobody']) {
    let asked = await start(name);
    for (let round = 1; round < ROUNDS; round += 1) {
      asked = await answer(asked, 'next', name);
      assert.deepEqual(asked.ChallengeParameters, { hint: `round ${round + 1}`, USERNAME: name });
    }
    await assert.rejects(answer(asked, 'wrong', name), refused('NotAuthorizedException'));
  }
  harness.advance(LOCK_MS);
  const asked = await start('nobody');
  await assert.rejects(answer(asked, CODE, 'nobody'), refused('NotAuthorizedException', incorrect));
  await assert.rejects(answer(asked, CODE, 'nobody'), refused('NotAuthorizedException', used));
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
