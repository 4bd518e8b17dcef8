import { deletionOfGroup } from '@poolhouse/core';
import type { Group, GroupStore, ListedUser, Page, PoolId, Sub, UserRef } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { addDeletion, awaitSlice } from './jobs.ts';
import { lockPool, inLivePool, keepPool } from './records/live-records.ts';
import { pageOf } from './records/page-of.ts';
import { lastText } from './records/search-text.ts';
import { listedColumns } from './users/user-list.ts';
import type { ListedRow } from './users/user-list.ts';
import { listedUsers } from './users/user-row.ts';

const { member, optional, table } = recordsOf<Group>();

const groups = table('user_groups', {
  pool_id: member('poolId'),
  name: member('name'),
  description: optional('description'),
  role_arn: optional('roleArn'),
  precedence: optional('precedence'),
  created_at_ms: member('createdAtMs'),
  modified_at_ms: member('modifiedAtMs'),
});
const changeable = groups.only('description', 'role_arn', 'precedence', 'modified_at_ms');
const groupAnew = groups.only(
  'description',
  'role_arn',
  'precedence',
  'created_at_ms',
  'modified_at_ms',
);

type GroupRow = RowOf<typeof groups>;

const groupColumns = groups.select('g');
const selectByName = `SELECT ${groups.select()}, generation FROM user_groups
  WHERE pool_id = ? AND name = ? AND deleted_at_ms IS NULL`;
// CROSS JOIN fixes the join order: memberships first.
const fromMemberships = `FROM group_members m CROSS JOIN user_groups g
  WHERE m.pool_id = ? AND m.sub = ? AND g.pool_id = m.pool_id AND g.name = m.group_name
  AND g.generation = m.generation AND g.deleted_at_ms IS NULL`;
const lockUser = `SELECT u.sub FROM users u WHERE u.pool_id = ? AND u.sub = ? ${inLivePool('u.pool_id')}`;
/** Source: GroupStore.ofUser; more groups would not fit into a token. */
const maxGroupsOfUser = 100;

/** Recreates a group that is being deleted, with none of its earlier members. */
const anew = `DO UPDATE SET generation = user_groups.generation + 1, deleted_at_ms = NULL, ${groupAnew.setInserted}
  WHERE user_groups.deleted_at_ms IS NOT NULL`;
/** A group with more members than this is deleted in slices. */
const AT_ONCE = 100;

interface GenerationRow {
  readonly generation: number;
  readonly deleted_at_ms: number | null;
}

