import type { RespondToAuthChallengeResponse } from '@poolhouse/model';
import {
  equalInConstantTime,
  openState,
  parseSrpTimestamp,
  srpClaim,
  type SrpVerifier,
} from '../crypto/index.ts';
import { afterPassword, type AfterPasswordError } from '../auth-flows/after-password.ts';
import { requireParameter } from '../auth-flows/request.ts';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { findUser } from '../directory/users/find-user.ts';
import { openVerifier } from '../directory/passwords/password.ts';
import { requireUnlocked, takePasswordAttempt } from '../directory/passwords/password-attempt.ts';
import { poolNameOf, sub } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { User } from '../domain/users/user.ts';
import type { Cx } from '../operation.ts';
import type { SignInStore } from '../tokens/sign-in.ts';
import type { ChallengeAnswer } from './answer.ts';
import { SECRET_BLOCK, type SecretBlock } from './secret-block.ts';

/** How far a client's clock may be off; an exchange itself lives AuthSessionValidity (security.md S07). */
const SKEW_MS = 5 * 60_000;

/**
 * Checks the proof of a password by SRP. Whatever is wrong with it is answered alike. A block proves once.
 * Source: behaviour.md 6.6; security.md S05 to S08.
 */
export async function answerPasswordVerifier(
  cx: Cx<AfterPasswordError | 'InvalidParameterException', SignInStore>,
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
  const user = await userOfBlock(cx, pool, block);
  if (user === undefined) return refuse('nobody');
  if (username !== block.userId && (await findUser(cx, pool, username))?.sub !== user.sub) {
    return refuse('USERNAME is somebody else');
  }
  requireUnlocked(cx, user);
  if (!user.enabled) cx.fail('NotAuthorizedException', messages.userDisabled);
  await takePasswordAttempt(cx, user);
  const verifier = await openVerifier(cx, user);
  if (verifier === undefined) return refuse('no verifier any more');
  if (!claimMatches(pool, block, verifier, secretBlock, timestamp, signature)) {
    cx.world.figures.count(pool.id, 'sign-in-failure');
    return refuse('signature');
  }
  return afterPassword(cx, { pool, client, user, proof: block });
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
