import type { PoolId } from '../../domain/ids.ts';
import type { IdentityProvider } from '../../domain/providers/identity-provider.ts';
import type { Page } from './page.ts';

/** An identifier that another provider of the pool has. */
export interface IdentifierTaken {
  readonly identifierTaken: string;
}

/** The secrets of a provider. */
export type ProviderSecrets = Pick<IdentityProvider, 'name'> &
  Required<Pick<IdentityProvider, 'sealedSecrets'>>;

/** Identity providers of pools, by name, and by identifiers that each belong to one of them. */
export interface IdentityProviderStore {
  /** Adds the provider with its identifiers, unless its name or one of those is taken in the pool, or the pool has `most` of them. */
  add(
    provider: IdentityProvider,
    most: number,
  ): Promise<'added' | 'taken' | 'full' | IdentifierTaken>;
  get(poolId: PoolId, name: string): Promise<IdentityProvider | undefined>;
  byIdentifier(poolId: PoolId, identifier: string): Promise<IdentityProvider | undefined>;
  /** Applies `change` to the current record under a lock; `undefined` if there is none. The name and the type stay. */
  change(
    poolId: PoolId,
    name: string,
    change: (current: IdentityProvider) => IdentityProvider,
  ): Promise<IdentityProvider | IdentifierTaken | undefined>;
  delete(poolId: PoolId, name: string): Promise<boolean>;
  /** Providers of a pool by name. */
  list(poolId: PoolId, limit: number, after?: string): Promise<Page<IdentityProvider, string>>;
  /**
   * Replaces the secrets of the pool's next `limit` providers, by name, with what the pure function `reseal` returns for them; returns where
   * to continue, or `undefined` if nothing is left to do. Nothing else about a provider changes.
   */
  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (provider: ProviderSecrets) => ProviderSecrets,
  ): Promise<string | undefined>;
}
