import type { Migration } from './migration.ts';

/** Resource servers and their scopes. They go with their pool, whichever build deletes it: one of before does not know of them. */
export const resourceServers: Migration = {
  version: 18,
  name: 'resource-servers',
  statements({ text, bigint }) {
    return [
      `CREATE TABLE resource_servers (pool_id ${text} NOT NULL REFERENCES pools (id) ON DELETE CASCADE,
        identifier ${text} NOT NULL, name ${text} NOT NULL, scopes ${text} NOT NULL, created_at_ms ${bigint} NOT NULL,
        modified_at_ms ${bigint} NOT NULL, PRIMARY KEY (pool_id, identifier))`,
    ];
  },
};
