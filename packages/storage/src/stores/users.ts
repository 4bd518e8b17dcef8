import { deletionOfUser } from '@poolhouse/core';
import type {
  DeletionStep,
  PasswordAttempt,
  PoolId,
  SignInNameKind,
  User,
  UserChange,
  UserFilter,
  UserOrder,
  UserRef,
  UserSecrets,
  UserStore,
} from '@poolhouse/core';
import type { Sql } from '../sql/sql.ts';
import { claimNames, replaceNames } from './users/claimed-names.ts';
import { createFree } from './users/create-all.ts';
import { addDeletion } from './jobs.ts';
import { lockPool, inLivePool, keepPool } from './records/live-records.ts';
import { clearAttempts, giveBackAttempt, noteSignIn, takeAttempt } from './password-attempts.ts';
import { removeRemainsOfUser } from './records/remains.ts';
import { listUsers } from './users/user-list.ts';
import { usersInOrder } from './users/user-order.ts';
import { userColumns, users, userUpdate } from './users/user-row.ts';
import { resealUsers } from './users/reseal-users.ts';
import type { UserRow } from './users/user-row.ts';
import { nextStretch } from './users/user-walk.ts';

const selectBySub = `SELECT ${userColumns} FROM users u WHERE u.pool_id = ? AND u.sub = ?
  ${inLivePool('u.pool_id')}`;
const named = 'SELECT sub FROM sign_in_names WHERE pool_id = ? AND name_key = ?';
// If no user has the name, some user's row is read all the same, so that the timing does not tell (security.md B09).
const selectByName = `SELECT ${userColumns}, (${named}) AS named_sub FROM users u
  WHERE u.pool_id = ? AND u.sub = COALESCE((${named}), (SELECT sub FROM users WHERE pool_id = ? ORDER BY sub LIMIT 1))
  ${inLivePool('u.pool_id')}`;
const addToCount = `INSERT INTO user_counts (pool_id, shard, users) VALUES (?, ?, ?)
  ON CONFLICT (pool_id, shard) DO UPDATE SET users = user_counts.users + excluded.users`;

/** Tokens and sessions that are removed at once with their user; some users may have a hundred thousand. */
const REMAINS_AT_ONCE = 200;

type NamedRow = UserRow & {
  /** The user whom the name finds; null if there is none. */
  readonly named_sub: string | null;
};

