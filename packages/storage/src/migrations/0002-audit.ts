import type { Migration } from './migration.ts';

/** The audit trail and the daily metrics. */
export const audit: Migration = {
  version: 2,
  name: 'audit',
  statements({ text, bigint, int, clusteredByKey }) {
    return [
      // No reference to pools: the trail outlives the pools that it describes.
      `CREATE TABLE audit (number ${bigint} PRIMARY KEY, at_ms ${bigint} NOT NULL, actor ${text} NOT NULL,
        actor_kind ${text} NOT NULL, source ${text}, operation ${text} NOT NULL, pool_id ${text},
        changes ${text} NOT NULL, previous_hash ${text} NOT NULL, hash ${text} NOT NULL)`,
      'CREATE INDEX audit_by_pool ON audit (pool_id, number)',
      'CREATE INDEX audit_by_actor ON audit (actor, number)',
      'CREATE INDEX audit_by_operation ON audit (operation, number)',
      // A single row, so that two transactions that append lock it one after the other.
      `CREATE TABLE audit_head (id ${int} PRIMARY KEY, number ${bigint} NOT NULL, hash ${text} NOT NULL)`,
      `INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '')`,
      `CREATE TABLE day_figures (pool_id ${text} NOT NULL REFERENCES pools (id) ON DELETE CASCADE, day ${text} NOT NULL,
        kind ${text} NOT NULL, count ${bigint} NOT NULL, PRIMARY KEY (pool_id, day, kind))${clusteredByKey}`,
    ];
  },
};
