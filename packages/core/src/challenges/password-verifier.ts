import type { RespondToAuthChallengeResponse } from '@poolhouse/model';
import { equalInConstantTime, isSrpTimestamp, type SrpVerifier } from '../crypto/index.ts';
import { afterPassword, type AfterPasswordError } from '../auth-flows/after-password.ts';
import { requireParameter } from '../auth-flows/request.ts';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { takeGuess } from '../directory/guesses.ts';
import { onTrial, type Trial } from '../directory/trial.ts';
import { findByName } from '../directory/users/find-user.ts';
import { isNobodyLocked, nobodyCalled, takeAttemptAtNobody } from '../directory/users/nobody.ts';
import { openDecoyVerifier, openVerifier } from '../directory/passwords/password.ts';
import { requireUnlocked, takePasswordAttempt } from '../directory/passwords/password-attempt.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { poolNameOf, sub } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { Cx } from '../operation.ts';
import type { SignInStore } from '../tokens/sign-in.ts';
import type { ChallengeAnswer } from './answer.ts';
import { openBlock, type SecretBlock } from './secret-block.ts';

type VerifierError =
  | AfterPasswordError
  | 'InvalidParameterException'
  | 'MFAMethodNotFoundException'
  | 'TooManyRequestsException';

/** What the client sends of its half of the exchange. */
interface Proof {
  readonly block: SecretBlock;
  readonly username: string;
  readonly secretBlock: string;
  readonly signature: string;
  readonly timestamp: string;
}

/**
 * Checks the proof of a password by SRP. Whatever is wrong with it is answered alike, and somebody who does not exist costs
 * what a user costs. A block proves once, and lives by our clock: what the client's clock says is signed, and decides nothing.
 * Source: behaviour.md 6.1, 6.6; security.md S05 to S08, B09.
 */
export async function answerPasswordVerifier(
  cx: Cx<VerifierError, SignInStore>,
  answer: ChallengeAnswer,
): Promise<RespondToAuthChallengeResponse> {
  const { pool, client, responses } = answer;
  const username = requireParameter(cx, responses, 'USERNAME');
  const secretBlock = requireParameter(cx, responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = requireParameter(cx, responses, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = requireParameter(cx, responses, 'TIMESTAMP');
  if (!isSrpTimestamp(timestamp)) cx.fail('InvalidParameterException', messages.timestampForm);
  await requireSecretHash(cx, client, username, responses['SECRET_HASH']);
  const opened = await openBlock(cx, pool, secretBlock);
  if (!opened.ok) return refuse(cx, `secret block ${opened.reason}`);
  const block = opened.value;
  if (block.clientId !== client.id) return refuse(cx, 'secret block of another client');
  const proof = { block, username, secretBlock, signature, timestamp };
  return onTrial(cx, (trial) => tryProof(cx, trial, answer, proof));
}

async function tryProof(
  cx: Cx<VerifierError, SignInStore>,
  trial: Trial,
  { pool, client }: ChallengeAnswer,
  proof: Proof,
): Promise<RespondToAuthChallengeResponse> {
  const { block } = proof;
  takeGuess(cx, trial, client);
  const user = await cx.stores.users.bySub({ poolId: pool.id, sub: sub(block.subject) });
  if (!(await isCounterpart(cx, { pool, client }, proof, user))) {
    return refuse(cx, 'USERNAME is somebody else');
  }
  // Read for everybody where users are hidden: what only nobody needs would tell nobody by its time.
  const isLocked = hidesUsers(client) && (await isNobodyLocked(cx, pool, block.subject));
  let verifier: SrpVerifier | undefined;
  if (block.kind === 'none') {
    if (isLocked) cx.fail('NotAuthorizedException', messages.attemptsExceeded);
    await takeAttemptAtNobody(cx, trial, pool, block.subject);
    verifier = await openDecoyVerifier(cx, pool);
  } else if (user !== undefined) {
    requireUnlocked(cx, user);
    if (!user.enabled && !hidesUsers(client)) {
      cx.fail('NotAuthorizedException', messages.userDisabled);
    }
    await takePasswordAttempt(cx, trial, user);
    verifier = await openVerifier(cx, user);
  }
  if (verifier === undefined) return refuse(cx, 'no verifier any more');
  const claim = await cx.world.srp.claim(
    {
      poolName: poolNameOf(pool.id),
      userId: user?.username ?? block.subject,
      clientPublicHex: block.clientPublicHex,
      serverPrivateHex: block.serverPrivateHex,
      serverPublicHex: block.serverPublicHex,
      verifierHex: verifier.verifierHex,
      secretBlock: Buffer.from(proof.secretBlock, 'base64'),
      timestamp: proof.timestamp,
    },
    cx.order,
  );
  // Compared as text, so that only one spelling of the signature is right.
  const matches = claim !== undefined && equalInConstantTime(claim, proof.signature);
  if (!matches || user === undefined || block.kind === 'none') {
    trial.foundWrong();
    cx.world.figures.count(pool.id, 'sign-in-failure');
    return refuse(cx, user === undefined ? 'nobody' : 'signature');
  }
  return afterPassword(cx, { pool, client, user, proof: block }, () =>
    // The API declares no UnsupportedOperationException for answers.
    cx.fail('MFAMethodNotFoundException', messages.mfaNotBuilt),
  );
}

/** Whether USERNAME means whom the block is about. Where the client hides who exists, everybody is looked up. */
async function isCounterpart(
  cx: Cx<never, 'users'>,
  { pool, client }: Pick<ChallengeAnswer, 'pool' | 'client'>,
  { block, username }: Proof,
  user: User | undefined,
): Promise<boolean> {
  if (!hidesUsers(client) && username === user?.username) return true;
  const found = await findByName(cx, pool, username);
  const nobody = await nobodyCalled(cx, pool, username);
  if (block.kind === 'none') return username === block.subject || nobody === block.subject;
  return username === user?.username || (found !== undefined && found.sub === user?.sub);
}

function refuse(cx: Cx<'NotAuthorizedException', never>, detail: string): never {
  return cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, detail);
}
