import {
  generateSigningKey,
  importPrivateKey,
  publicKeyFromJwk,
  type PoolSecrets,
  type Random,
  type signJwt,
} from '../crypto/index.ts';
import type { PoolId } from '../domain/ids.ts';
import type { StoredSigningKey } from '../ports/stores/keys.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { Vault } from '../directory/vault.ts';

/** A private key that signs tokens, with its id. */
export type TokenSigner = Parameters<typeof signJwt>[0];

/** What a key set shows of a signing key. Source: RFC 7517. */
export type PublicJwk = Awaited<ReturnType<typeof generateSigningKey>>['publicJwk'];

/** The keys of one pool, ready for use. */
export interface PoolSigningKeys {
  readonly id: TokenSigner;
  readonly access: TokenSigner;
  /** For checking our own tokens. */
  readonly publicKeys: ReadonlyMap<string, ReturnType<typeof publicKeyFromJwk>>;
  /** The key set as served at `jwks.json`. */
  readonly jwks: readonly PublicJwk[];
}

/** Two keys just made, not yet stored. */
export type FreshSigningKeys = Readonly<
  Record<StoredSigningKey['use'], Awaited<ReturnType<typeof generateSigningKey>>>
>;

/** Token signing keys: two per pool, one for ID tokens and one for access tokens (behaviour.md 7.1). */
export interface SigningKeys {
  /** `undefined` when the pool does not exist. */
  of(poolId: PoolId): Promise<PoolSigningKeys | undefined>;
  /** Makes both keys; takes some 0.2 s off the main thread, so never inside a transaction. */
  generate(): Promise<FreshSigningKeys>;
  /** Keeps keys just made, inside the caller's transaction. */
  store(
    stores: Pick<Stores, 'signingKeys'>,
    poolId: PoolId,
    secrets: PoolSecrets,
    keys: FreshSigningKeys,
    nowMs: number,
  ): Promise<void>;
  /** Forgets what is cached of a pool, after its deletion. */
  forget(poolId: PoolId): void;
}

const uses = ['id', 'access'] as const;
const placeOf = (kid: string) => ({ table: 'signing_keys', row: kid, column: 'private' });

async function open(
  stored: readonly StoredSigningKey[],
  secrets: PoolSecrets,
): Promise<PoolSigningKeys | undefined> {
  const newestFirst = stored.toReversed();
  const signer = (use: StoredSigningKey['use']): TokenSigner | undefined => {
    const key = newestFirst.find((candidate) => candidate.use === use);
    if (key === undefined) return undefined;
    const pkcs8 = secrets.open(placeOf(key.kid), key.sealedPrivate);
    return { kid: key.kid, privateKey: importPrivateKey(pkcs8) };
  };
  const [id, access] = [signer('id'), signer('access')];
  if (id === undefined || access === undefined) return undefined;
  const jwks = stored.map((key) => JSON.parse(key.publicJwk) as PublicJwk);
  const publicKeys = new Map(jwks.map((jwk) => [jwk.kid, publicKeyFromJwk(jwk)]));
  return { id, access, publicKeys, jwks };
}

/** Signing keys over their store; opened keys stay in memory, at most `capacity` pools' of them. */
export function makeSigningKeys(
  stores: Pick<Stores, 'signingKeys'>,
  vault: Vault,
  random: Random,
  capacity = 1_000,
): SigningKeys {
  const opened = new Map<PoolId, PoolSigningKeys>();
  return {
    async of(poolId) {
      const known = opened.get(poolId);
      if (known !== undefined) return known;
      const stored = await stores.signingKeys.of(poolId);
      if (stored.length === 0) return undefined;
      const keys = await open(stored, await vault.of(poolId));
      if (keys === undefined) return undefined;
      if (opened.size >= capacity) {
        const oldest = opened.keys().next();
        if (!oldest.done) opened.delete(oldest.value);
      }
      opened.set(poolId, keys);
      return keys;
    },
    async generate() {
      const [id, access] = await Promise.all(uses.map(() => generateSigningKey()));
      if (id === undefined || access === undefined) throw new Error('no keys were made');
      return { id, access };
    },
    async store(inner, poolId, secrets, keys, nowMs) {
      for (const use of uses) {
        const { kid, publicJwk, privatePkcs8 } = keys[use];
        await inner.signingKeys.createIfAbsent({
          poolId,
          use,
          kid,
          publicJwk: JSON.stringify(publicJwk),
          sealedPrivate: secrets.seal(random, placeOf(kid), privatePkcs8),
          createdAtMs: nowMs,
        });
      }
    },
    forget: (poolId) => void opened.delete(poolId),
  };
}
