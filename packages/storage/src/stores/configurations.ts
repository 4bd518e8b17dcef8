import {
  PoolGoneError,
  type ClientId,
  type ConfigurationKind,
  type ConfigurationPlace,
  type ConfigurationStore,
  type ConfigurationValues,
  type PoolConfiguration,
  type PoolId,
} from '@poolhouse/core';
import { json, recordsOf, type RowOf } from '../sql/columns.ts';
import type { RecordCache } from './records/record-cache.ts';
import type { Sql } from '../sql/sql.ts';
import { inLivePool, ofLiveClient } from './records/live-records.ts';

/** The pool's own configurations have an empty client id. */
type StoredConfiguration = Required<PoolConfiguration<ConfigurationKind>>;
const POOLS_OWN = '' as ClientId;

const { member, table } = recordsOf<StoredConfiguration>();

const configurations = table('pool_configurations', {
  pool_id: member('poolId'),
  client_id: member('clientId'),
  kind: member('kind'),
  value: member('value', json()),
  modified_at_ms: member('modifiedAtMs'),
});
const anew = configurations.only('value', 'modified_at_ms').setInserted;

const selectAtPlace = `SELECT ${configurations.select('c')} FROM pool_configurations c
  WHERE c.pool_id = ? AND c.client_id = ? AND c.kind = ?`;
const selectLive = `${selectAtPlace} ${inLivePool('c.pool_id')} ${ofLiveClient('c.client_id')}`;
const deleteAtPlace =
  'DELETE FROM pool_configurations WHERE pool_id = ? AND client_id = ? AND kind = ?';

/** What is cached for a place, including that nothing is there. */
export interface RememberedConfiguration extends ConfigurationPlace {
  readonly found: PoolConfiguration | undefined;
}

/** Configurations in SQL. `cache` is absent inside transactions; `written` is called after every committed write, with the key of the place. */
export class SqlConfigurations implements ConfigurationStore {
  readonly #sql: Sql;
  readonly #cache: RecordCache<RememberedConfiguration> | undefined;
  readonly #written: (key: string, poolId: PoolId) => void;

  constructor(
    sql: Sql,
    cache: RecordCache<RememberedConfiguration> | undefined,
    written: (key: string, poolId: PoolId) => void,
  ) {
    this.#sql = sql;
    this.#cache = cache;
    this.#written = written;
  }

  async get<Kind extends ConfigurationKind>(
    place: ConfigurationPlace<Kind>,
  ): Promise<PoolConfiguration<Kind> | undefined> {
    const load = async () => ({ ...place, found: await readAt(this.#sql, selectLive, place) });
    const remembered = await (this.#cache === undefined
      ? load()
      : this.#cache.get(keyOf(place), load));
    return remembered?.found as PoolConfiguration<Kind> | undefined;
  }

  async change<Kind extends ConfigurationKind>(
    place: ConfigurationPlace<Kind>,
    change: (
      current: ConfigurationValues[Kind] | undefined,
    ) => ConfigurationValues[Kind] | undefined,
    nowMs: number,
  ): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      if (!(await lockOwners(tx, place))) return false;
      const before = await readAt(tx, selectAtPlace, place);
      const value = change(before?.value as ConfigurationValues[Kind] | undefined);
      if (value === undefined) {
        await tx.run(deleteAtPlace, keysOf(place));
      } else {
        const { clientId = POOLS_OWN } = place;
        await tx.run(
          `${configurations.insert} ON CONFLICT (pool_id, client_id, kind) DO UPDATE SET ${anew}`,
          configurations.values({ ...place, clientId, value, modifiedAtMs: nowMs }),
        );
      }
      tx.afterCommit(() => this.#written(keyOf(place), place.poolId));
      return true;
    });
  }
}

/**
 * Locks the pool, so that each of two changes sees the other's value, even if there was none yet. The app client is locked until the end
 * too: whoever deletes it then also removes what was written for it.
 */
async function lockOwners(tx: Sql, { poolId, clientId }: ConfigurationPlace): Promise<boolean> {
  const pool = await tx.one(
    `SELECT id FROM pools WHERE id = ? AND deleted_at_ms IS NULL${tx.dialect.forUpdate}`,
    [poolId],
  );
  if (pool === undefined) throw new PoolGoneError(poolId);
  if (clientId === undefined) return true;
  const client = await tx.one(
    `SELECT id FROM clients WHERE id = ? AND pool_id = ? AND deleted_at_ms IS NULL${tx.dialect.forShare}`,
    [clientId, poolId],
  );
  return client !== undefined;
}

async function readAt(
  sql: Sql,
  select: string,
  place: ConfigurationPlace,
): Promise<PoolConfiguration | undefined> {
  const row = await sql.one<RowOf<typeof configurations>>(select, keysOf(place));
  if (row === undefined) return undefined;
  const { clientId, ...poolsOwn } = configurations.record(row);
  return clientId === POOLS_OWN ? poolsOwn : { ...poolsOwn, clientId };
}

function keysOf({ poolId, clientId = POOLS_OWN, kind }: ConfigurationPlace): string[] {
  return [poolId, clientId, kind];
}

function keyOf(place: ConfigurationPlace): string {
  return keysOf(place).join(' ');
}
