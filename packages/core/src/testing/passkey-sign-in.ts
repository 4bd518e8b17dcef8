import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { poolId, sub } from '../domain/ids.ts';
import type { Challenges } from '../sign-in/challenges/index.ts';
import { webAuthn } from '../sign-in/challenges/web-authn.ts';
import { startWithQuestion } from '../sign-in/engine/engine.ts';
import type { Outcome } from '../sign-in/outcome.ts';
import { PASSKEYS_FIRST } from './passkeys.ts';
import { sessionOf, signIn } from './signed-in.ts';
import { openWithChallenges, refused } from './test-challenges.ts';

/** What a browser is asked. */
export interface AskedOptions {
  readonly challenge: string;
  readonly rpId: string;
  readonly userVerification: string;
  readonly allowCredentials: readonly { readonly id: string; readonly transports: string[] }[];
}

/** A pool with the user `ann`, who is signed in and can be asked for a passkey. */
export async function openWithPasskeys(
  t: TestContext,
  pool: Partial<InputOf<'CreateUserPool'>> = PASSKEYS_FIRST,
  more: Partial<Challenges> = {},
) {
  const opened = await openWithChallenges(t, more, 'token', pool);
  const { harness, made } = opened;
  const { AccessToken } = await signIn(harness, made, 'ann');
  /** Asks for a passkey, as the flow of choices does. */
  const ask = async (USERNAME = 'ann') =>
    startWithQuestion(
      opened.context(),
      { ...(await opened.at()), parameters: { USERNAME } },
      webAuthn,
    );
  const answerText = (asked: Outcome, CREDENTIAL: string, USERNAME = 'ann') =>
    opened.answer(asked, { USERNAME, CREDENTIAL });
  const answer = (asked: Outcome, credential: object, USERNAME = 'ann') =>
    answerText(asked, JSON.stringify(credential), USERNAME);
  const ref = async () => {
    const id = poolId(made.UserPoolId);
    const user = await harness.storage.stores.users.byName(id, 'ann');
    return { poolId: id, sub: sub(user?.sub ?? '') };
  };
  const passkey = async () => (await harness.storage.stores.passkeys.ofUser(await ref()))[0];
  return { ...opened, AccessToken, ask, answer, answerText, ref, passkey };
}

/** What {@link openWithPasskeys} makes. */
export type OpenedWithPasskeys = Awaited<ReturnType<typeof openWithPasskeys>>;

/** What the browser is asked. */
export function optionsOf(asked: Outcome): AskedOptions {
  assert(asked.kind === 'challenge' && asked.name === 'WEB_AUTHN');
  assert.deepEqual(Object.keys(asked.parameters), ['CREDENTIAL_REQUEST_OPTIONS']);
  return JSON.parse(asked.parameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as AskedOptions;
}

/** The refusal of a wrong answer. */
export const WRONG = refused('NotAuthorizedException', 'Incorrect username or password.');

/** The proofs of the session that a sign-in led to. */
export async function proofsOf({ harness }: OpenedWithPasskeys, outcome: Outcome) {
  assert(outcome.kind === 'tokens');
  return (await sessionOf(harness, outcome.tokens.RefreshToken)).proofs;
}
