import type { Migration } from './migration.ts';

/** Numbers the runs of failed attempts of a user: a success, or a new password, starts another run. */
export const failureRuns: Migration = {
  version: 4,
  name: 'failure-runs',
  statements({ bigint }) {
    return [`ALTER TABLE users ADD COLUMN failure_run ${bigint} NOT NULL DEFAULT 0`];
  },
};
