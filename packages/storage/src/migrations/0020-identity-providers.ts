import type { Migration } from './migration.ts';

/**
 * Identity providers with their identifiers, and the key pairs of pools for SAML. They go with their pool, whichever build deletes it: one of
 * before does not know of them.
 */
export const identityProviders: Migration = {
  version: 20,
  name: 'identity-providers',
  statements({ text, bigint }) {
    return [
      `CREATE TABLE identity_providers (pool_id ${text} NOT NULL REFERENCES pools (id) ON DELETE CASCADE,
        name ${text} NOT NULL, type ${text} NOT NULL, details ${text} NOT NULL, sealed_secrets ${text},
        attribute_mapping ${text} NOT NULL, idp_identifiers ${text} NOT NULL, acr_mapping ${text},
        created_at_ms ${bigint} NOT NULL, modified_at_ms ${bigint} NOT NULL, PRIMARY KEY (pool_id, name))`,
      `CREATE TABLE identity_provider_identifiers (pool_id ${text} NOT NULL, identifier ${text} NOT NULL,
        provider_name ${text} NOT NULL, PRIMARY KEY (pool_id, identifier),
        FOREIGN KEY (pool_id, provider_name) REFERENCES identity_providers (pool_id, name) ON DELETE CASCADE)`,
      'CREATE INDEX identifiers_by_provider ON identity_provider_identifiers (pool_id, provider_name)',
      `CREATE TABLE saml_keys (pool_id ${text} NOT NULL REFERENCES pools (id) ON DELETE CASCADE, key_use ${text} NOT NULL,
        certificate ${text} NOT NULL, sealed_private ${text} NOT NULL, created_at_ms ${bigint} NOT NULL,
        PRIMARY KEY (pool_id, key_use))`,
    ];
  },
};
