import type { ChangeableClientSettings } from '../domain/clients/client-settings.ts';
import type { ClientSettingsRequest } from '../domain/clients/client-checks.ts';
import type { PoolId } from '../domain/ids.ts';
import { OWN_USERS } from '../domain/providers/identity-provider.ts';
import { customScope } from '../domain/resource-servers/resource-server.ts';
import type { TransactionContext } from '../operation.ts';

/** The stores of what app clients name. */
export type NamedByClient = 'resourceServers' | 'identityProviders';

/** Which of the scopes and providers that an app client's settings name the pool has. */
export async function namedByClient(
  ctx: TransactionContext<never, NamedByClient>,
  poolId: PoolId,
  { AllowedOAuthScopes, SupportedIdentityProviders }: ChangeableClientSettings,
): Promise<Pick<ClientSettingsRequest, 'existingScopes' | 'existingProviders'>> {
  return {
    existingScopes: await existingScopes(ctx, poolId, AllowedOAuthScopes),
    existingProviders: await existingProviders(ctx, poolId, SupportedIdentityProviders),
  };
}

async function existingProviders(
  ctx: TransactionContext<never, 'identityProviders'>,
  poolId: PoolId,
  asked: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  const existing = new Set<string>();
  for (const name of new Set(asked)) {
    if (name === OWN_USERS) continue;
    // The first one that is unknown is refused, so none after it matters.
    if ((await ctx.stores.identityProviders.get(poolId, name)) === undefined) break;
    existing.add(name);
  }
  return existing;
}

async function existingScopes(
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
