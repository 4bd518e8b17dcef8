import type { Migration } from './migration.ts';

/**
 * How each session came about, and its last use. Null is not known: of a session of before, or one that a build of before has started.
 * Such a build notes no use either. No index holds the last use, so that noting one changes none of the session's entries in them.
 * The table keeps the name that it had first (ADR 25).
 */
export const sessionFacts: Migration = {
  version: 11,
  name: 'session-facts',
  statements({ text, bigint }) {
    const columns = [
      `proofs ${text}`,
      `origin ${text}`,
      `identity_provider ${text}`,
      `device_key ${text}`,
      `last_used_at_ms ${bigint}`,
      `sealed_last_use ${text}`,
    ];
    return columns.map((column) => `ALTER TABLE token_families ADD COLUMN ${column}`);
  },
};
