import { setTimeout as delay } from 'node:timers/promises';
import { claimJob, workOn, type JobParts } from './due-jobs.ts';
import type { SlicePace } from './slice-pace.ts';

/** How often a job that another node holds, or that rests, is looked at. */
const LOOK_EVERY_MS = 100;

/** Whoever waits for it has the machine to itself, as at the start of a server: far faster than beside others. */
const AT_ONCE: SlicePace = { rows: 2_000, pause: () => Promise.resolve() };

/**
 * Brings a job to its end before what follows, here where nobody else has it; at once where there is none. What is declared under a
 * fixed id may have been deleted a moment ago: its remains go first.
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
