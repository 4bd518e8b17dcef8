import type { AddressStore, KnownAddress } from '@poolhouse/core';
import type { Sql } from '../sql.ts';

interface AddressRow {
  readonly public_url: string;
  readonly live_until_ms: number;
}

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
      const known = await tx.all<AddressRow>(
        'SELECT public_url, live_until_ms FROM addresses ORDER BY live_until_ms DESC, public_url',
        [],
      );
      await tx.run('DELETE FROM addresses WHERE live_until_ms < ?', [forgetBeforeMs]);
      await tx.run(
        `INSERT INTO addresses (public_url, live_until_ms) VALUES (?, ?)
          ON CONFLICT (public_url) DO UPDATE SET live_until_ms = excluded.live_until_ms`,
        [publicUrl, liveUntilMs],
      );
      return known.map((row) => ({
        publicUrl: row.public_url,
        liveUntilMs: row.live_until_ms,
      }));
    });
  }
}
