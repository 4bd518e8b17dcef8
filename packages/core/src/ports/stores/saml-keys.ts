import type { PoolId } from '../../domain/ids.ts';

/** What a key pair for SAML is for: the pool signs its requests with one, and providers encrypt for the other. */
export type SamlKeyUse = 'signing' | 'encryption';

/** A pool's key pair for SAML; the private key is sealed. */
export interface SamlKey {
  readonly poolId: PoolId;
  readonly use: SamlKeyUse;
  /** Base64 of the DER form. */
  readonly certificate: string;
  readonly sealedPrivate: string;
  readonly createdAtMs: number;
}

/** Key pairs for SAML, at most one for each use in a pool. */
export interface SamlKeyStore {
  createIfAbsent(key: SamlKey): Promise<boolean>;
  get(poolId: PoolId, use: SamlKeyUse): Promise<SamlKey | undefined>;
  /** Replaces the sealed private key with the same key, re-sealed. */
  reseal(poolId: PoolId, use: SamlKeyUse, sealedPrivate: string): Promise<boolean>;
}
