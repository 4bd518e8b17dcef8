import type { ChallengeNameType } from '@poolhouse/model';
import { randomUuid } from '../../crypto/index.ts';
import { takeSourceAttempt } from '../../limits/source-attempts.ts';
import { requireSecretHash } from '../../pools/client-secret.ts';
import { requireUnjudgedSignIn } from '../../triggers/fail-closed.ts';
import { onTrial } from '../../limits/trial.ts';
import { hidesUsers } from '../../domain/clients/user-existence.ts';
import { messages } from '../../domain/texts.ts';
import { namedDeviceKey, readingDeviceOnce } from '../../devices/named-device.ts';
import type { OperationContext } from '../../operation.ts';
import { type At, refuseAttempt, requireAttempt, type SignInAttempt } from '../attempt.ts';
import {
  requireGiven,
  type Challenge,
  type FactorChallenge,
  type Given,
  type SharedError,
  type TaskError,
} from '../challenges/challenge.ts';
import { challenges as built, type Challenges } from '../challenges/index.ts';
import type { SignInStore } from '../complete.ts';
import { identify, refuseWrong, requireAdmissible, subjectOf } from '../identify.ts';
import type { Outcome } from '../outcome.ts';
import { beginning, type SignInRequest } from './beginning.ts';
import { checkFactor } from './check-factor.ts';
import { chooseFirst, requireStillAvailable } from './first-factors.ts';
import { requireFlow } from './custom-auth.ts';
import { readingOnce, requireSamePassword } from './progress.ts';
import { ask, carryOutTask, choose, open, requireStillDue } from './steps.ts';

/** An answer to a challenge, as it came in. */
export interface AnswerRequest extends At {
  readonly name: ChallengeNameType;
  readonly session?: string;
  /** ChallengeResponses. */
  readonly responses: Given;
  /** Those that are built, where nothing is said. */
  readonly challenges?: Challenges;
}

/** Starts a sign-in whose first request brings the answer to its first factor. */
export async function startWithAnswer(
  ctx: OperationContext<SharedError | 'UserNotFoundException', SignInStore>,
  request: SignInRequest,
  factor: FactorChallenge,
): Promise<Outcome> {
  const { client, parameters: given } = request;
  const username = requireGiven(ctx, given, 'USERNAME');
  factor.readAnswer(ctx, given, request);
  await requireSecretHash(ctx, client, username, given['SECRET_HASH']);
  return onTrial(ctx, async (trial) => {
    takeSourceAttempt(ctx, trial, client);
    const subject = await identify(ctx, request, username, factor.hasSecret);
    return checkFactor(ctx, trial, beginning(ctx, request), { factor, subject, given });
  });
}

/** Starts a sign-in whose first request gets a question. That is not an attempt yet, but a locked user may not start either. */
export async function startWithQuestion(
  ctx: OperationContext<SharedError | 'UserNotFoundException', SignInStore>,
  request: SignInRequest,
  factor: FactorChallenge & Required<Pick<FactorChallenge, 'question'>>,
): Promise<Outcome> {
  const { client, parameters: given } = request;
  const username = requireGiven(ctx, given, 'USERNAME');
  factor.question.read(ctx, given);
  await requireSecretHash(ctx, client, username, given['SECRET_HASH']);
  return onTrial(ctx, async (trial) => {
    takeSourceAttempt(ctx, trial, client);
    const subject = await identify(ctx, request, username, factor.hasSecret);
    await requireAdmissible(ctx, request, subject, factor);
    if (subject.kind === 'decoy' && !hidesUsers(client)) {
      return refuseWrong(ctx, trial, request, subject, 'decoy');
    }
    const start = beginning(ctx, request);
    const question = await factor.question.ask(ctx, subject, { ...start, given, isFirst: true });
    return ask(ctx, start, subject, factor, question);
  });
}

