import type { Migration } from './migration.ts';

/** Identities of providers that sign in users. They go with their user, whichever build deletes it: one of before does not know of them. */
export const linkedIdentities: Migration = {
  version: 21,
  name: 'linked-identities',
  statements({ text, bigint }) {
    return [
      `CREATE TABLE linked_identities (pool_id ${text} NOT NULL, provider_name ${text} NOT NULL, attribute_name ${text} NOT NULL,
        attribute_value ${text} NOT NULL, sub ${text} NOT NULL, created_at_ms ${bigint} NOT NULL,
        PRIMARY KEY (pool_id, provider_name, attribute_name, attribute_value),
        FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE)`,
      'CREATE INDEX linked_identities_by_user ON linked_identities (pool_id, sub)',
    ];
  },
};