/** Groups and memberships in SQL. */
export class SqlGroups implements GroupStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async createIfAbsent(group: Group): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      await keepPool(tx, group.poolId);
      const inserted = await tx.run(
        `${groups.insert} ON CONFLICT (pool_id, name) ${anew}`,
        groups.values(group),
      );
      return inserted === 1;
    });
  }

  async get(poolId: PoolId, name: string): Promise<Group | undefined> {
    const row = await this.#sql.one<GroupRow>(selectByName, [poolId, name]);
    return row && groups.record(row);
  }

  async change(
    poolId: PoolId,
    name: string,
    change: (current: Group) => Group,
  ): Promise<Group | undefined> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<GroupRow>(selectByName + tx.dialect.forUpdate, [poolId, name]);
      if (row === undefined) return undefined;
      const current = groups.record(row);
      const group: Group = { ...change(current), poolId, name, createdAtMs: current.createdAtMs };
      await tx.run(`UPDATE user_groups SET ${changeable.set} WHERE pool_id = ? AND name = ?`, [
        ...changeable.values(group),
        poolId,
        name,
      ]);
      return group;
    });
  }

  async delete(poolId: PoolId, name: string, nowMs: number): Promise<boolean> {
    const id = deletionOfGroup(poolId, name);
    return this.#sql.transaction(async (tx) => {
      await awaitSlice(tx, id);
      const found = await tx.one(selectByName + tx.dialect.forUpdateKey, [poolId, name]);
      if (found === undefined) return false;
      const many = await tx.one(
        'SELECT sub FROM group_members WHERE pool_id = ? AND group_name = ? LIMIT 1 OFFSET ?',
        [poolId, name, AT_ONCE],
      );
      if (many === undefined) {
        await tx.run('DELETE FROM user_groups WHERE pool_id = ? AND name = ?', [poolId, name]);
        return true;
      }
      await tx.run('UPDATE user_groups SET deleted_at_ms = ? WHERE pool_id = ? AND name = ?', [
        nowMs,
        poolId,
        name,
      ]);
      await addDeletion(tx, { id, kind: 'delete-group', poolId, subject: name }, nowMs);
      return true;
    });
  }

  carryOutDeletion(
    poolId: PoolId,
    name: string,
    limit: number,
    after: string,
  ): Promise<string | undefined> {
    return this.#sql.transaction(async (tx) => {
      // The slices of a pool's deletion remove memberships too, in another order.
      if (!(await lockPool(tx, poolId))) return undefined;
      const group = await tx.one<GenerationRow>(
        `SELECT generation, deleted_at_ms FROM user_groups WHERE pool_id = ? AND name = ?${tx.dialect.forUpdate}`,
        [poolId, name],
      );
      if (group === undefined) return undefined;
      const [end]: readonly { readonly sub: string }[] = await tx.all(
        'SELECT sub FROM group_members WHERE pool_id = ? AND group_name = ? AND sub > ? ORDER BY sub LIMIT 1 OFFSET ?',
        [poolId, name, after, limit - 1],
      );
      // A group that was made again has members of its own besides the earlier ones.
      const isDeleted = group.deleted_at_ms !== null;
      await tx.run(
        `DELETE FROM group_members WHERE pool_id = ? AND group_name = ? AND sub > ? AND sub <= ?${isDeleted ? '' : ' AND generation <> ?'}`,
        [poolId, name, after, end?.sub ?? lastText, ...(isDeleted ? [] : [group.generation])],
      );
      if (end === undefined && isDeleted) {
        await tx.run('DELETE FROM user_groups WHERE pool_id = ? AND name = ?', [poolId, name]);
      }
      return end?.sub;
    });
  }

  async count(poolId: PoolId): Promise<number> {
    const row = await this.#sql.one<{ readonly found: number }>(
      'SELECT count(*) AS found FROM user_groups WHERE pool_id = ? AND deleted_at_ms IS NULL',
      [poolId],
    );
    return row?.found ?? 0;
  }

  async list(poolId: PoolId, limit: number, after?: string): Promise<Page<Group, string>> {
    const rows = await this.#sql.all<GroupRow>(
      `SELECT ${groups.select()} FROM user_groups WHERE pool_id = ? AND name > ? AND deleted_at_ms IS NULL
        ORDER BY name LIMIT ?`,
      [poolId, after ?? '', limit + 1],
    );
    return pageOf(rows, limit, groups.record, (row) => row.name);
  }

  async addMember(
    { poolId, sub }: UserRef,
    group: string,
    nowMs: number,
  ): Promise<'added' | 'missing'> {
    return this.#sql.transaction(async (tx) => {
      const found = await tx.one<GenerationRow>(selectByName + tx.dialect.forKeyShare, [
        poolId,
        group,
      ]);
      if (found === undefined) return 'missing';
      // Either the user's deletion waits for us and then finds this membership, or we find no user.
      const user = await tx.one(lockUser + tx.dialect.forKeyShare, [poolId, sub]);
      if (user === undefined) return 'missing';
      await tx.run(
        `INSERT INTO group_members (pool_id, group_name, sub, joined_at_ms, generation) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (pool_id, group_name, sub) DO UPDATE SET joined_at_ms = excluded.joined_at_ms,
          generation = excluded.generation WHERE group_members.generation <> excluded.generation`,
        [poolId, group, sub, nowMs, found.generation],
      );
      return 'added';
    });
  }

  async removeMember({ poolId, sub }: UserRef, group: string): Promise<void> {
    await this.#sql.run(
      'DELETE FROM group_members WHERE pool_id = ? AND group_name = ? AND sub = ?',
      [poolId, group, sub],
    );
  }

  async ofUser(poolId: PoolId, sub: Sub): Promise<readonly Group[]> {
    const rows = await this.#sql.all<GroupRow>(
      `SELECT ${groupColumns} ${fromMemberships}
        ORDER BY CASE WHEN g.precedence IS NULL THEN 1 ELSE 0 END, g.precedence, g.name LIMIT ${maxGroupsOfUser}`,
      [poolId, sub],
    );
    return rows.map(groups.record);
  }

  async listOfUser(
    { poolId, sub }: UserRef,
    limit: number,
    after?: string,
  ): Promise<Page<Group, string>> {
    const rows = await this.#sql.all<GroupRow>(
      `SELECT ${groupColumns} ${fromMemberships} AND m.group_name > ? ORDER BY m.group_name LIMIT ?`,
      [poolId, sub, after ?? '', limit + 1],
    );
    return pageOf(rows, limit, groups.record, (row) => row.name);
  }

  async members(
    poolId: PoolId,
    group: string,
    limit: number,
    after?: string,
  ): Promise<Page<ListedUser, string>> {
    const found = await this.#sql.one<GenerationRow>(selectByName, [poolId, group]);
    if (found === undefined) return { items: [] };
    const { generation } = found;
    // Later generations have an index of their own, so that a million earlier members are not walked through.
    const rows = await this.#sql.all<ListedRow>(
      `SELECT ${listedColumns} FROM group_members m CROSS JOIN users u
        WHERE m.pool_id = ? AND m.group_name = ? AND m.generation = ?${generation === 0 ? '' : ' AND m.generation > 0'}
        AND m.sub > ? AND u.pool_id = m.pool_id AND u.sub = m.sub ORDER BY m.sub LIMIT ?`,
      [poolId, group, generation, after ?? '', limit + 1],
    );
    return pageOf(rows, limit, listedUsers.record, (row) => row.sub);
  }
}
