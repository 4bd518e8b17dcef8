import type { ChallengeNameType } from '@poolhouse/model';
import type { ConfigurationKind } from '../../domain/pools/pool-configuration.ts';
import type { AcrLevel } from '../../domain/pools/acr-levels.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import type { Proof, SignInOrigin } from '../../domain/tokens/session.ts';
import type { User } from '../../domain/users/user.ts';
import type { TransactionContext } from '../../operation.ts';
import { passwordMark } from '../../passwords/password.ts';
import {
  refuseAttempt,
  spendAttempt,
  type Answered,
  type At,
  type SignInAttempt,
} from '../attempt.ts';
import type { ReadDevice } from '../../devices/named-device.ts';
import type { Challenge } from '../challenges/challenge.ts';
import type { Challenges } from '../challenges/index.ts';
import {
  nextStep,
  type NextStep,
  type StepConfigurations,
  type StepFacts,
  type Turn,
} from '../next-step.ts';

/** How far a sign-in has come. */
export interface Progress extends At {
  readonly challenges: Challenges;
  /** What the challenges need of the pool's configurations for this user: each is read once a request, when it is first asked for. */
  readonly configurations: (user: User, target?: AcrLevel) => Promise<StepConfigurations>;
  /** DEVICE_KEY, where the app has named one. */
  readonly deviceKey?: string | undefined;
  readonly device: ReadDevice;
  /** Whether this very request names the device: then who asks is told that the pool does not know it. */
  readonly namesDevice: boolean;
  readonly origin: SignInOrigin;
  readonly startedAtMs: number;
  /** Of the event that the sign-in is. */
  readonly eventId: string;
  /** In their order. */
  readonly proofs: readonly Proof[];
  /** Of the user's password when the first of them was; empty before. */
  readonly passwordMark: string;
  /** The attempt that led here and is not spent yet. */
  readonly attempt?: SignInAttempt;
  /** The first factors to choose from, in a sign-in by choice that has proved none. */
  readonly available?: readonly ChallengeNameType[];
  /** The level that the app asked for. */
  readonly target?: AcrLevel;
  /** The session whose proof counts in this sign-in, too. */
  readonly creditOf?: string;
  /** A verifier made of the password just proved, for a user who has none yet. */
  readonly sealedSrp?: string;
  /** As in the attempt: as long as the pool's functions direct the sign-in. */
  readonly history?: readonly Answered[];
}

/** A sign-in that the pool's functions direct. */
export type DirectedProgress = Progress & {
  readonly history: readonly Answered[];
  /** What the last answer was to; nothing is answered at the beginning. */
  readonly answered?: ChallengeNameType;
};

/** The challenges that have a turn. */
function turnsOf(challenges: Challenges): readonly Turn[] {
  return Object.values(challenges).filter((one) => one !== 'not-built');
}

/** Reads what the challenges need of the pool's configurations for a user when it is first asked for, and nothing twice. */
export function readingOnce(
  ctx: TransactionContext<never, 'configurations'>,
  pool: Pool,
  challenges: Challenges,
): Progress['configurations'] {
  const read = new Map<ConfigurationKind, Promise<unknown>>();
  const reading = (kind: ConfigurationKind) => {
    const place = { poolId: pool.id, kind };
    const value = read.get(kind) ?? ctx.stores.configurations.get(place).then((one) => one?.value);
    read.set(kind, value);
    return value;
  };
  return async (user, target) => {
    const kinds = new Set(
      turnsOf(challenges).flatMap(({ needs }) => needs?.({ pool, user, target }) ?? []),
    );
    const found: [string, unknown][] = [];
    for (const kind of kinds) found.push([kind, await reading(kind)]);
    return Object.fromEntries(found);
  };
}

/** What comes next for the user as it is now. */
export async function stepOf(
  ctx: TransactionContext<never, never>,
  progress: Progress,
  user: User,
): Promise<NextStep> {
  return nextStep(await factsOf(ctx, progress, user), turnsOf(progress.challenges));
}

/** What that depends on. */
export async function factsOf(
  { nowMs }: TransactionContext<never, never>,
  { pool, client, proofs, ...progress }: Progress,
  user: User,
): Promise<StepFacts> {
  const { target } = progress;
  const configurations = await progress.configurations(user, target);
  const device = await progress.device(user);
  return { pool, client, proofs, configurations, device, user, nowMs, ...(target && { target }) };
}

/** Refuses an attempt in which another password was proved than the user has now. */
export async function requireSamePassword(
  ctx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  progress: Progress,
  user: User,
): Promise<void> {
  const { passwordMark: proved } = progress;
  if (proved !== '' && proved !== passwordMark(user)) await overtaken(ctx, progress);
}

/** Uses up the attempt that led here, where there was one. */
export async function spendIn(
  ctx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  { attempt, challenges }: Progress,
): Promise<void> {
  if (attempt !== undefined) await spendAttempt(ctx, carrierOf(challenges, attempt), attempt);
}

/**
 * Ends an attempt that the user's state has overtaken. Its own answer is the first thing that may have done so, which has a text of
 * its own: spending an attempt that is worth nothing changes nothing.
 */
export async function overtaken(
  ctx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  { attempt, challenges }: Progress,
): Promise<never> {
  if (attempt === undefined) throw new Error('nothing could overtake what has no attempt');
  const carrier = carrierOf(challenges, attempt);
  await spendAttempt(ctx, carrier, attempt);
  return refuseAttempt(ctx, carrier, 'overtaken');
}

function carrierOf(challenges: Challenges, { step }: SignInAttempt): Challenge['carrier'] {
  const challenge = challenges[step];
  return challenge === 'not-built' ? 'Session' : challenge.carrier;
}
