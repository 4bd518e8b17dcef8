import { setTimeout as delay } from 'node:timers/promises';
import { claimJob, workOn, type JobParts } from './due-jobs.ts';
import type { SlicePace } from './slice-pace.ts';

/** How often to look at a job that another node holds, or that rests. */
const LOOK_EVERY_MS = 100;

/** Whoever waits for it has the machine to itself, as when a server starts, so it can be far faster than beside requests. */
const AT_ONCE: SlicePace = { rows: 2_000, pause: () => Promise.resolve() };

/**
 * Finishes a job before something that depends on it, here unless another node has it; returns at once if there is none. A declared fixed
 * id may have been deleted a moment ago: what is left of it has to go first.
 */
export async function finishJob(parts: JobParts, id: string): Promise<void> {
  const { jobs } = parts.storage.stores;
  let told = false;
  for (;;) {
    const found = await jobs.get(id);
    if (found === undefined) return;
    if (!told) parts.world.log.info('job.awaited', { kind: found.kind, pool: found.poolId });
    told = true;
    const job = await claimJob(parts, id);
    if (job === undefined) await delay(LOOK_EVERY_MS);
    else await workOn(parts, job, new AbortController().signal, AT_ONCE);
  }
}
