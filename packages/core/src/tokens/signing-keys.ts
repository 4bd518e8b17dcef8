import {
  generateSigningKey,
  importPrivateKey,
  publicKeyFromJwk,
  sealedPlaces,
  type PoolSecrets,
  type Random,
  type signJwt,
} from '../crypto/index.ts';
import { keyInUse } from '../domain/keys-in-use.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoredSigningKey } from '../ports/stores/keys.ts';
import type { Stores } from '../ports/stores/index.ts';
import { makeOpenedKeys, type Opened } from '../vault/opened-keys.ts';
import type { Vault } from '../vault/vault.ts';

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
}

/**
 * How long a new signing key is published before its first use: twice as long as others may keep a key set (discovery), so that
 * whoever checks tokens has it by then.
 */
export const PUBLISHED_BEFORE_USE_MS = 600_000;

const uses = ['id', 'access'] as const;

function open(
  oldestFirst: readonly StoredSigningKey[],
  secrets: PoolSecrets,
  nowMs: number,
): Opened<PoolSigningKeys> {
  const inUse = (use: StoredSigningKey['use']) => {
    const keys = oldestFirst.filter((key) => key.use === use);
    return keyInUse(keys, PUBLISHED_BEFORE_USE_MS, nowMs);
  };
  const signer = ({ kid, sealedPrivate }: StoredSigningKey): TokenSigner => ({
    kid,
    privateKey: importPrivateKey(secrets.open(sealedPlaces.signingKey(kid), sealedPrivate)),
  });
  const [id, access] = [inUse('id'), inUse('access')];
  const jwks = oldestFirst.map((key) => JSON.parse(key.publicJwk) as PublicJwk);
  const publicKeys = new Map(jwks.map((jwk) => [jwk.kid, publicKeyFromJwk(jwk)]));
  return {
    value: { id: signer(id.current), access: signer(access.current), publicKeys, jwks },
    untilMs: Math.min(id.untilMs, access.untilMs),
  };
}

/** Signing keys over their store; opened keys stay in memory, at most `capacity` pools' of them. */
export function makeSigningKeys(
  stores: Pick<Stores, 'signingKeys'>,
  parts: { readonly vault: Vault; readonly random: Random; readonly clock: Clock },
  capacity = 1_000,
): SigningKeys {
  const { vault, random, clock } = parts;
  const opened = makeOpenedKeys({
    clock,
    capacity,
    contentOf: ({ kid, use, sealedPrivate }: StoredSigningKey) => `${kid} ${use} ${sealedPrivate}`,
    open: async (owner, rows, nowMs) => open(rows, await vault.of(owner), nowMs),
  });
  return {
    async of(poolId) {
      const rows = await stores.signingKeys.of(poolId);
      return rows.length === 0 ? undefined : opened(poolId, rows);
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
          sealedPrivate: secrets.seal(random, sealedPlaces.signingKey(kid), privatePkcs8),
          createdAtMs: nowMs,
        });
      }
    },
  };
}
