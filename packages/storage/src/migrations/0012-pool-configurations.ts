import type { Migration } from './migration.ts';

/** Settings that have operations of their own, for a pool (then the client's id is empty) or an app client. */
export const poolConfigurations: Migration = {
  version: 12,
  name: 'pool-configurations',
  statements({ text, bigint }) {
    return [
      // The client comes before the kind, so that the deletion of either owner walks along the key.
      `CREATE TABLE pool_configurations (pool_id ${text} NOT NULL REFERENCES pools (id) ON DELETE CASCADE,
        client_id ${text} NOT NULL, kind ${text} NOT NULL, value ${text} NOT NULL, modified_at_ms ${bigint} NOT NULL,
        PRIMARY KEY (pool_id, client_id, kind))`,
    ];
  },
};
