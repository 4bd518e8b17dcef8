import type { Migration } from './migration.ts';

/** What operations of their own set for a pool (the client's id is empty) or an app client, apart from their settings. */
export const poolConfigurations: Migration = {
  version: 12,
  name: 'pool-configurations',
  statements({ text, bigint }) {
    return [
      // The client comes before the kind: a deletion of either owner walks along the key.
      `CREATE TABLE pool_configurations (pool_id ${text} NOT NULL REFERENCES pools (id) ON DELETE CASCADE,
        client_id ${text} NOT NULL, kind ${text} NOT NULL, value ${text} NOT NULL, modified_at_ms ${bigint} NOT NULL,
        PRIMARY KEY (pool_id, client_id, kind))`,
    ];
  },
};
