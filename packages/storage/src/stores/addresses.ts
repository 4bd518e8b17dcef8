import type { AddressStore, KnownAddress } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';

const { member, table } = recordsOf<KnownAddress>();

const addresses = table('addresses', {
  public_url: member('publicUrl'),
  live_until_ms: member('liveUntilMs'),
});
const newEnd = addresses.only('live_until_ms').setInserted;

/** Public URLs in SQL. */
export class SqlAddresses implements AddressStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async note(
    publicUrl: string,
    liveUntilMs: number,
    forgetBeforeMs: number,
  ): Promise<readonly KnownAddress[]> {
    return this.#sql.transaction(async (tx) => {
      const known = await tx.all<RowOf<typeof addresses>>(
        `SELECT ${addresses.select()} FROM addresses ORDER BY live_until_ms DESC, public_url`,
        [],
      );
      await tx.run('DELETE FROM addresses WHERE live_until_ms < ?', [forgetBeforeMs]);
      await tx.run(
        `${addresses.insert} ON CONFLICT (public_url) DO UPDATE SET ${newEnd}`,
        addresses.values({ publicUrl, liveUntilMs }),
      );
      return known.map(addresses.record);
    });
  }
}