/** Users in SQL. */
export class SqlUsers implements UserStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async create(
    user: User,
  ): Promise<{ kind: 'created' } | { kind: 'name-taken'; nameKind: SignInNameKind }> {
    return this.#sql.transaction(async (tx) => {
      const { poolId, sub } = user;
      await keepPool(tx, poolId);
      const nameKind = await claimNames(tx, { poolId, sub }, user.names);
      if (nameKind !== undefined) return { kind: 'name-taken', nameKind };
      await tx.run(users.insert, users.values(user));
      await tx.run(addToCount, [poolId, shardOf(sub), 1]);
      return { kind: 'created' };
    });
  }

  async createAll(
    poolId: PoolId,
    all: readonly User[],
  ): Promise<readonly (SignInNameKind | undefined)[]> {
    return this.#sql.transaction(async (tx) => {
      await keepPool(tx, poolId);
      const created = await createFree(tx, all);
      const counts = new Map<number, number>();
      for (const sub of created) {
        const shard = shardOf(sub);
        counts.set(shard, (counts.get(shard) ?? 0) + 1);
      }
      for (const [shard, count] of [...counts].sort(([one], [other]) => one - other)) {
        await tx.run(addToCount, [poolId, shard, count]);
      }
      const taken: (SignInNameKind | undefined)[] = [];
      // Whoever wanted a name that another of them wanted is told apart only in their order.
      const others = new SqlUsers(tx);
      for (const user of all) {
        if (created.has(user.sub)) taken.push(undefined);
        else {
          const outcome = await others.create(user);
          taken.push(outcome.kind === 'created' ? undefined : outcome.nameKind);
        }
      }
      return taken;
    });
  }

  async bySub({ poolId, sub }: UserRef): Promise<User | undefined> {
    const row = await this.#sql.one<UserRow>(selectBySub, [poolId, sub]);
    return row && users.record(row);
  }

  async lockForUpdate({ poolId, sub }: UserRef): Promise<User | undefined> {
    const row = await this.#sql.one<UserRow>(selectBySub + this.#sql.dialect.forUpdate, [
      poolId,
      sub,
    ]);
    return row && users.record(row);
  }

  async byName(poolId: PoolId, key: string): Promise<User | undefined> {
    // No stored name contains this character, and PostgreSQL would refuse the query.
    if (key.includes('\0')) return undefined;
    const params = [poolId, key, poolId, poolId, key, poolId];
    const row = await this.#sql.one<NamedRow>(selectByName, params);
    const user = row && users.record(row);
    return row?.named_sub === user?.sub ? user : undefined;
  }

  async change<Refusal = never>(
    { poolId, sub }: UserRef,
    change: (current: User) => User | { readonly refusal: Refusal },
  ): Promise<UserChange<Refusal>> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<UserRow>(selectBySub + tx.dialect.forUpdate, [poolId, sub]);
      if (row === undefined) return { kind: 'missing' };
      const before = users.record(row);
      const after = change(before);
      if ('refusal' in after) return { kind: 'refused', refusal: after.refusal };
      const user: User = { ...after, poolId, sub, createdAtMs: before.createdAtMs };
      const nameKind = await replaceNames(tx, { poolId, sub }, before.names, user.names);
      if (nameKind !== undefined) return { kind: 'name-taken', nameKind };
      const { text, params } = userUpdate(before, user);
      await tx.run(text, params);
      return { kind: 'changed', user };
    });
  }

  async delete(ref: UserRef, nowMs: number): Promise<boolean> {
    const { poolId, sub } = ref;
    return this.#sql.transaction(async (tx) => {
      const key = [poolId, sub];
      const row = await tx.one<UserRow>(selectBySub + tx.dialect.forUpdate, key);
      if (row === undefined) return false;
      for (const name of users.record(row).names)
        await tx.run('DELETE FROM sign_in_names WHERE pool_id = ? AND name_key = ? AND sub = ?', [
          poolId,
          name.key,
          sub,
        ]);
      await tx.run('DELETE FROM users WHERE pool_id = ? AND sub = ?', key);
      for (const table of ['codes', 'group_members'])
        await tx.run(`DELETE FROM ${table} WHERE pool_id = ? AND sub = ?`, key);
      await tx.run(addToCount, [poolId, shardOf(sub), -1]);
      if (await removeRemainsOfUser(tx, ref, REMAINS_AT_ONCE)) {
        await addDeletion(
          tx,
          { id: deletionOfUser(ref), kind: 'delete-user', poolId, subject: sub },
          nowMs,
        );
      }
      return true;
    });
  }

  carryOutDeletion(ref: UserRef, limit: number): Promise<DeletionStep> {
    return this.#sql.transaction(async (tx) => {
      // The slices of a pool's deletion remove them too, in another order.
      if (!(await lockPool(tx, ref.poolId))) return 'gone';
      return (await removeRemainsOfUser(tx, ref, limit)) ? 'rows' : 'gone';
    });
  }

  async list(
    poolId: PoolId,
    limit: number,
    filter?: UserFilter,
    after?: readonly string[],
  ): ReturnType<UserStore['list']> {
    return listUsers(this.#sql, { poolId, limit, after }, filter);
  }

  inOrder(
    poolId: PoolId,
    limit: number,
    order: UserOrder,
    after?: readonly string[],
  ): ReturnType<UserStore['inOrder']> {
    return usersInOrder(this.#sql, { poolId, limit, after }, order);
  }

  takePasswordAttempt(
    ref: UserRef,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<PasswordAttempt | undefined> {
    return takeAttempt(this.#sql, ref, nowMs, lockMs);
  }

  giveBackPasswordAttempt(
    ref: UserRef,
    attempt: PasswordAttempt,
    lockMs: (failedAttempts: number) => number,
  ): Promise<void> {
    return giveBackAttempt(this.#sql, ref, attempt, lockMs);
  }

  async restatePassword(
    { poolId, sub }: UserRef,
    former: string,
    { sealedPassword, sealedSrp }: Pick<User, 'sealedPassword' | 'sealedSrp'>,
  ): Promise<boolean> {
    const changed = await this.#sql.run(
      `UPDATE users SET sealed_password = ?, sealed_srp = COALESCE(?, sealed_srp)
        WHERE pool_id = ? AND sub = ? AND sealed_password = ?`,
      [sealedPassword ?? null, sealedSrp ?? null, poolId, sub, former],
    );
    return changed === 1;
  }

  clearFailedAttempts(ref: UserRef): Promise<void> {
    return clearAttempts(this.#sql, ref);
  }

  noteSignIn(ref: UserRef, nowMs: number): Promise<void> {
    return noteSignIn(this.#sql, ref, nowMs);
  }

  async dropSrpVerifiers(
    poolId: PoolId,
    limit: number,
    after: string,
  ): Promise<string | undefined> {
    return this.#sql.transaction(async (tx) => {
      // Nobody can allow SRP again, and get a new verifier, before this slice is done.
      const pool = await tx.one(
        `SELECT id FROM pools WHERE id = ? AND allows_srp = 0 AND deleted_at_ms IS NULL${tx.dialect.forShare}`,
        [poolId],
      );
      if (pool === undefined) return undefined;
      const { where, params, next } = await nextStretch(tx, poolId, limit, after);
      await tx.run(
        `UPDATE users SET sealed_srp = NULL WHERE ${where} AND sealed_srp IS NOT NULL`,
        params,
      );
      return next;
    });
  }

  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (secrets: UserSecrets) => UserSecrets,
  ): Promise<string | undefined> {
    return this.#sql.transaction((tx) => resealUsers(tx, [poolId, limit, after], reseal));
  }
}

/** Which of the pool's sixteen counters counts this user: its first hexadecimal digit. */
function shardOf(sub: string): number {
  return Number.parseInt(sub.charAt(0), 16) || 0;
}
