import type { UserRef } from '@poolhouse/core';
import type { Sql, SqlValue } from '../../sql/sql.ts';

/** A table that has rows of a deleted pool, app client or user. */
interface Remains {
  readonly table: string;
  /** What identifies a row: the primary key, entirely or after the pool's id. */
  readonly key: string;
  /** The order in which rows are removed. An index must provide it: sorting would look at all of them for each slice. */
  readonly order: string | undefined;
}

/** Ordered so that nothing comes back: users are removed before their names, memberships and codes. */
const ofPool: readonly Remains[] = [
  { table: 'token_families', key: 'id', order: 'sub' },
  // Otherwise a slice of users would remove up to a hundred times as many of these.
  { table: 'devices', key: 'device_key', order: 'sub, created_at_ms, device_key' },
  {
    table: 'linked_identities',
    key: 'provider_name, attribute_name, attribute_value',
    order: 'provider_name, attribute_name, attribute_value',
  },
  { table: 'passkeys', key: 'credential_id', order: 'sub, created_at_ms, credential_id' },
  { table: 'auth_events', key: 'event_id', order: 'sub, at_ms, event_id' },
  // In order of arrival, because their rows lie side by side.
  { table: 'users', key: 'sub', order: 'state, user_no' },
  { table: 'sign_in_names', key: 'name_key', order: 'name_key' },
  { table: 'group_members', key: 'group_name, sub', order: 'group_name, sub' },
  { table: 'codes', key: 'sub, purpose, attribute', order: 'sub, purpose, attribute' },
  { table: 'outbox', key: 'id', order: undefined },
  { table: 'limits', key: 'subject, action', order: 'subject, action' },
  { table: 'user_groups', key: 'name', order: 'name' },
  { table: 'day_figures', key: 'day, kind', order: 'day, kind' },
  { table: 'pool_configurations', key: 'client_id, kind', order: 'client_id, kind' },
  { table: 'resource_servers', key: 'identifier', order: 'identifier' },
  // Before the import, with which all of them would go at once.
  {
    table: 'import_parts',
    key: 'import_id, upload, part_no',
    order: 'import_id, upload, part_no',
  },
  { table: 'import_log', key: 'import_id, line', order: 'import_id, line' },
  { table: 'user_imports', key: 'id', order: 'created_at_ms, id' },
  { table: 'identity_providers', key: 'name', order: 'name' },
  { table: 'clients', key: 'id', order: 'name, id' },
];

const ofClient: readonly Remains[] = [
  { table: 'pool_configurations', key: 'client_id, kind', order: 'kind' },
  { table: 'token_families', key: 'id', order: undefined },
  { table: 'codes', key: 'sub, purpose, attribute', order: undefined },
];

/** Only what a user may have thousands of. */
const ofUser: readonly Remains[] = [{ table: 'token_families', key: 'id', order: undefined }];

/** Removes at most `limit` rows of a deleted pool, in the caller's transaction; returns whether there may be more. */
export function removeRemainsOfPool(tx: Sql, pool: string, limit: number): Promise<boolean> {
  return removeSome(tx, ofPool, { where: 'pool_id = ?', params: [pool] }, limit);
}

/** The same for a deleted app client: its configurations, tokens and codes. */
export function removeRemainsOfClient(
  tx: Sql,
  params: readonly [pool: string, client: string],
  limit: number,
): Promise<boolean> {
  return removeSome(tx, ofClient, { where: 'pool_id = ? AND client_id = ?', params }, limit);
}

/** The same for a deleted user: the tokens. */
export function removeRemainsOfUser(
  tx: Sql,
  { poolId, sub }: UserRef,
  limit: number,
): Promise<boolean> {
  const owner = { where: 'pool_id = ? AND sub = ?', params: [poolId, sub] } as const;
  return removeSome(tx, ofUser, owner, limit);
}

async function removeSome(
  tx: Sql,
  all: readonly Remains[],
  {
    where,
    params,
  }: { readonly where: string; readonly params: readonly [pool: string, ...rest: string[]] },
  limit: number,
): Promise<boolean> {
  let left = limit;
  for (const { table, key, order } of all) {
    const chosen = `SELECT ${key} FROM ${table} WHERE ${where}${order === undefined ? '' : ` ORDER BY ${order}`} LIMIT ?`;
    if (table === 'token_families') {
      left -= await removeTokens(tx, chosen, [...params, left], left);
    }
    if (left > 0) {
      // If the key identifies the row alone, adding the pool's id would make the planner walk all rows of the pool.
      const inPool = key === 'id' && table !== 'user_imports' ? '' : 'pool_id = ? AND ';
      left -= await tx.run(`DELETE FROM ${table} WHERE ${inPool}(${key}) IN (${chosen})`, [
        ...(inPool === '' ? [] : [params[0]]),
        ...params,
        left,
      ]);
    }
    if (left <= 0) return true;
  }
  return false;
}

/**
 * Removes at most `limit` refresh tokens of the sessions whose ids `chosen` selects; returns how many. A session may have thousands, which
 * would otherwise all be removed at once with its row.
 */
export function removeTokens(
  tx: Sql,
  chosen: string,
  params: readonly SqlValue[],
  limit: number,
): Promise<number> {
  return tx.run(
    `DELETE FROM refresh_tokens WHERE token_hash IN (SELECT t.token_hash FROM (${chosen}) f
      CROSS JOIN refresh_tokens t WHERE t.family_id = f.id LIMIT ?)`,
    [...params, limit],
  );
}
