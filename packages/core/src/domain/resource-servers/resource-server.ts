import type { PoolId } from '../ids.ts';

/** A scope of a resource server. */
export interface ResourceServerScope {
  readonly name: string;
  readonly description: string;
}

/** An API that applications get tokens for, as it is stored. Its scopes are `identifier/name`. */
export interface ResourceServer {
  readonly poolId: PoolId;
  readonly identifier: string;
  readonly name: string;
  /** By name. */
  readonly scopes: readonly ResourceServerScope[];
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}

/** A custom scope in its parts; `undefined` if it has no slash. Only identifiers have slashes. Source: API model, ResourceServerScopeNameType. */
export function customScope(
  scope: string,
): { readonly identifier: string; readonly name: string } | undefined {
  const slash = scope.lastIndexOf('/');
  return slash < 0
    ? undefined
    : { identifier: scope.slice(0, slash), name: scope.slice(slash + 1) };
}
