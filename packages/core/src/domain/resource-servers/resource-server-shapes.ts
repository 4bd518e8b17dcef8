import type { ResourceServerScopeType, ResourceServerType } from '@poolhouse/model';
import type { ResourceServer, ResourceServerScope } from './resource-server.ts';

/** The scopes of a request as they are stored, or the name that two of them have. */
export function scopesOf(
  given: readonly ResourceServerScopeType[] = [],
): readonly ResourceServerScope[] | { readonly twice: string } {
  const byName = new Map<string, ResourceServerScope>();
  for (const { ScopeName: name, ScopeDescription: description } of given) {
    if (byName.has(name)) return { twice: name };
    byName.set(name, { name, description });
  }
  return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A resource server as its operations return it, its scopes by name. Source: settings.md 4.3, 5.7 (an empty list is unsure). */
export function toResourceServerType(server: ResourceServer): ResourceServerType {
  return {
    UserPoolId: server.poolId,
    Identifier: server.identifier,
    Name: server.name,
    Scopes: server.scopes.map(({ name, description }) => ({
      ScopeName: name,
      ScopeDescription: description,
    })),
  };
}
