import type { Migration } from './migration.ts';

/**
 * Names that users yield to others, and which pools have the new name keys (ADR 10). The server computes the keys, because SQL cannot fold
 * like that.
 */
export const nameKeys: Migration = {
  version: 5,
  name: 'name-keys',
  // An older build writes names with other keys. If one came back, people whom it created could not be found once it is gone again.
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
