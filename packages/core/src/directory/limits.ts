import type { PoolId } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { Cx } from '../operation.ts';
import type { Trial } from './trial.ts';

const HOUR_MS = 3_600_000;

/** Actions that one user may do only so often, with how many an hour. Source: behaviour.md 9. */
const hourly = {
  ConfirmForgotPassword: 20,
  ForgotPassword: 20,
  ResendConfirmationCode: 5,
  ConfirmSignUp: 15,
  ChangePassword: 5,
  GetUserAttributeVerificationCode: 5,
  VerifyUserAttribute: 15,
  // Ours: the service states none, but every change of an address sends a message to whom the user likes.
  UpdateUserAttributes: 20,
} as const;

/** An action with an hourly limit. */
export type LimitedAction = keyof typeof hourly;

/**
 * Takes one of the user's hourly permits for the action, or ends with LimitExceededException.
 * `subject` is the `sub`, or for unknown users the typed name, so that both cost and answer alike.
 */
export async function takePermit(
  cx: Cx<'LimitExceededException', 'limits'>,
  pool: PoolId,
  subject: string,
  action: LimitedAction,
): Promise<void> {
  if (!(await hasPermit(cx, pool, subject, action))) {
    cx.fail('LimitExceededException', messages.attemptLimitExceeded);
  }
}

/** As `takePermit`, for a try at a secret: what finds nothing wrong in the end gives the permit back, a success uses it up. */
export async function takePermitToTry(
  cx: Cx<'LimitExceededException', 'limits'>,
  trial: Trial,
  pool: PoolId,
  subject: string,
  action: LimitedAction,
): Promise<void> {
  await takePermit(cx, pool, subject, action);
  const { limits } = cx.stores;
  trial.stake({ giveBack: () => limits.giveBack(pool, subject, action, HOUR_MS, cx.nowMs) });
}

/** Takes a permit where there is one left, for operations that do not declare LimitExceededException. */
export async function hasPermit(
  cx: Cx<never, 'limits'>,
  pool: PoolId,
  subject: string,
  action: LimitedAction,
): Promise<boolean> {
  return cx.stores.limits.take(pool, subject, action, hourly[action], HOUR_MS, cx.nowMs);
}
