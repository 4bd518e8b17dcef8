import type { Migration } from './migration.ts';

/** Which run of failed attempts a user's count is in: a success, or a new password, begins another. */
export const failureRuns: Migration = {
  version: 4,
  name: 'failure-runs',
  statements({ bigint }) {
    return [`ALTER TABLE users ADD COLUMN failure_run ${bigint} NOT NULL DEFAULT 0`];
  },
};
