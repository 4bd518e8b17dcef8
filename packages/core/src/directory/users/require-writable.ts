import { reservedProblem } from '../../domain/attributes/attribute-change.ts';
import { writableAttributes } from '../../domain/attributes/attribute-permissions.ts';
import { messages } from '../../domain/texts.ts';
import type { Cx } from '../../operation.ts';
import type { SignedIn } from '../../tokens/authenticate.ts';

/**
 * Refuses attributes that no user writes, then those that this app client may not write; the whole request, whatever
 * else is in it. Source: behaviour.md 5.2; security.md A01, A03, A05.
 */
export function requireWritable(
  cx: Cx<'InvalidParameterException' | 'NotAuthorizedException', never>,
  { pool, client }: Pick<SignedIn, 'pool' | 'client'>,
  names: readonly string[],
): void {
  const reserved = reservedProblem(names);
  if (reserved !== undefined) cx.fail('InvalidParameterException', reserved);
  if (!names.every(writableAttributes(pool, client))) {
    cx.fail('NotAuthorizedException', messages.unauthorizedAttribute);
  }
}
