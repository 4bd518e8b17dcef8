import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';
import type { IdentifierTaken } from '../ports/stores/identity-providers.ts';

/** Refuses an identifier that another provider of the pool has. Source: federation-triggers.md 1.2, 7. */
export function requireOtherIdentifier(
  ctx: TransactionContext<'InvalidParameterException', never>,
  { identifierTaken }: IdentifierTaken,
): never {
  return ctx.fail('InvalidParameterException', messages.identifierTaken(identifierTaken));
}
