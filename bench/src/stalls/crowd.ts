/** The group of all of them. */
export const GROUP = 'all';

/** Statements that fill a pool with people who have each signed in once, far faster than the product could be asked to. */
export function crowdOf(
  isSqlite: boolean,
  {
    pool,
    client,
    people,
  }: { readonly pool: string; readonly client: string; readonly people: number },
): readonly string[] {
  // In no order, so that neighbours in one index are none in another.
  const random = isSqlite
    ? 'lower(hex(randomblob(16)))'
    : "replace(gen_random_uuid()::text, '-', '')";
  const numbers = isSqlite
    ? `WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${people})`
    : `WITH series(n) AS (SELECT generate_series(1, ${people}))`;
  const sealed = (length: number) => `'v1.1.${'s'.repeat(length)}'`;
  const uuid = `substr(r, 1, 8) || '-' || substr(r, 9, 4) || '-4' || substr(r, 14, 3) || '-a' || substr(r, 18, 3) || '-' || substr(r, 21, 12)`;
  return [
    `CREATE TABLE crowd AS ${numbers} SELECT n, ${random} AS r, ${random} AS q FROM series`,
    `INSERT INTO users (pool_id, sub, username, state, attributes, created_at_ms, modified_at_ms, names, failed_attempts, email,
      given_name, family_name, sealed_password, sealed_srp)
      SELECT '${pool}', ${uuid}, 'person-' || substr(q, 1, 6) || n, 'CONFIRMED+',
      '{"email":"u' || substr(q, 7, 6) || n || '@example.com","email_verified":"true","given_name":"Ada","family_name":"Lovelace"}',
      1700000000000 + n, 1700000000000 + n,
      '["uperson-' || substr(q, 1, 6) || n || '","eu' || substr(q, 7, 6) || n || '@example.com"]', 0, 'u' || substr(q, 7, 6) || n || '@example.com', 'ada', 'lovelace',
      ${sealed(160)}, ${sealed(700)} FROM crowd ORDER BY n`,
    `INSERT INTO sign_in_names (pool_id, name_key, sub, kind)
      SELECT '${pool}', 'person-' || substr(q, 1, 6) || n, ${uuid}, 'username' FROM crowd`,
    `INSERT INTO sign_in_names (pool_id, name_key, sub, kind)
      SELECT '${pool}', 'u' || substr(q, 7, 6) || n || '@example.com', ${uuid}, 'email' FROM crowd`,
    `INSERT INTO user_groups (pool_id, name, created_at_ms, modified_at_ms) VALUES ('${pool}', '${GROUP}', 1700000000000, 1700000000000)`,
    `INSERT INTO group_members (pool_id, group_name, sub, joined_at_ms)
      SELECT '${pool}', '${GROUP}', ${uuid}, 1700000000000 FROM crowd`,
    `INSERT INTO token_families (id, pool_id, client_id, sub, auth_time_ms, event_id, scope, expires_at_ms)
      SELECT 'f' || r, '${pool}', '${client}', ${uuid}, 1700000000000, q, 'aws.cognito.signin.user.admin', 4000000000000
      FROM crowd`,
    `INSERT INTO refresh_tokens (token_hash, family_id) SELECT q, 'f' || r FROM crowd`,
    'DROP TABLE crowd',
  ];
}
