import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { ChallengeNameType, InputOf } from '@poolhouse/model';
import { clientId, poolId } from '../domain/ids.ts';
import { serverContext } from '../execute.ts';
import { Failure } from '../failure.ts';
import type { FactorChallenge } from '../sign-in/challenges/challenge.ts';
import { challenges as built, type Challenges } from '../sign-in/challenges/index.ts';
import { password } from '../sign-in/challenges/password.ts';
import { answerChallenge, startWithAnswer } from '../sign-in/engine/engine.ts';
import type { Outcome } from '../sign-in/outcome.ts';
import { openHarness } from './harness.ts';
import { addUser, goodPassword } from './signed-in.ts';

/** The code that is right at every test challenge. */
export const CODE = '123456';

/** A second factor, built of nothing but its file: users have it who carry its name as their nickname. */
export function testFactor(
  name: ChallengeNameType,
  nickname: string,
  more: Partial<FactorChallenge> = {},
): FactorChallenge {
  return {
    name,
    carrier: 'Session',
    isFactor: true,
    isDue: ({ proofs, user }) =>
      user.attributes['nickname'] === nickname &&
      !proofs.some(({ challenge }) => challenge === name),
    hasSecret: ({ attributes }) => attributes['nickname'] === nickname,
    question: {
      read: () => undefined,
      ask: async () => ({ parameters: { FRIENDLY_DEVICE_NAME: 'phone' }, memory: { seed: 'x' } }),
    },
    readAnswer: () => undefined,
    check: async (_, subject, { given, memory }) =>
      subject.kind === 'user' && given[`${name}_CODE`] === CODE && memory['seed'] === 'x'
        ? { kind: 'right' }
        : { kind: 'wrong', detail: 'code' },
    ...more,
  };
}

/** A pool with the user `ann`, who signs in by password and then meets `more` challenges beside those that are built. */
export async function openWithChallenges(
  t: TestContext,
  more: Partial<Challenges>,
  nickname: string,
  pool: Partial<InputOf<'CreateUserPool'>> = {},
) {
  const harness = await openHarness(t);
  const made = await harness.makePool(pool);
  await addUser(harness, made, 'ann', { nickname });
  const challenges: Challenges = { ...built, ...more };
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
  /** Answers what was asked, or under another name. */
  const answer = async (
    asked: Outcome,
    responses: Readonly<Record<string, string>>,
    name?: ChallengeNameType,
  ) => {
    assert.equal(asked.kind, 'challenge');
    return answerChallenge(context(), {
      ...(await at()),
      name: name ?? asked.name,
      session: asked.session,
      responses: { USERNAME: 'ann', ...responses },
    });
  };
  const user = { UserPoolId: made.UserPoolId, Username: 'ann' };
  return { harness, made, at, context, start, answer, user };
}

/** Whether something was refused with this error and, where given, this text. */
export const refused = (code: string, message?: string) => (error: unknown) => {
  assert(error instanceof Failure, String(error));
  assert.equal(error.code, code, error.message);
  if (message !== undefined) assert.equal(error.message, message);
  return true;
};
