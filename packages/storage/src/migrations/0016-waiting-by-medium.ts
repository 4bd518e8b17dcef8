import type { Migration } from './migration.ts';

/** The next message that is due is found among those of its medium, however many of the other wait. */
export const waitingByMedium: Migration = {
  version: 16,
  name: 'waiting-by-medium',
  statements() {
    return [
      'DROP INDEX outbox_waiting',
      "CREATE INDEX outbox_waiting ON outbox (medium, next_attempt_at_ms) WHERE state = 'waiting'",
    ];
  },
};
