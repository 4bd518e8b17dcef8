import type { Migration } from './migration.ts';

/**
 * How each session came about, and its last use. Null means unknown: the session is from before, or was started by an older build, which
 * also records no use. No index contains the last use, so recording one changes none of the session's index entries. The table keeps its
 * first name (ADR 25).
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
