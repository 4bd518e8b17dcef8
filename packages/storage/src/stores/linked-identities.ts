import type {
  LinkedIdentity,
  LinkedIdentityStore,
  PoolId,
  ProviderIdentity,
  UserRef,
} from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { inLivePool } from './records/live-records.ts';

const { member, table } = recordsOf<LinkedIdentity>();

const identities = table('linked_identities', {
  pool_id: member('poolId'),
  provider_name: member('providerName'),
  attribute_name: member('attributeName'),
  attribute_value: member('attributeValue'),
  sub: member('sub'),
  created_at_ms: member('createdAtMs'),
});

const ofIdentity =
  'pool_id = ? AND provider_name = ? AND attribute_name = ? AND attribute_value = ?';

const keyOf = (poolId: PoolId, identity: ProviderIdentity) => [
  poolId,
  identity.providerName,
  identity.attributeName,
  identity.attributeValue,
];

/** Linked identities in SQL. */
export class SqlLinkedIdentities implements LinkedIdentityStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  add(
    identity: LinkedIdentity,
    most: number,
  ): Promise<'added' | 'taken' | 'full' | 'user-missing'> {
    const key = [identity.poolId, identity.sub];
    return this.#sql.transaction(async (tx) => {
      // Whoever links another one to this user waits.
      const user = await tx.one(
        `SELECT u.sub FROM users u WHERE u.pool_id = ? AND u.sub = ? ${inLivePool('u.pool_id')}${tx.dialect.forUpdate}`,
        key,
      );
      if (user === undefined) return 'user-missing';
      const found = await tx.one<{ readonly found: number }>(
        'SELECT count(*) AS found FROM linked_identities WHERE pool_id = ? AND sub = ?',
        key,
      );
      if ((found?.found ?? 0) >= most) return 'full';
      const inserted = await tx.run(
        `${identities.insert} ON CONFLICT (pool_id, provider_name, attribute_name, attribute_value) DO NOTHING`,
        identities.values(identity),
      );
      return inserted === 1 ? 'added' : 'taken';
    });
  }

  async get(poolId: PoolId, identity: ProviderIdentity): Promise<LinkedIdentity | undefined> {
    const row = await this.#sql.one<RowOf<typeof identities>>(
      `SELECT ${identities.select()} FROM linked_identities WHERE ${ofIdentity}`,
      keyOf(poolId, identity),
    );
    return row && identities.record(row);
  }

  async delete({ poolId, sub }: UserRef, identity: ProviderIdentity): Promise<boolean> {
    const deleted = await this.#sql.run(
      `DELETE FROM linked_identities WHERE ${ofIdentity} AND sub = ?`,
      [...keyOf(poolId, identity), sub],
    );
    return deleted === 1;
  }
}
