import {
  makePoolSecrets,
  unwrapDataKey,
  wrapDataKey,
  wrappingKeyId,
  type KeyRing,
  type PoolSecrets,
  type Random,
} from '../crypto/index.ts';
import type { Stores } from '../ports/stores/index.ts';

/** The owner name of the data key that seals what belongs to the server and not to a pool. */
export const SERVER_SECRETS = 'server';

/** Opens and makes data keys: one per pool, wrapped by the key-encryption key (security.md 4). */
export interface Vault {
  /** The secrets of a pool or of the server. Throws when the owner has none or the wrapping key is not loaded. */
  of(owner: string): Promise<PoolSecrets>;
  /** Makes the owner's first data key inside the caller's transaction. */
  create(stores: Pick<Stores, 'dataKeys'>, owner: string, nowMs: number): Promise<PoolSecrets>;
  /** Forgets what is cached of an owner, after its deletion. */
  forget(owner: string): void;
  /**
   * Wraps anew, under the ring's first key, every data key that is still wrapped under another; answers how many. Costs a
   * little per pool, changes no sealed value, and may run on several nodes at once (security.md F17).
   */
  rewrapAll(): Promise<number>;
}

function wrappingPlace(owner: string, version: number): string {
  return `data-key|${owner}|${version}`;
}

/** A vault over the data key store; opened keys stay in memory, at most `capacity` of them. */
export function makeVault(
  stores: Pick<Stores, 'dataKeys'>,
  ring: KeyRing,
  random: Random,
  capacity = 10_000,
): Vault {
  const opened = new Map<string, PoolSecrets>();
  const remember = (owner: string, secrets: PoolSecrets): PoolSecrets => {
    if (opened.size >= capacity) {
      const oldest = opened.keys().next();
      if (!oldest.done) opened.delete(oldest.value);
    }
    opened.set(owner, secrets);
    return secrets;
  };
  return {
    async of(owner) {
      const known = opened.get(owner);
      if (known !== undefined) return known;
      const [newest] = await stores.dataKeys.of(owner);
      if (newest === undefined) throw new Error(`no data key for ${owner}`);
      const place = wrappingPlace(owner, newest.version);
      const key = unwrapDataKey(ring, place, newest.wrapped);
      return remember(owner, makePoolSecrets(owner, key, newest.version));
    },
    async create(inner, owner, nowMs) {
      const key = random.bytes(32);
      const wrapped = wrapDataKey(ring, random, wrappingPlace(owner, 1), key);
      await inner.dataKeys.createIfAbsent({ owner, version: 1, wrapped, createdAtMs: nowMs });
      return makePoolSecrets(owner, key, 1);
    },
    forget: (owner) => void opened.delete(owner),
    async rewrapAll() {
      let count = 0;
      let after: readonly [string, number] | undefined;
      for (;;) {
        const page = await stores.dataKeys.list(100, after);
        for (const { owner, version, wrapped } of page) {
          if (wrappingKeyId(wrapped) === ring.currentId) continue;
          const place = wrappingPlace(owner, version);
          const anew = wrapDataKey(ring, random, place, unwrapDataKey(ring, place, wrapped));
          if (await stores.dataKeys.rewrap(owner, version, anew)) count += 1;
        }
        const last = page.at(-1);
        if (last === undefined) return count;
        after = [last.owner, last.version];
      }
    },
  };
}
