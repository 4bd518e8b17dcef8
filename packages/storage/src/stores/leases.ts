import type { Lease, LeaseStore } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';

const { member, table } = recordsOf<Lease>();

const leases = table('leases', {
  name: member('name'),
  holder: member('holder'),
  until_ms: member('untilMs'),
});
const anew = leases.only('holder', 'until_ms').setInserted;

/** Leases in SQL. */
export class SqlLeases implements LeaseStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async hold({
    nowMs,
    latestMs,
    ...lease
  }: Parameters<LeaseStore['hold']>[0]): Promise<number | undefined> {
    const taken = await this.#sql.run(
      `${leases.insert} ON CONFLICT (name) DO UPDATE SET ${anew}
        WHERE leases.holder = excluded.holder OR leases.until_ms <= ? OR leases.until_ms > ?`,
      [...leases.values(lease), nowMs, latestMs],
    );
    if (taken === 1) return undefined;
    const row = await this.#sql.one<Pick<RowOf<typeof leases>, 'until_ms'>>(
      'SELECT until_ms FROM leases WHERE name = ?',
      [lease.name],
    );
    return row?.until_ms ?? nowMs;
  }
}

/** Leases of a process that has the database to itself: they end with the process and cost no writes. */
export class OwnLeases implements LeaseStore {
  readonly #held = new Map<string, Lease>();

  async hold({
    nowMs,
    latestMs,
    ...lease
  }: Parameters<LeaseStore['hold']>[0]): Promise<number | undefined> {
    const held = this.#held.get(lease.name);
    const isOthers = held !== undefined && held.holder !== lease.holder;
    if (isOthers && held.untilMs > nowMs && held.untilMs <= latestMs) return held.untilMs;
    this.#held.set(lease.name, lease);
    return undefined;
  }
}
