import type { ChallengeNameType } from '@poolhouse/model';
import { takeGuess } from '../directory/guesses.ts';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { requireUnjudgedSignIn } from '../directory/pools/fail-closed.ts';
import { onTrial } from '../directory/trial.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { messages } from '../domain/texts.ts';
import type { Cx } from '../operation.ts';
import { type At, refuseAttempt, requireAttempt, type SignInOrigin } from './attempt.ts';
import {
  requireGiven,
  type FactorChallenge,
  type Given,
  type TaskError,
} from './challenges/challenge.ts';
import { challenges as built, type Challenges } from './challenges/index.ts';
import type { SignInStore } from './complete.ts';
import { identify, refuseWrong, requireAdmissible, subjectOf } from './identify.ts';
import type { Outcome } from './outcome.ts';
import {
  ask,
  carryOutTask,
  checkFactor,
  requireSamePassword,
  type Progress,
  type SharedError,
} from './steps.ts';

/** A sign-in at its beginning. */
export interface SignInRequest extends At {
  readonly origin: SignInOrigin;
  /** AuthParameters. */
  readonly parameters: Given;
  /** Those that are built, where nothing is said. */
  readonly challenges?: Challenges;
}

/** An answer to a challenge, as it came in. */
export interface AnswerRequest extends At {
  readonly origin: SignInOrigin;
  readonly name: ChallengeNameType;
  readonly session?: string;
  /** ChallengeResponses. */
  readonly responses: Given;
  /** Those that are built, where nothing is said. */
  readonly challenges?: Challenges;
}

/** Starts a sign-in whose first request brings the answer to its first factor. */
export async function startWithAnswer(
  cx: Cx<SharedError | 'UserNotFoundException', SignInStore>,
  request: SignInRequest,
  factor: FactorChallenge,
): Promise<Outcome> {
  const { client, parameters: given } = request;
  const username = requireGiven(cx, given, 'USERNAME');
  factor.readAnswer(cx, given, request);
  await requireSecretHash(cx, client, username, given['SECRET_HASH']);
  return onTrial(cx, async (trial) => {
    takeGuess(cx, trial, client);
    const subject = await identify(cx, request, username, factor.hasSecret);
    return checkFactor(cx, trial, beginning(cx, request), { factor, subject, given });
  });
}

/** Starts a sign-in whose first request gets a question. That is no guess yet, but who is locked may not ask. */
export async function startWithQuestion(
  cx: Cx<SharedError | 'UserNotFoundException', SignInStore>,
  request: SignInRequest,
  factor: FactorChallenge & Required<Pick<FactorChallenge, 'question'>>,
): Promise<Outcome> {
  const { client, parameters: given } = request;
  const username = requireGiven(cx, given, 'USERNAME');
  factor.question.read(cx, given);
  await requireSecretHash(cx, client, username, given['SECRET_HASH']);
  return onTrial(cx, async (trial) => {
    takeGuess(cx, trial, client);
    const subject = await identify(cx, request, username, factor.hasSecret);
    await requireAdmissible(cx, request, subject);
    if (subject.kind === 'decoy' && !hidesUsers(client)) {
      return refuseWrong(cx, trial, request, subject, 'nobody');
    }
    const question = await factor.question.ask(cx, subject, { ...request, given });
    return ask(cx, beginning(cx, request), subject, factor, question);
  });
}

function beginning(
  { nowMs }: Cx<never, never>,
  { pool, client, origin, challenges = built }: SignInRequest,
): Progress {
  const nothing = { proved: [], passwordMark: '' };
  return { pool, client, origin, challenges, startedAtMs: nowMs, ...nothing };
}

/** Takes the answer to a challenge that was asked. */
export async function answerChallenge(
  cx: Cx<TaskError, SignInStore | 'codes' | 'outbox'>,
  request: AnswerRequest,
): Promise<Outcome> {
  const { pool, client, name, session, responses: given, challenges = built } = request;
  requireUnjudgedSignIn(cx, pool);
  const challenge = challenges[name];
  const carrier = challenge === 'not-built' ? 'Session' : challenge.carrier;
  if (carrier === 'Session' && session === undefined) {
    cx.fail('InvalidParameterException', messages.sessionMissing);
  }
  // What this server never asks has no session that could be right.
  if (challenge === 'not-built') return refuseAttempt(cx, carrier, `${name} was not asked`);
  const username = requireGiven(cx, given, 'USERNAME');
  challenge.readAnswer(cx, given, request);
  await requireSecretHash(cx, client, username, given['SECRET_HASH']);
  const text = carrier === 'Session' ? session : given['PASSWORD_CLAIM_SECRET_BLOCK'];
  const attempt = await requireAttempt(cx, request, carrier, text ?? '', name);
  const { origin, startedAtMs, proved, passwordMark } = attempt;
  const progress = {
    ...{ pool, client, challenges, attempt },
    ...{ origin, startedAtMs, proved, passwordMark },
  };
  const subjectNow = async () =>
    (await subjectOf(cx, request, attempt.subject, username)) ??
    refuseAttempt(cx, carrier, 'USERNAME is somebody else, or gone');
  if (!challenge.isFactor) {
    const subject = await subjectNow();
    return subject.kind === 'user'
      ? carryOutTask(cx, progress, challenge, subject.user, given)
      : refuseAttempt(cx, carrier, 'a decoy has proved nothing');
  }
  return onTrial(cx, async (trial) => {
    takeGuess(cx, trial, client);
    const subject = await subjectNow();
    if (subject.kind === 'user') await requireSamePassword(cx, progress, subject.user);
    return checkFactor(cx, trial, progress, { factor: challenge, subject, given });
  });
}
