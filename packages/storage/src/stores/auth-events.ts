import type {
  AuthEvent,
  AuthEventPosition,
  AuthEventStore,
  EventFeedback,
  Page,
  UserRef,
} from '@poolhouse/core';
import { json, recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { inLivePool } from './records/live-records.ts';
import { pageOf } from './records/page-of.ts';

const { member, optional, table } = recordsOf<AuthEvent>();

const events = table('auth_events', {
  pool_id: member('poolId'),
  event_id: member('id'),
  sub: member('sub'),
  kind: member('kind'),
  at_ms: member('atMs'),
  client_id: member('clientId'),
  result: member('result'),
  challenges: member('challenges', json()),
  sealed_context: member('sealedContext'),
  feedback: optional('feedback', json()),
});
const outcome = events.only('result', 'challenges', 'sealed_context');

type EventRow = RowOf<typeof events>;

/** Events in SQL. */
export class SqlAuthEvents implements AuthEventStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async put(event: AuthEvent): Promise<void> {
    const { poolId, sub } = event;
    await this.#sql.transaction(async (tx) => {
      const user = await tx.one(
        `SELECT u.sub FROM users u WHERE u.pool_id = ? AND u.sub = ? ${inLivePool('u.pool_id')}${tx.dialect.forShare}`,
        [poolId, sub],
      );
      if (user === undefined) return;
      await tx.run(
        `${events.insert} ON CONFLICT (pool_id, event_id) DO UPDATE SET ${outcome.setInserted}
          WHERE auth_events.sub = excluded.sub`,
        events.values(event),
      );
    });
  }

  async list(
    { poolId, sub }: UserRef,
    limit: number,
    [atMs, id]: AuthEventPosition = [Number.MAX_SAFE_INTEGER, ''],
  ): Promise<Page<AuthEvent, AuthEventPosition>> {
    const rows = await this.#sql.all<EventRow>(
      `SELECT ${events.select('e')} FROM auth_events e WHERE e.pool_id = ? AND e.sub = ? ${inLivePool('e.pool_id')}
        AND (e.at_ms, e.event_id) < (?, ?) ORDER BY e.at_ms DESC, e.event_id DESC LIMIT ?`,
      [poolId, sub, atMs, id, limit + 1],
    );
    return pageOf(rows, limit, events.record, (row) => [row.at_ms, row.event_id]);
  }

  async setFeedback(
    { poolId, sub }: UserRef,
    id: string,
    feedback: EventFeedback,
  ): Promise<boolean> {
    const changed = await this.#sql.run(
      'UPDATE auth_events SET feedback = ? WHERE pool_id = ? AND event_id = ? AND sub = ?',
      [JSON.stringify(feedback), poolId, id, sub],
    );
    return changed === 1;
  }

  async purge(beforeMs: number, limit: number): Promise<number> {
    return this.#sql.run(
      `DELETE FROM auth_events WHERE (pool_id, event_id) IN
        (SELECT pool_id, event_id FROM auth_events WHERE at_ms < ? ORDER BY at_ms LIMIT ?)`,
      [beforeMs, limit],
    );
  }
}
