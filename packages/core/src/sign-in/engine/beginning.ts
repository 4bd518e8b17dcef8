import { randomUuid } from '../../crypto/index.ts';
import { namedDeviceKey, readingDeviceOnce } from '../../devices/named-device.ts';
import type { SignInOrigin } from '../../domain/tokens/session.ts';
import type { TransactionContext } from '../../operation.ts';
import type { At } from '../attempt.ts';
import type { Given } from '../challenges/challenge.ts';
import { challenges as built, type Challenges } from '../challenges/index.ts';
import { readingOnce, type Progress } from './progress.ts';

/** A sign-in at its beginning. */
export interface SignInRequest extends At {
  readonly origin: SignInOrigin;
  /** AuthParameters. */
  readonly parameters: Given;
  /** What ConfirmSignUp returned. */
  readonly session?: string;
  /** Those that are built, where nothing is said. */
  readonly challenges?: Challenges;
}

/** A sign-in in which nothing is proved. */
export function beginning(
  ctx: TransactionContext<'InvalidParameterException', 'configurations' | 'devices'>,
  { pool, client, origin, parameters, challenges = built }: SignInRequest,
): Progress {
  const nothing = { proofs: [], passwordMark: '' };
  const configurations = readingOnce(ctx, pool, challenges);
  const deviceKey = namedDeviceKey(ctx, pool, parameters);
  return {
    ...{ pool, client, origin, challenges, configurations, startedAtMs: ctx.nowMs, ...nothing },
    eventId: randomUuid(ctx.random),
    ...{ deviceKey, device: readingDeviceOnce(ctx, deviceKey) },
    namesDevice: deviceKey !== undefined,
  };
}
