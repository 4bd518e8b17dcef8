import type { Migration } from './migration.ts';

/** What users did. It goes with them, whichever build deletes them: one of before does not know of it. */
export const authEvents: Migration = {
  version: 22,
  name: 'auth-events',
  statements({ text, bigint }) {
    return [
      `CREATE TABLE auth_events (pool_id ${text} NOT NULL, event_id ${text} NOT NULL, sub ${text} NOT NULL,
        kind ${text} NOT NULL, at_ms ${bigint} NOT NULL, client_id ${text} NOT NULL, result ${text} NOT NULL,
        challenges ${text} NOT NULL, sealed_context ${text} NOT NULL, feedback ${text},
        PRIMARY KEY (pool_id, event_id),
        FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE)`,
      'CREATE INDEX auth_events_by_user ON auth_events (pool_id, sub, at_ms, event_id)',
      'CREATE INDEX auth_events_by_age ON auth_events (at_ms)',
    ];
  },
};
