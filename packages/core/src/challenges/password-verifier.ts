import type { RespondToAuthChallengeResponse } from '@poolhouse/model';
import {
  equalInConstantTime,
  openState,
  parseSrpTimestamp,
  simulatedSrpVerifier,
  srpClaim,
  type SrpVerifier,
} from '../crypto/index.ts';
import { afterPassword, type AfterPasswordError } from '../auth-flows/after-password.ts';
import { requireParameter } from '../auth-flows/request.ts';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { giveBackGuess, takeGuess } from '../directory/guesses.ts';
import { findUser } from '../directory/users/find-user.ts';
import {
  nobodyCalled,
  requireNobodyUnlocked,
  takeAttemptAtNobody,
} from '../directory/users/nobody.ts';
import { openVerifier } from '../directory/passwords/password.ts';
import { requireUnlocked, takePasswordAttempt } from '../directory/passwords/password-attempt.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { poolNameOf, sub } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { User } from '../domain/users/user.ts';
import type { Cx } from '../operation.ts';
import type { SignInStore } from '../tokens/sign-in.ts';
import type { ChallengeAnswer } from './answer.ts';
import { SECRET_BLOCK, type SecretBlock } from './secret-block.ts';

/** How far a client's clock may be off; an exchange itself lives AuthSessionValidity (security.md S07). */
const SKEW_MS = 5 * 60_000;

/**
 * Checks the proof of a password by SRP. Whatever is wrong with it is answered alike, and somebody who does not exist costs
 * what a user costs. A block proves once. Source: behaviour.md 6.6; security.md S05 to S08, B09.
 */
export async function answerPasswordVerifier(
  cx: Cx<
    | AfterPasswordError
    | 'InvalidParameterException'
    | 'MFAMethodNotFoundException'
    | 'TooManyRequestsException',
    SignInStore
  >,
  answer: ChallengeAnswer,
): Promise<RespondToAuthChallengeResponse> {
  const { pool, client, responses } = answer;
  const username = requireParameter(cx, responses, 'USERNAME');
  const secretBlock = requireParameter(cx, responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = requireParameter(cx, responses, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = requireParameter(cx, responses, 'TIMESTAMP');
  await requireSecretHash(cx, client, username, responses['SECRET_HASH']);
  const refuse = (detail: string) =>
    cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, detail);
  const key = (await cx.world.vault.of(pool.id)).subkey('srp');
  const opened = openState<SecretBlock>(key, SECRET_BLOCK, secretBlock, cx.nowMs, {
    form: 'base64',
  });
  if (!opened.ok) return refuse(`secret block ${opened.reason}`);
  const block = opened.value;
  if (block.clientId !== client.id) return refuse('secret block of another client');
  const sentAtMs = parseSrpTimestamp(timestamp);
  if (sentAtMs === undefined || Math.abs(sentAtMs - cx.nowMs) > SKEW_MS) return refuse('timestamp');
  takeGuess(cx, client);
  const user = await userOfBlock(cx, pool, block);
  if (!(await isCounterpart(cx, pool, block, username))) return refuse('USERNAME is somebody else');
  const verifier =
    user === undefined
      ? await verifierOfNobody(cx, pool, block)
      : await verifierOf(cx, client, user);
  if (verifier === undefined) return refuse('no verifier any more');
  const matches = claimMatches(pool, block, verifier, secretBlock, timestamp, signature);
  if (!matches || user === undefined) {
    cx.world.figures.count(pool.id, 'sign-in-failure');
    return refuse(user === undefined ? 'nobody' : 'signature');
  }
  giveBackGuess(cx, client);
  return afterPassword(cx, { pool, client, user, proof: block }, () =>
    // The API declares no UnsupportedOperationException for answers.
    cx.fail('MFAMethodNotFoundException', messages.mfaNotBuilt),
  );
}

/** The user's verifier, for an attempt that is taken. */
async function verifierOf(
  cx: Cx<'NotAuthorizedException', 'users'>,
  client: Client,
  user: User,
): Promise<SrpVerifier | undefined> {
  requireUnlocked(cx, user);
  if (!user.enabled && !hidesUsers(client)) {
    cx.fail('NotAuthorizedException', messages.userDisabled);
  }
  await takePasswordAttempt(cx, user);
  return openVerifier(cx, user);
}

/** The same for nobody, whose verifier nobody has a password for; `undefined` for a user who is gone since. */
async function verifierOfNobody(
  cx: Cx<'NotAuthorizedException', 'limits'>,
  pool: Pool,
  { nobody }: SecretBlock,
): Promise<SrpVerifier | undefined> {
  if (nobody === undefined) return undefined;
  await requireNobodyUnlocked(cx, pool, nobody);
  await takeAttemptAtNobody(cx, pool, nobody);
  return simulatedSrpVerifier((await cx.world.vault.of(pool.id)).subkey('simulated-users'), nobody);
}

/** Whether USERNAME means whom the block is about. */
async function isCounterpart(
  cx: Cx<never, 'users'>,
  pool: Pool,
  block: SecretBlock,
  username: string,
): Promise<boolean> {
  if (username === block.userId) return true;
  const found = await findUser(cx, pool, username);
  return block.sub === undefined
    ? found === undefined && (await nobodyCalled(cx, pool, username)) === block.nobody
    : found?.sub === block.sub;
}

async function userOfBlock(
  cx: Cx<never, 'users'>,
  pool: Pool,
  block: SecretBlock,
): Promise<User | undefined> {
  if (block.sub === undefined) return undefined;
  return cx.stores.users.bySub({ poolId: pool.id, sub: sub(block.sub) });
}

function claimMatches(
  pool: Pool,
  block: SecretBlock,
  verifier: SrpVerifier,
  secretBlock: string,
  timestamp: string,
  signature: string,
): boolean {
  const expected = srpClaim({
    poolName: poolNameOf(pool.id),
    userId: block.userId,
    clientPublicHex: block.clientPublicHex,
    serverPrivateHex: block.serverPrivateHex,
    serverPublicHex: block.serverPublicHex,
    verifierHex: verifier.verifierHex,
    secretBlock: Buffer.from(secretBlock, 'base64'),
    timestamp,
  });
  // Compared as text, so that only one spelling of the signature is right.
  return expected !== undefined && equalInConstantTime(expected.toString('base64'), signature);
}
