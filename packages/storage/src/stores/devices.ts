import type {
  Device,
  DevicePosition,
  DeviceSecrets,
  DeviceStore,
  DeviceUse,
  Page,
  PoolId,
  UserRef,
} from '@poolhouse/core';
import { flag, recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { inLivePool } from './records/live-records.ts';
import { pageOf } from './records/page-of.ts';
import { resealDevices } from './reseal-devices.ts';

const { member, optional, table } = recordsOf<Device>();

const devices = table('devices', {
  pool_id: member('poolId'),
  device_key: member('key'),
  sub: member('sub'),
  name: optional('name'),
  remembered: member('isRemembered', flag),
  sealed_verifier: member('sealedVerifier'),
  created_at_ms: member('createdAtMs'),
  modified_at_ms: member('modifiedAtMs'),
  authenticated_at_ms: member('lastAuthenticatedAtMs'),
  sealed_last_use: optional('sealedLastUse'),
});

type DeviceRow = RowOf<typeof devices>;

const ofUser = `FROM devices d WHERE d.pool_id = ? AND d.sub = ? ${inLivePool('d.pool_id')}`;

/** Devices in SQL. */
export class SqlDevices implements DeviceStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(device: Device, most: number): Promise<'added' | 'taken' | 'user-missing'> {
    const { poolId, sub, key } = device;
    return this.#sql.transaction(async (tx) => {
      // Whoever adds another one to this user waits.
      const user = await tx.one(
        `SELECT u.sub FROM users u WHERE u.pool_id = ? AND u.sub = ? ${inLivePool('u.pool_id')}${tx.dialect.forUpdate}`,
        [poolId, sub],
      );
      if (user === undefined) return 'user-missing';
      const inserted = await tx.run(
        `${devices.insert} ON CONFLICT (pool_id, device_key) DO NOTHING`,
        devices.values(device),
      );
      if (inserted === 0) return 'taken';
      await tx.run(
        `DELETE FROM devices WHERE pool_id = ? AND device_key IN (SELECT r.device_key FROM (SELECT device_key,
          ROW_NUMBER() OVER (ORDER BY authenticated_at_ms DESC, created_at_ms DESC, device_key) AS place
          FROM devices WHERE pool_id = ? AND sub = ? AND device_key <> ?) r WHERE r.place >= ?)`,
        [poolId, poolId, sub, key, most],
      );
      return 'added';
    });
  }

  async get({ poolId, sub }: UserRef, key: string): Promise<Device | undefined> {
    const row = await this.#sql.one<DeviceRow>(
      `SELECT ${devices.select('d')} ${ofUser} AND d.device_key = ?`,
      [poolId, sub, key],
    );
    return row && devices.record(row);
  }

  async list(
    { poolId, sub }: UserRef,
    limit: number,
    [createdAtMs, key]: DevicePosition = [0, ''],
  ): Promise<Page<Device, DevicePosition>> {
    const rows = await this.#sql.all<DeviceRow>(
      `SELECT ${devices.select('d')} ${ofUser} AND (d.created_at_ms, d.device_key) > (?, ?)
        ORDER BY d.created_at_ms, d.device_key LIMIT ?`,
      [poolId, sub, createdAtMs, key, limit + 1],
    );
    return pageOf(rows, limit, devices.record, (row) => [row.created_at_ms, row.device_key]);
  }

  async noteUse(
    { poolId, sub }: UserRef,
    key: string,
    { atMs, sealedLastUse, asRemembered }: DeviceUse,
  ): Promise<boolean> {
    const changed = await this.#sql.run(
      `UPDATE devices SET authenticated_at_ms = ?, sealed_last_use = ?
        WHERE pool_id = ? AND device_key = ? AND sub = ?${asRemembered ? ' AND remembered = 1' : ''}`,
      [atMs, sealedLastUse ?? null, poolId, key, sub],
    );
    return changed === 1;
  }

  async setRemembered(
    { poolId, sub }: UserRef,
    key: string,
    isRemembered: boolean,
    nowMs: number,
  ): Promise<boolean> {
    const changed = await this.#sql.run(
      'UPDATE devices SET remembered = ?, modified_at_ms = ? WHERE pool_id = ? AND device_key = ? AND sub = ?',
      [flag.encode(isRemembered), nowMs, poolId, key, sub],
    );
    return changed === 1;
  }

  async delete({ poolId, sub }: UserRef, key: string): Promise<boolean> {
    const deleted = await this.#sql.run(
      'DELETE FROM devices WHERE pool_id = ? AND device_key = ? AND sub = ?',
      [poolId, key, sub],
    );
    return deleted === 1;
  }

  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (secrets: DeviceSecrets) => DeviceSecrets,
  ): Promise<string | undefined> {
    return this.#sql.transaction((tx) => resealDevices(tx, [poolId, limit, after], reseal));
  }
}
