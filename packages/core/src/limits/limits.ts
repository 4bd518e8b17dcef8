import { macText } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import type { PoolId } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';
import { strangerOf } from './stranger.ts';
import type { Trial } from './trial.ts';

const HOUR_MS = 3_600_000;

/** Actions that are limited per user, with the number per hour. Source: behaviour.md 9. */
const hourly = {
  ConfirmForgotPassword: 20,
  ForgotPassword: 20,
  ResendConfirmationCode: 5,
  ConfirmSignUp: 15,
  ChangePassword: 5,
  GetUserAttributeVerificationCode: 5,
  VerifyUserAttribute: 15,
  // Ours: the service states none, but every change of an address sends a message to whomever the user likes. So it counts only the user:
  // it bounds what one account can do to others, and only that user's tokens can use it up.
  UpdateUserAttributes: 20,
} as const;

/** An action with an hourly limit. */
export type LimitedAction = keyof typeof hourly;

/**
 * The subject of a limit that strangers can use up: the user together with the source of the request, so that nobody locks out the owner,
 * who uses another source (findings D7). More sources have more tries, but not at one code, and not with more codes: see `takeMessage` for
 * the chances. Back ends ask for all users from one source, so there the subject is only the user. For an unknown user, `sub` is the
 * decoy's, so that both cost and answer alike, and what was typed is stored nowhere.
 */
export async function limitedBySource(
  ctx: TransactionContext<never, never>,
  client: Client,
  sub: string,
): Promise<string> {
  const source = strangerOf(ctx.caller, client);
  if (source === undefined) return sub;
  const key = (await ctx.secretsOf(client.poolId)).subkey('limits');
  return `${sub}.${macText(key, source)}`;
}

/**
 * Takes one from the action's hourly budget, or ends with LimitExceededException. `subject` is whom the limit counts: see {@link
 * limitedBySource}.
 */
export async function takeFromBudget(
  ctx: TransactionContext<'LimitExceededException', 'limits'>,
  pool: PoolId,
  subject: string,
  action: LimitedAction,
): Promise<void> {
  if (!(await tryTakeFromBudget(ctx, pool, subject, action))) {
    ctx.fail('LimitExceededException', messages.attemptLimitExceeded);
  }
}

/** Like `takeFromBudget`, for an attempt at a secret: it is given back unless something is found wrong, and a success uses it up. */
export async function takeAttemptFromBudget(
  ctx: TransactionContext<'LimitExceededException', 'limits'>,
  trial: Trial,
  pool: PoolId,
  subject: string,
  action: LimitedAction,
): Promise<void> {
  if (!(await tryTakeAttemptFromBudget(ctx, trial, pool, subject, action))) {
    ctx.fail('LimitExceededException', messages.attemptLimitExceeded);
  }
}

/** Like `takeAttemptFromBudget`, but takes nothing if nothing is left, for operations that do not declare LimitExceededException. */
export async function tryTakeAttemptFromBudget(
  ctx: TransactionContext<never, 'limits'>,
  trial: Trial,
  pool: PoolId,
  subject: string,
  action: LimitedAction,
): Promise<boolean> {
  if (!(await tryTakeFromBudget(ctx, pool, subject, action))) return false;
  const { limits } = ctx.stores;
  trial.stake({ giveBack: () => limits.giveBack(pool, subject, action, HOUR_MS, ctx.nowMs) });
  return true;
}

/** Takes one from the budget if any is left; returns whether it did. */
export async function tryTakeFromBudget(
  ctx: TransactionContext<never, 'limits'>,
  pool: PoolId,
  subject: string,
  action: LimitedAction,
): Promise<boolean> {
  return ctx.stores.limits.take(pool, subject, action, hourly[action], HOUR_MS, ctx.nowMs);
}

/**
 * Takes one of the wrong answers to a challenge that a user may give per hour, or ends with TooManyRequestsException, because sign-in
 * declares no LimitExceededException. Only a wrong answer uses it up.
 */
export async function takeAnswerFromBudget(
  ctx: TransactionContext<'TooManyRequestsException', 'limits'>,
  trial: Trial,
  pool: PoolId,
  subject: string,
  { name, wrongAnHour }: { readonly name: string; readonly wrongAnHour: number },
): Promise<void> {
  const { limits } = ctx.stores;
  if (!(await limits.take(pool, subject, name, wrongAnHour, HOUR_MS, ctx.nowMs))) {
    ctx.fail('TooManyRequestsException', messages.attemptLimitExceeded);
  }
  trial.stake({
    backOnSuccess: true,
    giveBack: () => limits.giveBack(pool, subject, name, HOUR_MS, ctx.nowMs),
  });
}
