import { decodeInput } from '@poolhouse/model';
import type { OperationContext } from '../operation.ts';
import { clientId } from '../domain/ids.ts';
import { PoolGoneError } from '../ports/stores/index.ts';
import { onTrial } from '../limits/trial.ts';
import { confirmUser } from './confirm-user.ts';

/** What the confirmation page tells. `expired` covers links used up; clients that hide users say it for confirmed ones too. */
export type LinkOutcome = 'confirmed' | 'already-confirmed' | 'invalid' | 'expired' | 'alias-taken';

/**
 * Confirms a sign-up by the link of a mail, by the very steps of ConfirmSignUp. Takes the query as it came: whatever
 * ConfirmSignUp would not accept is `invalid`. Throws LimitExceededException,
 * TooManyRequestsException and UnexpectedLambdaException like it. Source: behaviour.md 5.3, link form.
 */
export async function confirmByLink(
  ctx: OperationContext<
    'LimitExceededException' | 'TooManyRequestsException' | 'UnexpectedLambdaException',
    'pools' | 'clients' | 'users' | 'codes' | 'limits'
  >,
  link: { readonly clientId: string; readonly username: string; readonly code: string },
): Promise<LinkOutcome> {
  const decoded = decodeInput('ConfirmSignUp', {
    ClientId: link.clientId,
    Username: link.username,
    ConfirmationCode: link.code,
  });
  if (!decoded.ok) return 'invalid';
  const { ClientId, Username, ConfirmationCode } = decoded.input;
  const client = await ctx.stores.clients.get(clientId(ClientId));
  const pool = client && (await ctx.stores.pools.get(client.poolId));
  if (client === undefined || pool === undefined) return 'invalid';
  const request = { pool, client, username: Username, code: ConfirmationCode, forceAlias: false };
  const outcome = await onTrial(ctx, (trial) => confirmUser(ctx, trial, request)).catch(
    (error: unknown) => {
      // The pool went while the link was looked at.
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
