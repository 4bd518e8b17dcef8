import type { Migration } from './migration.ts';

/** Users' devices. They go with their user, whichever build deletes it: one of before does not know of them. */
export const devices: Migration = {
  version: 17,
  name: 'devices',
  statements({ text, bigint, int }) {
    return [
      `CREATE TABLE devices (pool_id ${text} NOT NULL, device_key ${text} NOT NULL, sub ${text} NOT NULL, name ${text},
        remembered ${int} NOT NULL, sealed_verifier ${text} NOT NULL, created_at_ms ${bigint} NOT NULL,
        modified_at_ms ${bigint} NOT NULL, authenticated_at_ms ${bigint} NOT NULL, sealed_last_use ${text},
        PRIMARY KEY (pool_id, device_key),
        FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE)`,
      'CREATE INDEX devices_by_user ON devices (pool_id, sub, created_at_ms, device_key)',
    ];
  },
};
