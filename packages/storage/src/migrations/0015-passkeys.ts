import type { Migration } from './migration.ts';

/**
 * Users' passkeys. A credential's id belongs to one user of a pool. They go with their user, whichever build deletes it: one of before does
 * not know of them.
 */
export const passkeys: Migration = {
  version: 15,
  name: 'passkeys',
  statements({ text, bigint, int }) {
    return [
      `CREATE TABLE passkeys (pool_id ${text} NOT NULL, credential_id ${text} NOT NULL, sub ${text} NOT NULL,
        public_key ${text} NOT NULL, mac ${text} NOT NULL, sign_count ${bigint} NOT NULL, transports ${text} NOT NULL,
        attachment ${text}, aaguid ${text} NOT NULL, backup_eligible ${int} NOT NULL, backed_up ${int} NOT NULL,
        friendly_name ${text} NOT NULL, relying_party_id ${text} NOT NULL, created_at_ms ${bigint} NOT NULL,
        last_used_at_ms ${bigint}, PRIMARY KEY (pool_id, credential_id),
        FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE)`,
      'CREATE INDEX passkeys_by_user ON passkeys (pool_id, sub, created_at_ms, credential_id)',
    ];
  },
};
