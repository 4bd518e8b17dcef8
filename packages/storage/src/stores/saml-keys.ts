import type { PoolId, SamlKey, SamlKeyStore, SamlKeyUse } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { keepPool } from './records/live-records.ts';

const { member, table } = recordsOf<SamlKey>();

const keys = table('saml_keys', {
  pool_id: member('poolId'),
  key_use: member('use'),
  certificate: member('certificate'),
  sealed_private: member('sealedPrivate'),
  created_at_ms: member('createdAtMs'),
});

/** Key pairs for SAML in SQL. */
export class SqlSamlKeys implements SamlKeyStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  createIfAbsent(key: SamlKey): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      await keepPool(tx, key.poolId);
      const inserted = await tx.run(
        `${keys.insert} ON CONFLICT (pool_id, key_use) DO NOTHING`,
        keys.values(key),
      );
      return inserted === 1;
    });
  }

  async get(poolId: PoolId, use: SamlKeyUse): Promise<SamlKey | undefined> {
    const row = await this.#sql.one<RowOf<typeof keys>>(
      `SELECT ${keys.select()} FROM saml_keys WHERE pool_id = ? AND key_use = ?`,
      [poolId, use],
    );
    return row && keys.record(row);
  }

  async reseal(poolId: PoolId, use: SamlKeyUse, sealedPrivate: string): Promise<boolean> {
    const changed = await this.#sql.run(
      'UPDATE saml_keys SET sealed_private = ? WHERE pool_id = ? AND key_use = ?',
      [sealedPrivate, poolId, use],
    );
    return changed === 1;
  }
}
