import { endsOfKeys } from '../domain/keys-in-use.ts';
import type { PoolId } from '../domain/ids.ts';
import { auditedWork } from '../execute.ts';
import type { StoredSigningKey } from '../ports/stores/keys.ts';
import type { Storage, Stores } from '../ports/stores/index.ts';
import { PUBLISHED_BEFORE_USE_MS } from '../tokens/signing-keys.ts';
import type { World } from '../world.ts';

/** What a rotation works with. */
export interface RotationParts {
  readonly storage: Storage;
  readonly world: Pick<World, 'clock' | 'random' | 'vault' | 'signingKeys'>;
}

/** What became of a rotation of signing keys; times are UTC milliseconds. */
export type SigningKeyRotation =
  | {
      readonly kind: 'rotated';
      readonly signFromMs: number;
      /** When the keys before them go; absent where they are gone. */
      readonly formerGoAtMs?: number;
    }
  /** The newest keys do not sign yet: there is nothing to rotate. */
  | { readonly kind: 'pending'; readonly signFromMs: number };

/** The longest that a token is valid (24 hours: API model, AccessTokenValidity), and an hour for clocks that are behind. */
const LONGEST_TOKEN_MS = 25 * 3_600_000;

/**
 * Gives a pool two new signing keys. They are published at once and sign once whoever checks tokens has them; the ones before stay
 * published until their last token has ended. `atOnce`, for keys that somebody else knows: the new ones sign from now on, and the ones
 * before are gone, with every ID and access token that they have signed; refresh tokens stay good. Throws PoolGoneError without the pool.
 */
export async function rotateSigningKeys(
  { storage, world }: RotationParts,
  poolId: PoolId,
  { atOnce }: { readonly atOnce: boolean },
): Promise<SigningKeyRotation> {
  const secrets = await world.vault.of(poolId);
  const keys = await world.signingKeys.generate();
  const work = { actor: 'command line', operation: 'rotate signing-keys', poolId };
  return auditedWork(storage, world, work).transaction(async (stores) => {
    await stores.pools.keep(poolId);
    const former = await stores.signingKeys.of(poolId);
    const newestMs = Math.max(...former.map(({ createdAtMs }) => createdAtMs));
    // Younger than the ones before, also where the clock was set back.
    const nowMs = Math.max(world.clock.nowMs(), newestMs + 1);
    const pendingMs = newestMs + PUBLISHED_BEFORE_USE_MS;
    if (!atOnce && former.length > USES && nowMs < pendingMs) {
      return { kind: 'pending', signFromMs: pendingMs };
    }
    await world.signingKeys.store(stores, poolId, secrets, keys, nowMs);
    if (atOnce) {
      for (const { kid } of former) await stores.signingKeys.delete(poolId, kid);
      return { kind: 'rotated', signFromMs: nowMs };
    }
    const ends = endsOf(await stores.signingKeys.of(poolId));
    const [next = nowMs] = ends.map(({ endsAtMs }) => endsAtMs);
    await stores.jobs.add({
      id: `retire-signing-keys ${poolId}`,
      kind: 'retire-signing-keys',
      poolId,
      subject: '',
      cursor: '',
      dueAtMs: next,
      createdAtMs: nowMs,
    });
    return {
      kind: 'rotated',
      signFromMs: nowMs + PUBLISHED_BEFORE_USE_MS,
      formerGoAtMs: Math.max(...ends.map(({ endsAtMs }) => endsAtMs)),
    };
  });
}

/** Removes the keys of a pool whose last token has ended; answers when the next one goes, or `undefined` when none waits. */
export async function retireSigningKeys(
  { signingKeys }: Pick<Stores, 'signingKeys'>,
  poolId: PoolId,
  nowMs: number,
): Promise<number | undefined> {
  for (const { key, endsAtMs } of endsOf(await signingKeys.of(poolId))) {
    if (nowMs < endsAtMs) return endsAtMs;
    await signingKeys.delete(poolId, key.kid);
  }
  return undefined;
}

/** How many keys a pool has at a time: one for each use. */
const USES = 2;

/** The keys that have been replaced, or will be once their successors sign; those that go first come first. */
function endsOf(oldestFirst: readonly StoredSigningKey[]) {
  const of = (use: StoredSigningKey['use']) =>
    endsOfKeys(
      oldestFirst.filter((key) => key.use === use),
      PUBLISHED_BEFORE_USE_MS,
      LONGEST_TOKEN_MS,
    );
  return [...of('id'), ...of('access')].toSorted((a, b) => a.endsAtMs - b.endsAtMs);
}
