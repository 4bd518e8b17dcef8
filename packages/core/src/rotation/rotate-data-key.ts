import type { PoolId } from '../domain/ids.ts';
import { SEALS_AFTER_MS, SERVER_SECRETS } from '../vault/vault.ts';
import { auditedWork } from '../execute.ts';
import type { JobKind } from '../ports/stores/jobs.ts';
import { PoolGoneError } from '../ports/stores/index.ts';
import type { RotationParts } from './rotate-signing-keys.ts';

/** What became of a rotation of a data key; times are UTC milliseconds. */
export type DataKeyRotation =
  | { readonly kind: 'rotated'; readonly version: number; readonly sealsFromMs: number }
  /** What the key before has sealed is still being sealed anew: there is nothing to rotate. */
  | { readonly kind: 'pending' };

/** How far the clocks of nodes may differ, and how long a request may seal with what it has read before. */
const LAGGING_MS = 60_000;

/**
 * Gives a pool, or the server (`owner` is {@link SERVER_SECRETS}), another data key. It seals once every node knows it; then a job seals
 * anew what the ones before have sealed. Those stay, for the sub-keys and for messages on their way. Throws PoolGoneError without the pool.
 */
export async function rotateDataKey(
  { storage, world }: RotationParts,
  owner: PoolId | typeof SERVER_SECRETS,
): Promise<DataKeyRotation> {
  const poolId = owner === SERVER_SECRETS ? undefined : owner;
  const work = { actor: 'command line', operation: 'rotate data-key', poolId };
  return auditedWork(storage, world, work).transaction(async (stores): Promise<DataKeyRotation> => {
    const nowMs = world.clock.nowMs();
    if (poolId !== undefined) await stores.pools.keep(poolId);
    const [newest] = await stores.dataKeys.of(owner);
    if (newest === undefined) throw new PoolGoneError(owner);
    const kind: JobKind = poolId === undefined ? 'reseal-server' : 'reseal-pool';
    const id = `${kind} ${owner}`;
    // After the key: each read sees what is committed by then, and whoever made that key added its job along with it.
    if ((await stores.jobs.get(id)) !== undefined) return { kind: 'pending' };
    const version = newest.version + 1;
    if (!(await world.vault.addVersion(stores, owner, version, nowMs))) return { kind: 'pending' };
    const sealsFromMs = nowMs + SEALS_AFTER_MS;
    await stores.jobs.add({
      id,
      kind,
      ...(poolId !== undefined && { poolId }),
      subject: String(version),
      cursor: '',
      // Not before the last node seals with it: what was sealed behind the job's back would stay as it is.
      dueAtMs: sealsFromMs + LAGGING_MS,
      createdAtMs: nowMs,
    });
    return { kind: 'rotated', version, sealsFromMs };
  });
}
