import type { DayMetric, MetricStore, PoolId } from '@poolhouse/core';
import type { Sql } from '../sql/sql.ts';

/** Daily metrics in SQL. */
export class SqlMetrics implements MetricStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(metrics: readonly DayMetric[]): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      for (const { poolId, day, kind, count } of metrics) {
        await tx.run(
          `INSERT INTO day_figures (pool_id, day, kind, count) SELECT id, ?, ?, ? FROM pools WHERE id = ?
            ON CONFLICT (pool_id, day, kind) DO UPDATE SET count = day_figures.count + excluded.count`,
          [day, kind, count, poolId],
        );
      }
    });
  }

  async between(poolId: PoolId, firstDay: string, lastDay: string): Promise<readonly DayMetric[]> {
    const rows = await this.#sql.all<Omit<DayMetric, 'poolId'>>(
      'SELECT day, kind, count FROM day_figures WHERE pool_id = ? AND day >= ? AND day <= ? ORDER BY day, kind',
      [poolId, firstDay, lastDay],
    );
    return rows.map(({ day, kind, count }) => ({ poolId, day, kind, count }));
  }
}
