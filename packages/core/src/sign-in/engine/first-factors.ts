import type { ChallengeNameType } from '@poolhouse/model';
import { hidesUsers } from '../../domain/clients/user-existence.ts';
import { sub } from '../../domain/ids.ts';
import { poolMethods } from '../../domain/pools/mfa-methods.ts';
import type { MfaUser } from '../../domain/mfa/mfa.ts';
import type { AcrLevel } from '../../domain/pools/acr-levels.ts';
import { messages } from '../../domain/texts.ts';
import { reachesLevel } from '../../domain/tokens/assurance.ts';
import type { User } from '../../domain/users/user.ts';
import { takeSourceAttempt } from '../../limits/source-attempts.ts';
import { onTrial, type Trial } from '../../limits/trial.ts';
import { factorsMark } from '../../mfa/factors-mark.ts';
import { mfaConfiguration } from '../../mfa/configuration.ts';
import type { OperationContext, TransactionContext } from '../../operation.ts';
import { passwordMark } from '../../passwords/password.ts';
import { requireSecretHash } from '../../pools/client-secret.ts';
import { refuseAttempt, type At, type SignInAttempt } from '../attempt.ts';
import {
  requireGiven,
  type Challenge,
  type ChoiceChallenge,
  type FirstFactorUser,
  type Given,
  type OpeningChallenge,
  type SharedError,
} from '../challenges/challenge.ts';
import { firstFactors, type Challenges } from '../challenges/index.ts';
import type { SignInStore } from '../complete.ts';
import { requireConfirmedSession } from '../confirmed-session.ts';
import { identify, refuseWrong, requireAdmissible, subjectOf, type Subject } from '../identify.ts';
import type { Outcome } from '../outcome.ts';
import { beginning, type SignInRequest } from './beginning.ts';
import { checkFactor } from './check-factor.ts';
import { spendIn, type Progress } from './progress.ts';
import { ask, proceed } from './steps.ts';
import { creditToward, requireOwnSession } from './credit.ts';
import { canReach, targetOf, wantedLevels } from './target-level.ts';

type Context = OperationContext<SharedError, SignInStore>;
type Names = readonly ChallengeNameType[];

/**
 * Starts a sign-in in which the user chooses the first factor, or the app does by PREFERRED_CHALLENGE. One that the user cannot answer leads
 * to the choice. Source: settings.md 8; behaviour.md 6.9.
 */
export async function startWithChoice(
  ctx: OperationContext<
    SharedError | 'FeatureUnavailableInTierException' | 'UserNotFoundException',
    SignInStore
  >,
  request: SignInRequest,
): Promise<Outcome> {
  const { client, parameters: given } = request;
  const username = requireGiven(ctx, given, 'USERNAME');
  const { PREFERRED_CHALLENGE: preferred } = given;
  const wanted = firstFactors.find((name) => name === preferred);
  if (preferred !== undefined && wanted === undefined) {
    ctx.fail('InvalidParameterException', messages.challengeNotAvailable); // [unsure]
  }
  const levels = wantedLevels(ctx, request.pool, given);
  await requireSecretHash(ctx, client, username, given['SECRET_HASH']);
  if (request.session !== undefined)
    return startConfirmed(ctx, request, username, { session: request.session, levels });
  return onTrial(ctx, async (trial) => {
    takeSourceAttempt(ctx, trial, client);
    const subject = await identify(ctx, request, username, () => true);
    const session = await requireOwnSession(ctx, request, subject, given['ACCESS_TOKEN']);
    // A lock stops only what can be guessed.
    await requireAdmissible(ctx, request, subject, { isUnguessable: true });
    if (subject.kind === 'decoy' && !hidesUsers(client)) {
      return refuseWrong(ctx, trial, request, subject, 'decoy');
    }
    const begun = beginning(ctx, request);
    const target = await targetFor(ctx, begun, subject, levels);
    const start = { ...begun, ...(target && { target }) };
    if (subject.kind === 'user' && session !== undefined && target !== undefined) {
      const { user } = subject;
      const { pool } = request;
      const facts = {
        ...{ pool, configuration: await mfaConfiguration(ctx, pool), nowMs: ctx.nowMs },
        mark: await factorsMark(ctx, pool, user),
      };
      const credit = creditToward(facts, user, session, { target, maxAge: given['MAX_AGE'] });
      if (credit !== undefined) {
        await requireAdmissible(ctx, request, subject);
        const credited = {
          ...{ ...start, proofs: [credit], answered: credit.challenge, creditOf: session.id },
          passwordMark: passwordMark(user),
        };
        return proceed(ctx, trial, credited, user);
      }
    }
    const available = await availableTo(ctx, start, subject);
    const progress = { ...start, available };
    if (wanted !== undefined && available.includes(wanted)) {
      return takeFirst(ctx, trial, progress, subject, { name: wanted, given });
    }
    if (available.length === 0) {
      const { incorrectUsernameOrPassword } = messages;
      return ctx.fail('NotAuthorizedException', incorrectUsernameOrPassword, 'no first factor');
    }
    const isUnguessable = available.includes('WEB_AUTHN');
    await requireAdmissible(ctx, request, subject, { isUnguessable });
    const choice = challengeNamed(progress.challenges, 'SELECT_CHALLENGE');
    return ask(ctx, progress, subject, choice, { parameters: {} });
  });
}

