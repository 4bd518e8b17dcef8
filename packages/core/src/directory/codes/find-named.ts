import type { Client } from '../../domain/clients/client.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import type { User } from '../../domain/users/user.ts';
import type { Cx } from '../../operation.ts';
import { takeGuess } from '../guesses.ts';
import { limitedBySource, takePermit, takePermitToTry, type LimitedAction } from '../limits.ts';
import type { Trial } from '../trial.ts';
import { findByName } from '../users/find-user.ts';
import { standInFor, type StandIn } from './decoy-codes.ts';

/** Whom a request without a token names. */
export interface Named {
  readonly user: User | undefined;
  readonly standIn: StandIn;
}

/**
 * Looks up whom a request for a code, or with one, names, in the one order that tells nothing: first a guess of where it comes from,
 * at last a permit, for somebody and for nobody. A request for a code needs no luck, so nothing of it is given back when it succeeds.
 */
export async function findNamed(
  cx: Cx<'LimitExceededException' | 'TooManyRequestsException', 'users' | 'limits'>,
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
  takeGuess(cx, trial, client, { onSuccess: isTry ? 'given-back' : 'kept' });
  const standIn = await standInFor(cx, pool, username);
  const user = await findByName(cx, pool, username);
  const subject = await limitedBySource(cx, client, user?.sub ?? standIn.sub);
  if (isTry) await takePermitToTry(cx, trial, pool.id, subject, action);
  else await takePermit(cx, pool.id, subject, action);
  return { user, standIn };
}