/** Takes the answer to a challenge that was asked. */
export async function answerChallenge(
  ctx: OperationContext<TaskError, SignInStore>,
  request: AnswerRequest,
): Promise<Outcome> {
  const { pool, client, name, session, responses: given, challenges = built } = request;
  requireUnjudgedSignIn(ctx, pool);
  const challenge: Challenge | 'not-built' = challenges[name];
  const carrier = challenge === 'not-built' ? 'Session' : challenge.carrier;
  if (carrier === 'Session' && session === undefined) {
    ctx.fail('InvalidParameterException', messages.sessionMissing);
  }
  // What this server never asks has no session that could be right.
  if (challenge === 'not-built') return refuseAttempt(ctx, carrier, `${name} was not asked`);
  const username = requireGiven(ctx, given, 'USERNAME');
  challenge.readAnswer(ctx, given, request);
  await requireSecretHash(ctx, client, username, given['SECRET_HASH']);
  const text = carrier === 'Session' ? session : given['PASSWORD_CLAIM_SECRET_BLOCK'];
  const attempt = await requireAttempt(ctx, request, carrier, text ?? '', name);
  requireFlow(ctx, client, attempt);
  const { origin, startedAtMs, proofs, passwordMark, history, target, creditOf } = attempt;
  const { eventId = randomUuid(ctx.random) } = attempt;
  const progress = {
    ...{ pool, client, challenges, attempt },
    configurations: readingOnce(ctx, pool, challenges),
    ...{ origin, startedAtMs, eventId, proofs, passwordMark },
    ...{ history, target, creditOf },
    ...deviceIn(ctx, request, challenge, attempt),
  };
  const subjectNow = async () =>
    (await subjectOf(ctx, request, attempt.subject, username)) ??
    refuseAttempt(ctx, carrier, 'USERNAME is somebody else, or gone');
  if ('opens' in challenge && proofs.length > 0) {
    return onTrial(ctx, async (trial) => {
      takeSourceAttempt(ctx, trial, client);
      return open(ctx, trial, progress, { challenge, subject: await subjectNow(), given });
    });
  }
  if ('opens' in challenge || (challenge.isChoice && proofs.length === 0)) {
    return onTrial(ctx, async (trial) => {
      takeSourceAttempt(ctx, trial, client);
      return chooseFirst(ctx, trial, progress, { challenge, subject: await subjectNow(), given });
    });
  }
  if (!challenge.isFactor) {
    const subject = await subjectNow();
    if (subject.kind === 'user') {
      return challenge.isChoice
        ? choose(ctx, progress, challenge, subject.user, given)
        : carryOutTask(ctx, progress, challenge, subject.user, given);
    }
    return refuseAttempt(ctx, carrier, 'a decoy has proved nothing');
  }
  return onTrial(ctx, async (trial) => {
    takeSourceAttempt(ctx, trial, client);
    const subject = await subjectNow();
    if (subject.kind === 'user') {
      await requireSamePassword(ctx, progress, subject.user);
      await requireStillDue(ctx, progress, challenge, subject.user);
    }
    await requireStillAvailable(ctx, progress, subject);
    return checkFactor(ctx, trial, progress, {
      ...{ factor: challenge, subject, given },
      tell: (told, detail) => ctx.fail(...told, detail),
    });
  });
}

/**
 * The device of a sign-in: the one that has proved itself, else the one that the answer to a factor names, else the one that was named before.
 * A device that is proving itself is the one that was asked.
 */
function deviceIn(
  ctx: OperationContext<TaskError, SignInStore>,
  { pool, responses }: AnswerRequest,
  challenge: Challenge,
  { deviceKey: before, proofs }: SignInAttempt,
) {
  const named = namedDeviceKey(ctx, pool, responses);
  const provesItself = challenge.name.startsWith('DEVICE_');
  if (provesItself && named !== before) {
    return refuseAttempt(ctx, challenge.carrier, 'another device was asked');
  }
  const isProved = proofs.some(({ challenge: of }) => of === 'DEVICE_PASSWORD_VERIFIER');
  const key = challenge.isFactor && !isProved ? (named ?? before) : before;
  return {
    ...{ deviceKey: key, device: readingDeviceOnce(ctx, key) },
    namesDevice: named !== undefined && !isProved,
  };
}
