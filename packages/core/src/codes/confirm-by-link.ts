import type { OperationContext } from '../operation.ts';
import { PoolGoneError } from '../ports/stores/index.ts';
import { onTrial } from '../limits/trial.ts';
import { findClient } from '../pools/require.ts';
import { confirmUser } from './confirm-user.ts';

/** What the confirmation page says. `expired` includes used links; for clients that hide users, also confirmed users. */
export type LinkOutcome = 'confirmed' | 'already-confirmed' | 'invalid' | 'expired' | 'alias-taken';

/**
 * Confirms a sign-up by the link in a mail, with exactly the steps of ConfirmSignUp, whose decoded input are the link's values. Like it,
 * throws LimitExceededException, TooManyRequestsException and UnexpectedLambdaException. Source: behaviour.md 5.3, link form.
 */
export async function confirmByLink(
  ctx: OperationContext<
    'LimitExceededException' | 'TooManyRequestsException' | 'UnexpectedLambdaException',
    'pools' | 'clients' | 'users' | 'codes' | 'limits'
  >,
  { clientId, username, code }: Readonly<Record<'clientId' | 'username' | 'code', string>>,
): Promise<LinkOutcome> {
  const found = await findClient(ctx, clientId);
  if (found === undefined) return 'invalid';
  const request = { ...found, username, code, forceAlias: false };
  const outcome = await onTrial(ctx, (trial) => confirmUser(ctx, trial, request)).catch(
    (error: unknown) => {
      // The pool was deleted while the link was being checked.
      if (error instanceof PoolGoneError) return { kind: 'no-user' } as const;
      throw error;
    },
  );
  switch (outcome.kind) {
    case 'confirmed':
    case 'alias-taken':
      return outcome.kind;
    case 'settled':
      return 'already-confirmed';
    case 'expired-code':
      return 'expired';
    default:
      return 'invalid';
  }
}
