import type { Clock } from '@poolhouse/core';
import { OwnLeases } from '@poolhouse/storage/testing';
import { makeRunner, type Runner } from '../jobs/runner.ts';
import type { Work } from '../jobs/work.ts';

/** A runner for one kind of work. */
export function runnerOf(
  work: Work,
  clock: Clock = { nowMs: () => Date.now() },
  leases = new OwnLeases(),
): Runner<'work'> {
  return makeRunner({ stores: { leases }, clock }, { work });
}