/** Starts the sign-in of a user who has just confirmed the sign-up: the code was the first factor. Source: settings.md 8#14. */
async function startConfirmed(
  ctx: OperationContext<SharedError | 'UserNotFoundException', SignInStore>,
  request: SignInRequest,
  username: string,
  { session, levels }: { readonly session: string; readonly levels: readonly AcrLevel[] },
): Promise<Outcome> {
  const { id, sub, proof, expiresAtMs } = await requireConfirmedSession(ctx, request, session);
  const subject = await subjectOf(ctx, request, { kind: 'user', id: sub }, username);
  if (subject?.kind !== 'user') return refuseAttempt(ctx, 'Session', 'USERNAME is somebody else');
  await requireAdmissible(ctx, request, subject, { isUnguessable: true });
  const start = beginning(ctx, request);
  const attempt: SignInAttempt = {
    ...{ id, expiresAtMs, clientId: request.client.id, subject: { kind: 'user', id: sub } },
    ...{ origin: start.origin, startedAtMs: start.startedAtMs, proofs: [], passwordMark: '' },
    ...{ step: proof.challenge, round: 1, memory: {} },
  };
  const { user } = subject;
  const progress = {
    ...{ ...start, attempt, proofs: [proof], answered: proof.challenge },
    // The code is proved already: another first factor, which might reach more, does not follow.
    target: levels.find((level) => reachesLevel([proof], level)) ?? levels.at(-1),
    passwordMark: passwordMark(user),
  };
  return proceed(ctx, undefined, progress, user);
}

/** Goes on with the first factor that was chosen, of those that were offered and still are. */
export async function chooseFirst(
  ctx: Context,
  trial: Trial,
  progress: Progress & { readonly attempt: SignInAttempt },
  {
    challenge,
    subject,
    given,
  }: {
    readonly challenge: ChoiceChallenge | OpeningChallenge;
    readonly subject: Subject;
    readonly given: Given;
  },
): Promise<Outcome> {
  const { offered = [] } = progress.attempt;
  const chosen = challenge.isChoice ? given['ANSWER'] : challenge.name;
  const name = firstFactors.find((one) => one === chosen && offered.includes(one));
  const available = await availableTo(ctx, progress, subject);
  if (name === undefined || !available.includes(name)) {
    return ctx.fail('InvalidParameterException', messages.challengeNotAvailable);
  }
  return takeFirst(ctx, trial, { ...progress, available: offered }, subject, { name, given });
}

/**
 * Refuses the answer to a first factor with which the user may no longer sign in, such as one who has turned a second factor on since the
 * code was sent. The user's state is told apart later, once the answer is right.
 */
export async function requireStillAvailable(
  ctx: Context,
  progress: Progress & { readonly attempt: SignInAttempt },
  subject: Subject,
): Promise<void> {
  const { attempt } = progress;
  if (attempt.offered === undefined || attempt.proofs.length > 0) return;
  const opened = attempt.step === 'PASSWORD_VERIFIER' ? 'PASSWORD_SRP' : attempt.step;
  if ((await answerableBy(ctx, progress, subject)).includes(opened)) return;
  ctx.fail('InvalidParameterException', messages.challengeNotAvailable);
}

/** Asks for a first factor, or checks it where the request brings its answer along. */
async function takeFirst(
  ctx: Context,
  trial: Trial,
  progress: Progress,
  subject: Subject,
  { name, given }: { readonly name: ChallengeNameType; readonly given: Given },
): Promise<Outcome> {
  let challenge = challengeNamed(progress.challenges, name);
  if ('opens' in challenge && given['SRP_A'] !== undefined) {
    challenge = challengeNamed(progress.challenges, challenge.opens);
  }
  if (challenge.name === 'PASSWORD' && challenge.isFactor && given['PASSWORD'] !== undefined) {
    return checkFactor(ctx, trial, progress, { factor: challenge, subject, given });
  }
  await requireAdmissible(ctx, progress, subject, challenge.isFactor ? challenge : {});
  if (!challenge.isFactor) {
    await spendIn(ctx, progress);
    return ask(ctx, progress, subject, challenge, { parameters: {} });
  }
  if (challenge.question === undefined) throw new Error(`${challenge.name} cannot be asked`);
  challenge.question.read(ctx, given);
  await spendIn(ctx, progress);
  const request = { ...progress, given, isFirst: true };
  const question = await challenge.question.ask(ctx, subject, request);
  return ask(ctx, progress, subject, challenge, question);
}

