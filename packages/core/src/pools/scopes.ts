import type { ResourceServerScopeType } from '@poolhouse/model';
import type { ResourceServerScope } from '../domain/resource-servers/resource-server.ts';
import { scopesOf } from '../domain/resource-servers/resource-server-shapes.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';

/** A request's scopes, each of another name. */
export function requireScopes(
  ctx: TransactionContext<'InvalidParameterException', never>,
  given: readonly ResourceServerScopeType[] | undefined,
): readonly ResourceServerScope[] {
  const scopes = scopesOf(given);
  return 'twice' in scopes
    ? ctx.fail('InvalidParameterException', messages.scopeTwice(scopes.twice))
    : scopes;
}
