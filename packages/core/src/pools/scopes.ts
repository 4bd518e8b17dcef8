import type { ResourceServerScopeType } from '@poolhouse/model';
import type { PoolId } from '../domain/ids.ts';
import {
  customScope,
  type ResourceServerScope,
} from '../domain/resource-servers/resource-server.ts';
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

/** Those of the scopes that the pool's resource servers have. */
export async function existingScopes(
  ctx: TransactionContext<never, 'resourceServers'>,
  poolId: PoolId,
  asked: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  const byIdentifier = Map.groupBy(
    asked.filter((scope) => scope.includes('/')),
    (scope) => customScope(scope)?.identifier ?? '',
  );
  const existing = new Set<string>();
  for (const [identifier, scopes] of byIdentifier) {
    const server = await ctx.stores.resourceServers.get(poolId, identifier);
    const names = new Set(server?.scopes.map(({ name }) => name));
    for (const scope of scopes) {
      if (names.has(customScope(scope)?.name ?? '')) existing.add(scope);
    }
  }
  return existing;
}