/** The level of the sign-in, of those that the app wants. */
async function targetFor(
  ctx: Context,
  progress: Progress,
  subject: Subject,
  levels: readonly AcrLevel[],
): Promise<AcrLevel | undefined> {
  if (levels.length === 0) return undefined;
  const facts = { ...progress, configuration: await mfaConfiguration(ctx, progress.pool) };
  const factors = await answerableBy(ctx, progress, subject);
  return targetOf(facts, personOf(progress, subject), levels, factors);
}

/** What decides which levels somebody can reach: a decoy has what people usually have. */
function personOf({ pool }: Progress, subject: Subject): MfaUser {
  if (subject.kind === 'user') return subject.user;
  const code = usualCode(allowedBy(pool));
  return { attributes: { [code === 'SMS_OTP' ? 'phone_number' : 'email']: 'usual' } };
}

/** The first factors to choose from: who has not confirmed, or must change the password, has the password alone. Source: settings.md 8#4. */
async function availableTo(ctx: Context, progress: Progress, subject: Subject): Promise<Names> {
  const answerable = await answerableBy(ctx, progress, subject);
  const settled =
    subject.kind === 'decoy' || (subject.user.enabled && subject.user.status === 'CONFIRMED');
  return settled ? answerable : answerable.filter((name) => name.startsWith('PASSWORD'));
}

/**
 * The first factors that the pool allows and the user has. A decoy has what people usually have: a password, and a way to get a code. Whoever
 * has less or more can be told from a decoy, as on the service.
 */
async function answerableBy(ctx: Context, progress: Progress, subject: Subject): Promise<Names> {
  const { pool, challenges, target } = progress;
  const allowed = allowedBy(pool);
  const needsSecond = subject.kind === 'user' && (await turnsOnSecond(ctx, progress, subject.user));
  const user: FirstFactorUser =
    subject.kind === 'user'
      ? subject.user
      : { poolId: pool.id, sub: sub(subject.id), attributes: {} };
  const names: ChallengeNameType[] = [];
  for (const name of firstFactors) {
    const challenge: Challenge | 'not-built' = challenges[name];
    if (challenge === 'not-built' || challenge.asFirst === undefined) continue;
    const { factor, isReady } = challenge.asFirst;
    if (!allowed.includes(factor)) continue;
    // Asked of a decoy too: what only users need would tell them by its time.
    const isReadyForUser = await isReady(ctx, user, { ...progress, needsSecond });
    const isUsual = factor === 'PASSWORD' || factor === usualCode(allowed);
    if (subject.kind === 'decoy' ? isUsual : isReadyForUser) names.push(name);
  }
  return target === undefined ? names : leadingTo(ctx, progress, subject, { names, target });
}

/** Those that can lead to the level; a password, if none can: only who has proved it learns that the level is out of reach. */
async function leadingTo(
  ctx: Context,
  progress: Progress,
  subject: Subject,
  { names, target }: { readonly names: Names; readonly target: AcrLevel },
): Promise<Names> {
  const { pool } = progress;
  const configuration = await mfaConfiguration(ctx, pool);
  const isPassword = (name: string) => name.startsWith('PASSWORD');
  const person = personOf(progress, subject);
  const leading = names.filter((name) => canReach({ pool, configuration }, person, target, name));
  return leading.length > 0 ? leading : names.filter(isPassword);
}

function allowedBy({ settings }: At['pool']): readonly string[] {
  return settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD'];
}

function usualCode(allowed: readonly string[]): string | undefined {
  return ['EMAIL_OTP', 'SMS_OTP'].find((factor) => allowed.includes(factor));
}

/** Whether a second factor follows the first one of this user. */
async function turnsOnSecond(
  ctx: TransactionContext<never, 'configurations'>,
  { pool }: At,
  { mfa }: User,
): Promise<boolean> {
  const { MfaConfiguration = 'OFF' } = pool.settings;
  if (MfaConfiguration !== 'OPTIONAL') return MfaConfiguration === 'ON';
  if (mfa === undefined) return false;
  const methods = poolMethods(pool, await mfaConfiguration(ctx, pool));
  return mfa.enabled.some((method) => methods.includes(method));
}

function challengeNamed(challenges: Challenges, name: ChallengeNameType): Challenge {
  const challenge = challenges[name];
  if (challenge === 'not-built') throw new Error(`${name} is not built`);
  return challenge;
}
