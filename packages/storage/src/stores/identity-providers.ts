import type {
  IdentifierTaken,
  IdentityProvider,
  IdentityProviderStore,
  Page,
  PoolId,
  ProviderSecrets,
} from '@poolhouse/core';
import { json, recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { holdPool, holdPoolForAdding, NamedRecords } from './records/named-records.ts';

const { member, optional, table } = recordsOf<IdentityProvider>();

const records = table('identity_providers', {
  pool_id: member('poolId'),
  name: member('name'),
  type: member('type'),
  details: member('details', json()),
  sealed_secrets: optional('sealedSecrets'),
  attribute_mapping: member('attributeMapping', json()),
  idp_identifiers: member('idpIdentifiers', json()),
  acr_mapping: optional('acrMapping', json()),
  created_at_ms: member('createdAtMs'),
  modified_at_ms: member('modifiedAtMs'),
});
type Row = RowOf<typeof records>;

const kind = {
  table: 'identity_providers',
  key: 'name',
  records,
  changeable: records.only(
    'details',
    'sealed_secrets',
    'attribute_mapping',
    'idp_identifiers',
    'acr_mapping',
    'modified_at_ms',
  ),
  kept: ({ poolId, name, type, createdAtMs }: IdentityProvider) => ({
    ...{ poolId, name, type },
    createdAtMs,
  }),
} as const;

const selectByIdentifier = `SELECT ${records.select('p')} FROM identity_provider_identifiers i
  CROSS JOIN identity_providers p WHERE i.pool_id = ? AND i.identifier = ? AND p.pool_id = i.pool_id
  AND p.name = i.provider_name`;

/** Identity providers in SQL. Whoever writes to a pool's providers holds the pool, so that no identifier is taken twice. */
export class SqlIdentityProviders implements IdentityProviderStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  add(
    provider: IdentityProvider,
    most: number,
  ): Promise<'added' | 'taken' | 'full' | IdentifierTaken> {
    return this.#sql.transaction(async (tx) => {
      await holdPoolForAdding(tx, provider.poolId);
      const taken = await takenIdentifier(tx, provider);
      if (taken !== undefined) return taken;
      const outcome = await recordsIn(tx).add(provider, most);
      if (outcome === 'added') await insertIdentifiers(tx, provider);
      return outcome;
    });
  }

  get(poolId: PoolId, name: string): Promise<IdentityProvider | undefined> {
    return recordsIn(this.#sql).get(poolId, name);
  }

  async byIdentifier(poolId: PoolId, identifier: string): Promise<IdentityProvider | undefined> {
    const row = await this.#sql.one<Row>(selectByIdentifier, [poolId, identifier]);
    return row && records.record(row);
  }

  change(
    poolId: PoolId,
    name: string,
    change: (current: IdentityProvider) => IdentityProvider,
  ): Promise<IdentityProvider | IdentifierTaken | undefined> {
    return this.#sql.transaction(async (tx) => {
      if (!(await holdPool(tx, poolId))) return undefined;
      const current = await recordsIn(tx).get(poolId, name);
      if (current === undefined) return undefined;
      const next = { ...change(current), ...kind.kept(current) };
      const taken = await takenIdentifier(tx, next);
      if (taken !== undefined) return taken;
      await tx.run(
        'DELETE FROM identity_provider_identifiers WHERE pool_id = ? AND provider_name = ?',
        [poolId, name],
      );
      await insertIdentifiers(tx, next);
      return recordsIn(tx).change(poolId, name, () => next);
    });
  }

  delete(poolId: PoolId, name: string): Promise<boolean> {
    return recordsIn(this.#sql).delete(poolId, name);
  }

  list(poolId: PoolId, limit: number, after?: string): Promise<Page<IdentityProvider, string>> {
    return recordsIn(this.#sql).list(poolId, limit, after);
  }

  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (provider: ProviderSecrets) => ProviderSecrets,
  ): Promise<string | undefined> {
    return this.#sql.transaction(async (tx) => {
      if (!(await holdPool(tx, poolId))) return undefined;
      const { items, after: next } = await recordsIn(tx).list(poolId, limit, after);
      for (const { name, sealedSecrets } of items) {
        if (sealedSecrets === undefined) continue;
        const fresh = reseal({ name, sealedSecrets });
        if (fresh.sealedSecrets === sealedSecrets) continue;
        await tx.run(
          'UPDATE identity_providers SET sealed_secrets = ? WHERE pool_id = ? AND name = ?',
          [fresh.sealedSecrets, poolId, name],
        );
      }
      return next;
    });
  }
}

function recordsIn(sql: Sql): NamedRecords<IdentityProvider, Row> {
  return new NamedRecords<IdentityProvider, Row>(sql, kind);
}

/** One of the provider's identifiers that another provider of the pool has. */
async function takenIdentifier(
  tx: Sql,
  { poolId, name, idpIdentifiers }: IdentityProvider,
): Promise<IdentifierTaken | undefined> {
  if (idpIdentifiers.length === 0) return undefined;
  const row = await tx.one<{ readonly identifier: string }>(
    `SELECT identifier FROM identity_provider_identifiers WHERE pool_id = ? AND provider_name <> ?
      AND identifier IN (${idpIdentifiers.map(() => '?').join(', ')}) ORDER BY identifier LIMIT 1`,
    [poolId, name, ...idpIdentifiers],
  );
  return row && { identifierTaken: row.identifier };
}

async function insertIdentifiers(
  tx: Sql,
  { poolId, name, idpIdentifiers }: IdentityProvider,
): Promise<void> {
  for (const identifier of idpIdentifiers) {
    await tx.run(
      'INSERT INTO identity_provider_identifiers (pool_id, identifier, provider_name) VALUES (?, ?, ?)',
      [poolId, identifier, name],
    );
  }
}
