import type { PasswordAttempt, UserRef } from '@poolhouse/core';
import type { Sql, SqlValue } from '../sql/sql.ts';
import { failureMemoryMs, overlapMs } from './limits.ts';
import type { UserRow } from './users/user-row.ts';

type LockMs = (failedAttempts: number) => number;

type FailureRow = Pick<UserRow, 'failed_attempts' | 'last_failed_at_ms' | 'locked_until_ms'> & {
  /** Grows when the count is reset, so that an attempt from before is not given back out of the new count. */
  readonly failure_run: number;
};

const selectFailures =
  'SELECT failed_attempts, last_failed_at_ms, locked_until_ms, failure_run FROM users WHERE pool_id = ? AND sub = ?';
const setFailures = `UPDATE users SET failed_attempts = ?, last_failed_at_ms = ?, locked_until_ms = ?, failure_run = ?
  WHERE pool_id = ? AND sub = ?`;
const forgetFailures = `UPDATE users SET failed_attempts = 0, last_failed_at_ms = NULL, locked_until_ms = NULL,
  failure_run = failure_run + 1 WHERE pool_id = ? AND sub = ? AND failed_attempts > 0`;

const rememberSignIn = `UPDATE users SET failed_attempts = 0, last_failed_at_ms = NULL, locked_until_ms = NULL,
  failure_run = failure_run + CASE WHEN failed_attempts > 0 THEN 1 ELSE 0 END, last_sign_in_at_ms = ?
  WHERE pool_id = ? AND sub = ?`;

/** UserStore.takePasswordAttempt in SQL. */
export async function takeAttempt(
  sql: Sql,
  { poolId, sub }: UserRef,
  nowMs: number,
  lockMs: LockMs,
): Promise<PasswordAttempt | undefined> {
  return sql.transaction(async (tx) => {
    const row = await tx.one<FailureRow>(selectFailures + tx.dialect.forUpdate, [poolId, sub]);
    if (row === undefined) return undefined;
    const remainingMs = (row.locked_until_ms ?? 0) - nowMs;
    if (remainingMs > 0 && remainingMs <= lockMs(row.failed_attempts) + overlapMs) return undefined;
    const formerAtMs = row.last_failed_at_ms ?? undefined;
    const isForgotten = nowMs - (formerAtMs ?? nowMs) >= failureMemoryMs;
    const run = isForgotten ? row.failure_run + 1 : row.failure_run;
    const count = isForgotten ? 1 : row.failed_attempts + 1;
    await tx.run(setFailures, [...failures(count, nowMs, lockMs), run, poolId, sub]);
    return { atMs: nowMs, formerAtMs: isForgotten ? undefined : formerAtMs, run };
  });
}

/** UserStore.giveBackPasswordAttempt in SQL. */
export async function giveBackAttempt(
  sql: Sql,
  { poolId, sub }: UserRef,
  { atMs, formerAtMs, run }: PasswordAttempt,
  lockMs: LockMs,
): Promise<void> {
  await sql.transaction(async (tx) => {
    const row = await tx.one<FailureRow>(selectFailures + tx.dialect.forUpdate, [poolId, sub]);
    // The count was reset since, by a success or a new password: what is counted now is other attempts.
    if (row === undefined || row.failed_attempts === 0 || row.failure_run !== run) return;
    const lastAtMs = row.last_failed_at_ms === atMs ? formerAtMs : (row.last_failed_at_ms ?? atMs);
    const left = failures(row.failed_attempts - 1, lastAtMs, lockMs);
    await tx.run(setFailures, [...left, run, poolId, sub]);
  });
}

/** UserStore.clearFailedAttempts in SQL. */
export async function clearAttempts(sql: Sql, { poolId, sub }: UserRef): Promise<void> {
  await sql.run(forgetFailures, [poolId, sub]);
}

/** UserStore.noteSignIn in SQL. */
export async function noteSignIn(sql: Sql, { poolId, sub }: UserRef, nowMs: number): Promise<void> {
  await sql.run(rememberSignIn, [nowMs, poolId, sub]);
}

/** Count, last time and lock; the lock follows from the other two. */
function failures(count: number, lastAtMs: number | undefined, lockMs: LockMs): SqlValue[] {
  if (count === 0 || lastAtMs === undefined) return [count, null, null];
  const lock = lockMs(count);
  return [count, lastAtMs, lock > 0 ? lastAtMs + lock : null];
}
