import type { Migration } from './migration.ts';

/**
 * The next message that is due is found among those of its medium, however many of the other wait. The index that does not tell media apart
 * stays, because steps only expand.
 */
export const waitingByMedium: Migration = {
  version: 16,
  name: 'waiting-by-medium',
  statements() {
    return [
      "CREATE INDEX outbox_waiting_by_medium ON outbox (medium, next_attempt_at_ms) WHERE state = 'waiting'",
    ];
  },
};
