import {
  makePoolSecrets,
  unwrapDataKey,
  wrapDataKey,
  wrappingKeyId,
  type KeyRing,
  type PoolSecrets,
  type Random,
} from '../crypto/index.ts';
import { keyInUse } from '../domain/keys-in-use.ts';
import type { Clock } from '../ports/clock.ts';
import type { WrappedDataKey } from '../ports/stores/keys.ts';
import { PoolGoneError, type Stores } from '../ports/stores/index.ts';
import { makeOpenedKeys } from './opened-keys.ts';

/** The owner name of the data key that seals what belongs to the server rather than to a pool. */
export const SERVER_SECRETS = 'server';

/** How long a new version of a data key is used only for opening: meanwhile every node reads it, even one whose clock is slow. */
export const SEALS_AFTER_MS = 60_000;

/** Opens and creates data keys: one per pool, in versions, wrapped with the key-encryption key (security.md 4). */
export interface Vault {
  /**
   * The secrets of a pool or of the server. Throws PoolGoneError if a pool has none (any more), and an error if the wrapping key is not
   * loaded.
   */
  of(owner: string): Promise<PoolSecrets>;
  /** This vault for a transaction: what is not in memory is read through the transaction's stores, on its own connection. */
  within(stores: Pick<Stores, 'dataKeys'>): Vault;
  /** Creates the owner's first data key inside the caller's transaction. */
  create(stores: Pick<Stores, 'dataKeys'>, owner: string, nowMs: number): Promise<PoolSecrets>;
  /**
   * Creates another version of the owner's data key inside the caller's transaction; returns `false` if somebody else has created that
   * version. It can open values immediately, and seals from {@link SEALS_AFTER_MS} on.
   */
  addVersion(
    stores: Pick<Stores, 'dataKeys'>,
    owner: string,
    version: number,
    nowMs: number,
  ): Promise<boolean>;
  /**
   * Re-wraps, with the ring's first key, every data key that is still wrapped with another; returns how many. Costs little per pool,
   * changes no sealed value, and may run on several nodes at once (security.md F17).
   */
  rewrapAll(): Promise<number>;
}

function wrappingPlace(owner: string, version: number): string {
  return `data-key|${owner}|${version}`;
}

/** Opens each of these data keys, to prove that it can be opened; throws WrongKeyError for the first that this ring does not open. */
export function proveRing(ring: KeyRing, dataKeys: Iterable<WrappedDataKey>): void {
  for (const { owner, version, wrapped } of dataKeys) {
    unwrapDataKey(ring, wrappingPlace(owner, version), wrapped);
  }
}

/** A vault over the data key store. The opened keys of at most `capacity` owners stay in memory. */
export function makeVault(
  stores: Pick<Stores, 'dataKeys'>,
  parts: { readonly ring: KeyRing; readonly random: Random; readonly clock: Clock },
  capacity = 10_000,
): Vault {
  const { ring, random, clock } = parts;
  const secretsOf = makeOpenedKeys({
    clock,
    capacity,
    contentOf: ({ version, wrapped }: WrappedDataKey) => `${version} ${wrapped}`,
    open(owner, rows, nowMs) {
      const dataKeys = rows.map(({ version, wrapped }) => ({
        version,
        key: unwrapDataKey(ring, wrappingPlace(owner, version), wrapped),
      }));
      const { current, untilMs } = keyInUse(rows.toReversed(), SEALS_AFTER_MS, nowMs);
      return { value: makePoolSecrets(owner, dataKeys, current.version), untilMs };
    },
  });
  /** Creates one version of a data key; returns whether it is the one that is kept. */
  const add = async (
    { dataKeys }: Pick<Stores, 'dataKeys'>,
    {
      owner,
      version,
      key,
    }: { readonly owner: string; readonly version: number; readonly key: Buffer },
    nowMs: number,
  ) => {
    const wrapped = wrapDataKey(ring, random, wrappingPlace(owner, version), key);
    return dataKeys.createIfAbsent({ owner, version, wrapped, createdAtMs: nowMs });
  };
  const create: Vault['create'] = async (inner, owner, nowMs) => {
    const key = random.bytes(32);
    await add(inner, { owner, version: 1, key }, nowMs);
    return makePoolSecrets(owner, [{ key, version: 1 }], 1);
  };
  const addVersion: Vault['addVersion'] = (inner, owner, version, nowMs) =>
    add(inner, { owner, version, key: random.bytes(32) }, nowMs);
  const ofStore =
    ({ dataKeys }: Pick<Stores, 'dataKeys'>): Vault['of'] =>
    async (owner) => {
      const rows = await dataKeys.of(owner);
      if (rows.length > 0) return secretsOf(owner, rows);
      if (owner === SERVER_SECRETS) throw new Error('the server has no data key');
      throw new PoolGoneError(owner);
    };
  const vault: Vault = {
    of: ofStore(stores),
    within: (inner) => ({ ...vault, of: ofStore(inner) }),
    create,
    addVersion,
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
  return vault;
}
