import { JOB_LEASE_MS, runSlice } from '../jobs/run-slice.ts';
import type { Harness } from './harness.ts';

/** Does all jobs to their end, as the server's workers do beside the requests; answers how many slices it took. */
export async function finishJobs({ storage, world, advance }: Harness): Promise<number> {
  const { jobs } = storage.stores;
  let slices = 0;
  for (;;) {
    const dueAtMs = await jobs.nextDueAtMs();
    if (dueAtMs === undefined) return slices;
    advance(Math.max(0, dueAtMs - world.clock.nowMs()));
    const nowMs = world.clock.nowMs();
    let job = await jobs.claim({ nowMs, leaseMs: JOB_LEASE_MS, lease: `test ${slices}` });
    while (job !== undefined) {
      const outcome = await runSlice({ storage, world }, job, nowMs);
      slices += 1;
      job = outcome.kind === 'more' ? outcome.job : undefined;
    }
  }
}
