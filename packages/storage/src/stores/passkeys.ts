import type {
  Page,
  Passkey,
  PasskeyPosition,
  PasskeyStore,
  PasskeyUse,
  UserRef,
} from '@poolhouse/core';
import { flag, json, recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { inLivePool } from './records/live-records.ts';
import { pageOf } from './records/page-of.ts';

const { member, optional, table } = recordsOf<Passkey>();

const passkeys = table('passkeys', {
  pool_id: member('poolId'),
  credential_id: member('credentialId'),
  sub: member('sub'),
  public_key: member('publicKey'),
  mac: member('mac'),
  sign_count: member('signCount'),
  transports: member('transports', json()),
  attachment: optional('attachment'),
  aaguid: member('aaguid'),
  backup_eligible: member('isBackupEligible', flag),
  backed_up: member('isBackedUp', flag),
  friendly_name: member('friendlyName'),
  relying_party_id: member('relyingPartyId'),
  created_at_ms: member('createdAtMs'),
  last_used_at_ms: optional('lastUsedAtMs'),
});

type PasskeyRow = RowOf<typeof passkeys>;

const ofUser = `FROM passkeys p WHERE p.pool_id = ? AND p.sub = ? ${inLivePool('p.pool_id')}`;
const inOrder = 'ORDER BY p.created_at_ms, p.credential_id';

/** Passkeys in SQL. */
export class SqlPasskeys implements PasskeyStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(passkey: Passkey, most: number): Promise<'added' | 'full' | 'taken' | 'user-missing'> {
    const key = [passkey.poolId, passkey.sub];
    return this.#sql.transaction(async (tx) => {
      // Whoever adds another one to this user waits.
      const user = await tx.one(
        `SELECT u.sub FROM users u WHERE u.pool_id = ? AND u.sub = ? ${inLivePool('u.pool_id')}${tx.dialect.forUpdate}`,
        key,
      );
      if (user === undefined) return 'user-missing';
      const found = await tx.one<{ readonly found: number }>(
        'SELECT count(*) AS found FROM passkeys WHERE pool_id = ? AND sub = ?',
        key,
      );
      if ((found?.found ?? 0) >= most) return 'full';
      const inserted = await tx.run(
        `${passkeys.insert} ON CONFLICT (pool_id, credential_id) DO NOTHING`,
        passkeys.values(passkey),
      );
      return inserted === 1 ? 'added' : 'taken';
    });
  }

  async list(
    { poolId, sub }: UserRef,
    limit: number,
    [createdAtMs, credentialId]: PasskeyPosition = [0, ''],
  ): Promise<Page<Passkey, PasskeyPosition>> {
    const rows = await this.#sql.all<PasskeyRow>(
      `SELECT ${passkeys.select('p')} ${ofUser} AND (p.created_at_ms, p.credential_id) > (?, ?) ${inOrder} LIMIT ?`,
      [poolId, sub, createdAtMs, credentialId, limit + 1],
    );
    return pageOf(rows, limit, passkeys.record, (row) => [row.created_at_ms, row.credential_id]);
  }

  async ofUser({ poolId, sub }: UserRef): Promise<readonly Passkey[]> {
    const rows = await this.#sql.all<PasskeyRow>(
      `SELECT ${passkeys.select('p')} ${ofUser} ${inOrder}`,
      [poolId, sub],
    );
    return rows.map(passkeys.record);
  }

  async noteUse(
    { poolId, sub }: UserRef,
    credentialId: string,
    { signCount, isBackedUp, atMs }: PasskeyUse,
  ): Promise<boolean> {
    const grows = signCount === 0 ? 'sign_count = ?' : 'sign_count < ?';
    const changed = await this.#sql.run(
      `UPDATE passkeys SET sign_count = ?, backed_up = ?, last_used_at_ms = ?
        WHERE pool_id = ? AND credential_id = ? AND sub = ? AND ${grows}`,
      [signCount, flag.encode(isBackedUp), atMs, poolId, credentialId, sub, signCount],
    );
    return changed === 1;
  }

  async delete({ poolId, sub }: UserRef, credentialId: string): Promise<boolean> {
    const deleted = await this.#sql.run(
      'DELETE FROM passkeys WHERE pool_id = ? AND credential_id = ? AND sub = ?',
      [poolId, credentialId, sub],
    );
    return deleted === 1;
  }
}
