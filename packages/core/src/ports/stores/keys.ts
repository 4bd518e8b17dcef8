import type { PoolId } from '../../domain/ids.ts';

/** A data key as stored: wrapped with a key-encryption key. `owner` is a pool id, or `server`. */
export interface WrappedDataKey {
  readonly owner: string;
  readonly version: number;
  readonly wrapped: string;
  readonly createdAtMs: number;
}

/** Data keys, wrapped. Reads may be at most one second old across nodes, even inside a transaction. */
export interface DataKeyStore {
  /** Inserts the key unless that version exists. */
  createIfAbsent(key: WrappedDataKey): Promise<boolean>;
  /** All versions, newest first. */
  of(owner: string): Promise<readonly WrappedDataKey[]>;
  /** Replaces the wrapping of one version, to re-wrap it with a new key-encryption key. */
  rewrap(owner: string, version: number, wrapped: string): Promise<boolean>;
  /** Every key, for re-wrapping: `after` is the last item's `[owner, version]`. */
  list(limit: number, after?: readonly [string, number]): Promise<readonly WrappedDataKey[]>;
}

/** A pool's token signing key; the private key is sealed. */
export interface StoredSigningKey {
  readonly poolId: PoolId;
  /** `id` signs ID tokens, `access` access tokens (behaviour.md 7.1: the two differ). */
  readonly use: 'id' | 'access';
  readonly kid: string;
  /** JSON of the public JWK. */
  readonly publicJwk: string;
  readonly sealedPrivate: string;
  readonly createdAtMs: number;
}

/** Token signing keys of pools. Reads may be at most one second old across nodes. */
export interface SigningKeyStore {
  createIfAbsent(key: StoredSigningKey): Promise<boolean>;
  /** All keys of a pool, oldest first. */
  of(poolId: PoolId): Promise<readonly StoredSigningKey[]>;
  /** Replaces a key's sealed private key with the same key, re-sealed. */
  reseal(poolId: PoolId, kid: string, sealedPrivate: string): Promise<boolean>;
  delete(poolId: PoolId, kid: string): Promise<boolean>;
}

/** An access key that signs `iam` requests. */
export interface AccessKey {
  readonly id: string;
  /** The secret, sealed with the server's data key. */
  readonly sealedSecret: string;
  /** Pools that the key may act on; `undefined` means all. */
  readonly pools?: readonly string[];
  readonly enabled: boolean;
  readonly note: string;
  readonly createdAtMs: number;
}

/** Access keys of this server. Reads may be at most one second old across nodes. */
export interface AccessKeyStore {
  createIfAbsent(key: AccessKey): Promise<boolean>;
  get(id: string): Promise<AccessKey | undefined>;
  list(): Promise<readonly AccessKey[]>;
  setEnabled(id: string, enabled: boolean): Promise<boolean>;
  /** Replaces the sealed secret with the same secret, re-sealed. */
  reseal(id: string, sealedSecret: string): Promise<boolean>;
}
