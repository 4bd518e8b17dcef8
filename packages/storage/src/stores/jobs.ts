import { JOB_KINDS, type HeldJob, type Job, type JobStore, type PoolId } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';

const { member, optional, written, table } = recordsOf<Job>();

const jobs = table('jobs', {
  id: member('id'),
  kind: member('kind'),
  pool_id: optional('poolId'),
  subject: member('subject'),
  cursor_text: member('cursor'),
  due_at_ms: member('dueAtMs'),
  created_at_ms: member('createdAtMs'),
  attempts: written(() => 0),
});
const begun = jobs.only('cursor_text', 'due_at_ms', 'attempts');

type JobRow = RowOf<typeof jobs>;

/** During a rolling upgrade, nodes of the next build add jobs that this one cannot do. */
const isOfThisBuild = `kind IN (${JOB_KINDS.map((kind) => `'${kind}'`).join(', ')})`;

/** Adds a job in the transaction whose work it will finish; a job of the same name starts over. */
export async function addJob(sql: Sql, job: Job): Promise<void> {
  await sql.run(
    `${jobs.insert} ON CONFLICT (id) DO UPDATE SET ${begun.setInserted}, lease = NULL, last_error = NULL`,
    jobs.values(job),
  );
}

/** Like `addJob`, for a deletion: due immediately, from the beginning. */
export function addDeletion(
  sql: Sql,
  deletion: Pick<Job, 'id' | 'kind' | 'subject'> & { readonly poolId: PoolId },
  nowMs: number,
): Promise<void> {
  return addJob(sql, { ...deletion, cursor: '', dueAtMs: nowMs, createdAtMs: nowMs });
}

/**
 * Waits for the running slice of a job, if there is one. For transactions that lock what the job works on and may then restart the job. A
 * slice locks its job first; a transaction that locked in the opposite order could deadlock with it.
 */
export async function awaitSlice(tx: Sql, id: string): Promise<void> {
  await tx.one(`SELECT id FROM jobs WHERE id = ?${tx.dialect.forUpdate}`, [id]);
}

/** Jobs in SQL. */
export class SqlJobs implements JobStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  add(job: Job): Promise<void> {
    return addJob(this.#sql, job);
  }

  async get(id: string): Promise<Job | undefined> {
    const row = await this.#sql.one<JobRow>(`SELECT ${jobs.select()} FROM jobs WHERE id = ?`, [id]);
    return row && jobs.record(row);
  }

  async nextDueAtMs(): Promise<number | undefined> {
    const row = await this.#sql.one<{ readonly due: number }>(
      `SELECT due_at_ms AS due FROM jobs WHERE ${isOfThisBuild} ORDER BY due_at_ms LIMIT 1`,
      [],
    );
    return row?.due;
  }

  async claim({
    nowMs,
    leaseMs,
    lease,
    id,
  }: Parameters<JobStore['claim']>[0]): Promise<HeldJob | undefined> {
    // A transaction, because it writes: the answer must come from the writing connection.
    const [row] = await this.#sql.transaction((tx) =>
      tx.all<JobRow>(
        `UPDATE jobs SET lease = ?, due_at_ms = ?, attempts = attempts + 1 WHERE id IN
          (SELECT id FROM jobs WHERE due_at_ms <= ? AND ${isOfThisBuild}${id === undefined ? '' : ' AND id = ?'}
          ORDER BY due_at_ms LIMIT 1${tx.dialect.forUpdateSkipLocked}) RETURNING ${jobs.select()}`,
        [lease, nowMs + leaseMs, nowMs, ...(id === undefined ? [] : [id])],
      ),
    );
    return row && { ...jobs.record(row), lease };
  }

  async lockForUpdate({ id, lease }: HeldJob): Promise<boolean> {
    const row = await this.#sql.one(
      `SELECT id FROM jobs WHERE id = ? AND lease = ?${this.#sql.dialect.forUpdate}`,
      [id, lease],
    );
    return row !== undefined;
  }

  async renew({ id, lease }: HeldJob, cursor: string, untilMs: number): Promise<boolean> {
    const changed = await this.#sql.run(
      'UPDATE jobs SET cursor_text = ?, due_at_ms = ? WHERE id = ? AND lease = ?',
      [cursor, untilMs, id, lease],
    );
    return changed === 1;
  }

  async release({ id, lease }: HeldJob, dueAtMs: number, error?: string): Promise<void> {
    await this.#sql.run(
      'UPDATE jobs SET lease = NULL, due_at_ms = ?, last_error = ? WHERE id = ? AND lease = ?',
      [dueAtMs, error ?? null, id, lease],
    );
  }

  async finish({ id, lease }: HeldJob): Promise<void> {
    await this.#sql.run('DELETE FROM jobs WHERE id = ? AND lease = ?', [id, lease]);
  }
}
