import type { DeviceSecrets, PoolId } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { resealRows } from './records/reseal-rows.ts';

const { member, optional, table } = recordsOf<DeviceSecrets>();
const secretsOfDevice = table('devices', {
  device_key: member('key'),
  sub: member('sub'),
  sealed_verifier: member('sealedVerifier'),
  sealed_last_use: optional('sealedLastUse'),
});

/**
 * Replaces the secrets of the next `limit` devices of a pool, by their keys, in the caller's transaction, with one read and few writes. Returns
 * where to continue, or `undefined` at the end. One that is confirmed meanwhile may be before that; it was sealed with the newest key.
 */
export async function resealDevices(
  tx: Sql,
  [poolId, limit, after]: readonly [poolId: PoolId, limit: number, after: string],
  reseal: (secrets: DeviceSecrets) => DeviceSecrets,
): Promise<string | undefined> {
  const rows = await tx.all<RowOf<typeof secretsOfDevice>>(
    `SELECT ${secretsOfDevice.select()} FROM devices WHERE pool_id = ? AND device_key > ?
      ORDER BY device_key LIMIT ?${tx.dialect.forUpdate}`,
    [poolId, after, limit],
  );
  await resealRows(
    tx,
    rows,
    secretsOfDevice,
    reseal,
    (fresh) => `WITH fresh (device_key, sub, verifier, last_use) AS (${fresh})
      UPDATE devices SET sealed_verifier = fresh.verifier, sealed_last_use = fresh.last_use
      FROM fresh WHERE devices.device_key = fresh.device_key AND devices.pool_id = ?`,
    [poolId],
  );
  return rows.length < limit ? undefined : rows.at(-1)?.device_key;
}
