import type { Migration } from './migration.ts';

/** The tables of the first release. */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  statements({ text, bigint, int, rowNumber, thenUserNo, clusteredByKey }) {
    const inPool = `pool_id ${text} NOT NULL REFERENCES pools (id) ON DELETE CASCADE`;
    return [
      `CREATE TABLE pools (id ${text} PRIMARY KEY, region ${text} NOT NULL, name ${text} NOT NULL,
        settings ${text} NOT NULL, allows_srp ${int} NOT NULL, created_at_ms ${bigint} NOT NULL,
        modified_at_ms ${bigint} NOT NULL)`,
      'CREATE INDEX pools_by_region ON pools (region, created_at_ms, id)',

      `CREATE TABLE clients (id ${text} PRIMARY KEY, ${inPool}, name ${text} NOT NULL, settings ${text} NOT NULL,
        secrets ${text} NOT NULL, created_at_ms ${bigint} NOT NULL, modified_at_ms ${bigint} NOT NULL)`,
      'CREATE INDEX clients_by_name ON clients (pool_id, name, id)',

      // What lists show comes first, so that the rest of a row is not even read. Indexes end with the row number rather than the random
      // `sub`: a new user then adds to the ends of their pages, and they stay small.
      `CREATE TABLE users (user_no ${rowNumber}, ${inPool}, sub ${text} NOT NULL, username ${text} NOT NULL,
        state ${text} NOT NULL, attributes ${text} NOT NULL, created_at_ms ${bigint} NOT NULL,
        modified_at_ms ${bigint} NOT NULL, names ${text} NOT NULL, failed_attempts ${int} NOT NULL,
        last_failed_at_ms ${bigint}, locked_until_ms ${bigint}, signed_out_at_ms ${bigint},
        temporary_password_expires_at_ms ${bigint}, email ${text}, phone_number ${text}, name ${text},
        given_name ${text}, family_name ${text}, preferred_username ${text}, pending_attributes ${text},
        sealed_password ${text}, sealed_srp ${text}, sealed_history ${text}, UNIQUE (pool_id, sub))`,
      `CREATE INDEX users_by_username ON users (pool_id, username${thenUserNo})`,
      `CREATE INDEX users_by_state ON users (pool_id, state${thenUserNo})`,
      ...['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'].map(
        (column) =>
          `CREATE INDEX users_by_${column} ON users (pool_id, ${column}${thenUserNo}) WHERE ${column} IS NOT NULL`,
      ),
      `CREATE TABLE sign_in_names (pool_id ${text} NOT NULL, name_key ${text} NOT NULL, sub ${text} NOT NULL,
        kind ${text} NOT NULL, PRIMARY KEY (pool_id, name_key))${clusteredByKey}`,
      // Sixteen rows per pool, so that sign-ups on several nodes seldom wait for one another.
      `CREATE TABLE user_counts (${inPool}, shard ${int} NOT NULL, users ${bigint} NOT NULL,
        PRIMARY KEY (pool_id, shard))${clusteredByKey}`,

      `CREATE TABLE user_groups (${inPool}, name ${text} NOT NULL, description ${text}, role_arn ${text},
        precedence ${bigint}, created_at_ms ${bigint} NOT NULL, modified_at_ms ${bigint} NOT NULL,
        PRIMARY KEY (pool_id, name))`,
      `CREATE TABLE group_members (pool_id ${text} NOT NULL, group_name ${text} NOT NULL, sub ${text} NOT NULL,
        joined_at_ms ${bigint} NOT NULL, PRIMARY KEY (pool_id, group_name, sub),
        FOREIGN KEY (pool_id, group_name) REFERENCES user_groups (pool_id, name) ON DELETE CASCADE)${clusteredByKey}`,
      'CREATE INDEX group_members_by_user ON group_members (pool_id, sub, group_name)',

      `CREATE TABLE codes (${inPool}, sub ${text} NOT NULL, purpose ${text} NOT NULL, attribute ${text} NOT NULL,
        row_id ${text} NOT NULL, client_id ${text} NOT NULL, mac ${text} NOT NULL, created_at_ms ${bigint} NOT NULL,
        expires_at_ms ${bigint} NOT NULL, attempts_left ${int} NOT NULL, PRIMARY KEY (pool_id, sub, purpose, attribute))`,
      'CREATE INDEX codes_by_end ON codes (expires_at_ms)',

      `CREATE TABLE token_families (id ${text} PRIMARY KEY, ${inPool}, client_id ${text} NOT NULL, sub ${text} NOT NULL,
        auth_time_ms ${bigint} NOT NULL, event_id ${text} NOT NULL, scope ${text} NOT NULL,
        expires_at_ms ${bigint} NOT NULL, revoked_at_ms ${bigint})`,
      'CREATE INDEX token_families_by_user ON token_families (pool_id, sub)',
      'CREATE INDEX token_families_by_end ON token_families (expires_at_ms)',
      `CREATE TABLE refresh_tokens (token_hash ${text} PRIMARY KEY,
        family_id ${text} NOT NULL REFERENCES token_families (id) ON DELETE CASCADE, rotated_at_ms ${bigint})${clusteredByKey}`,
      'CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id)',

      `CREATE TABLE spent_proofs (id ${text} PRIMARY KEY, expires_at_ms ${bigint} NOT NULL)${clusteredByKey}`,
      'CREATE INDEX spent_proofs_by_end ON spent_proofs (expires_at_ms)',
      `CREATE TABLE limits (pool_id ${text} NOT NULL, subject ${text} NOT NULL, action ${text} NOT NULL,
        ends_at_ms ${bigint} NOT NULL, taken ${int} NOT NULL, PRIMARY KEY (pool_id, subject, action))${clusteredByKey}`,
      'CREATE INDEX limits_by_end ON limits (ends_at_ms)',

      `CREATE TABLE data_keys (owner ${text} NOT NULL, version ${int} NOT NULL, wrapped ${text} NOT NULL,
        created_at_ms ${bigint} NOT NULL, PRIMARY KEY (owner, version))`,
      `CREATE TABLE signing_keys (${inPool}, kid ${text} NOT NULL, key_use ${text} NOT NULL,
        public_jwk ${text} NOT NULL, sealed_private ${text} NOT NULL, created_at_ms ${bigint} NOT NULL,
        PRIMARY KEY (pool_id, kid))`,
      `CREATE TABLE access_keys (id ${text} PRIMARY KEY, sealed_secret ${text} NOT NULL, pools ${text},
        enabled ${int} NOT NULL, note ${text} NOT NULL, created_at_ms ${bigint} NOT NULL)`,

      `CREATE TABLE outbox (id ${text} PRIMARY KEY, ${inPool}, medium ${text} NOT NULL, recipient ${text} NOT NULL,
        sealed_content ${text} NOT NULL, created_at_ms ${bigint} NOT NULL, expires_at_ms ${bigint} NOT NULL,
        state ${text} NOT NULL, attempts ${int} NOT NULL, next_attempt_at_ms ${bigint} NOT NULL, last_error ${text})`,
      `CREATE INDEX outbox_waiting ON outbox (next_attempt_at_ms) WHERE state = 'waiting'`,
      `CREATE INDEX outbox_done ON outbox (created_at_ms) WHERE state <> 'waiting'`,
      'CREATE INDEX outbox_by_recipient ON outbox (recipient, id)',

      // The health check writes here while writes fail.
      `CREATE TABLE write_probe (tries ${bigint} NOT NULL)`,
      'INSERT INTO write_probe (tries) VALUES (0)',
    ];
  },
};
