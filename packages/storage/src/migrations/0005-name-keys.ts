import type { Migration } from './migration.ts';

/** Names that users yield to others, and which pools' names have their keys (ADR 10). The keys are made by the server: no SQL folds like it. */
export const nameKeys: Migration = {
  version: 5,
  name: 'name-keys',
  // A build before writes names under other keys. Where one came back, people it took in would not be found once it has gone again.
  needs: 5,
  statements({ text, bigint }) {
    return [
      `ALTER TABLE users ADD COLUMN yielded_names ${text}`,
      'CREATE INDEX users_yielding ON users (pool_id, sub) WHERE yielded_names IS NOT NULL',
      `ALTER TABLE pools ADD COLUMN names_keyed_at_ms ${bigint}`,
      `ALTER TABLE pools ADD COLUMN names_keyed_to ${text}`,
    ];
  },
};
