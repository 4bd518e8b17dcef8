import { reservedProblem } from '../domain/attributes/attribute-change.ts';
import { writableAttributes } from '../domain/clients/attribute-permissions.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';
import type { SignedIn } from '../tokens/authenticate.ts';

/**
 * Refuses the whole request if it contains attributes that no user may write, or that this app client may not write. Source: behaviour.md
 * 5.2; security.md A01, A03, A05.
 */
export function requireWritable(
  ctx: TransactionContext<'InvalidParameterException' | 'NotAuthorizedException', never>,
  { pool, client }: Pick<SignedIn, 'pool' | 'client'>,
  names: readonly string[],
): void {
  const reserved = reservedProblem(names);
  if (reserved !== undefined) ctx.fail('InvalidParameterException', reserved);
  if (!names.every(writableAttributes(pool, client))) {
    ctx.fail('NotAuthorizedException', messages.unauthorizedAttribute);
  }
}
