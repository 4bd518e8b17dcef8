import type { PoolId } from '../../domain/ids.ts';
import type { LinkedIdentity, ProviderIdentity } from '../../domain/providers/linked-identity.ts';
import type { UserRef } from './users.ts';

/** Identities of providers that sign in users of a pool; each signs in one of them. */
export interface LinkedIdentityStore {
  /** Adds the identity to the user, unless it is linked already, or the user has `most` of them or is gone. */
  add(identity: LinkedIdentity, most: number): Promise<'added' | 'taken' | 'full' | 'user-missing'>;
  get(poolId: PoolId, identity: ProviderIdentity): Promise<LinkedIdentity | undefined>;
  /** Removes the identity from the user. */
  delete(ref: UserRef, identity: ProviderIdentity): Promise<boolean>;
}
