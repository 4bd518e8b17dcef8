import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { User } from '../domain/users/user.ts';
import type { OperationContext } from '../operation.ts';
import { takeSourceAttempt } from '../limits/source-attempts.ts';
import {
  limitedBySource,
  takeFromBudget,
  takeAttemptFromBudget,
  type LimitedAction,
} from '../limits/limits.ts';
import type { Trial } from '../limits/trial.ts';
import { findByName } from '../users/find-user.ts';
import { decoyFor, type Decoy } from './decoy-codes.ts';

/** The user whom a request without a token names. */
export interface Named {
  readonly user: User | undefined;
  readonly decoy: Decoy;
}

/**
 * Looks up the user named in a request for a code, or with one, in the only order that reveals nothing: first an attempt from the source's
 * budget, at last one from the hourly budget, for users and decoys alike. A request for a code needs no luck, so none of it is given back
 * on success.
 */
export async function findNamed(
  ctx: OperationContext<'LimitExceededException' | 'TooManyRequestsException', 'users' | 'limits'>,
  trial: Trial,
  {
    pool,
    client,
    username,
  }: { readonly pool: Pool; readonly client: Client; readonly username: string },
  action: Extract<
    LimitedAction,
    'ForgotPassword' | 'ResendConfirmationCode' | 'ConfirmForgotPassword' | 'ConfirmSignUp'
  >,
): Promise<Named> {
  const isTry = action === 'ConfirmForgotPassword' || action === 'ConfirmSignUp';
  takeSourceAttempt(ctx, trial, client, { onSuccess: isTry ? 'given-back' : 'kept' });
  const decoy = await decoyFor(ctx, pool, username);
  const user = await findByName(ctx, pool, username);
  const subject = await limitedBySource(ctx, client, user?.sub ?? decoy.sub);
  if (isTry) await takeAttemptFromBudget(ctx, trial, pool.id, subject, action);
  else await takeFromBudget(ctx, pool.id, subject, action);
  return { user, decoy };
}
