import type {
  NotedUse,
  Page,
  Proof,
  SessionState,
  PoolId,
  RefreshState,
  Rotation,
  Sub,
  Session,
  SessionListKey,
  SessionSecrets,
  SessionStore,
  User,
  UserRef,
} from '@poolhouse/core';
import { json, recordsOf, type Joined, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { inLivePool, ofLiveClient } from './records/live-records.ts';
import { pageOf } from './records/page-of.ts';
import { removeTokens } from './records/remains.ts';
import { resealSessions } from './reseal-sessions.ts';
import { userColumns, users } from './users/user-row.ts';
import type { UserRow } from './users/user-row.ts';

const { member, optional, table } = recordsOf<Session>();

/** The table keeps its first name (ADR 25). */
const sessions = table('token_families', {
  id: member('id'),
  pool_id: member('poolId'),
  client_id: member('clientId'),
  sub: member('sub'),
  auth_time_ms: member('authTimeMs'),
  event_id: member('eventId'),
  scope: member('scope'),
  expires_at_ms: member('expiresAtMs'),
  revoked_at_ms: optional('revokedAtMs'),
  proofs: optional('proofs', json<readonly Proof[]>()),
  origin: optional('origin'),
  identity_provider: optional('identityProvider'),
  device_key: optional('deviceKey'),
  factors_mark: optional('factorsMark'),
  last_used_at_ms: optional('lastUsedAtMs'),
  sealed_last_use: optional('sealedLastUse'),
});

type SessionRow = RowOf<typeof sessions>;

interface RotationRow {
  readonly family_id: string;
  readonly rotated_at_ms: number | null;
  readonly revoked_at_ms: number | null;
  readonly expires_at_ms: number;
  readonly successor_is_fresh: number;
}

/** Columns that a session and its user have in common are read once. */
const alike = ['pool_id', 'sub'] as const;

type TokenRow = Joined<SessionRow, UserRow, (typeof alike)[number]> & {
  readonly rotated_at_ms: number | null;
};

// CROSS JOIN fixes the join order: token, session, user, each found by its key.
const selectByToken = `SELECT t.rotated_at_ms, ${sessions.select('f', alike)}, ${userColumns}
  FROM refresh_tokens t CROSS JOIN token_families f CROSS JOIN users u
  WHERE t.token_hash = ? AND f.id = t.family_id AND u.pool_id = f.pool_id AND u.sub = f.sub
  ${inLivePool('f.pool_id')} ${ofLiveClient('f.client_id')}`;
const selectLiveUser = `SELECT ${userColumns},
  CASE WHEN f.id IS NULL THEN 'unknown' WHEN f.revoked_at_ms IS NULL THEN 'live' ELSE 'revoked' END AS session
  FROM users u LEFT JOIN token_families f ON f.id = ? AND f.pool_id = u.pool_id AND f.sub = u.sub
  ${ofLiveClient('f.client_id')}
  WHERE u.pool_id = ? AND u.sub = ? ${inLivePool('u.pool_id')}`;
const selectOne = `SELECT ${sessions.select('f')} FROM token_families f
  WHERE f.id = ? AND f.pool_id = ? AND f.sub = ? ${inLivePool('f.pool_id')} ${ofLiveClient('f.client_id')}`;
// One conditional write, so that exactly one of several simultaneous requests is the first.
const stampRotated = `UPDATE refresh_tokens SET rotated_at_ms = ?
  WHERE token_hash = ? AND rotated_at_ms IS NULL AND EXISTS (SELECT 1 FROM token_families f CROSS JOIN users u
  WHERE f.id = refresh_tokens.family_id AND f.revoked_at_ms IS NULL AND f.expires_at_ms > ?
  AND u.pool_id = f.pool_id AND u.sub = f.sub)`;
const selectRotation = `SELECT t.family_id, t.rotated_at_ms, f.revoked_at_ms, f.expires_at_ms,
  CASE WHEN s.token_hash IS NOT NULL AND s.rotated_at_ms IS NULL THEN 1 ELSE 0 END AS successor_is_fresh
  FROM refresh_tokens t CROSS JOIN token_families f
  LEFT JOIN refresh_tokens s ON s.token_hash = ? AND s.family_id = t.family_id
  WHERE t.token_hash = ? AND f.id = t.family_id`;
const insertToken = 'INSERT INTO refresh_tokens (token_hash, family_id) VALUES (?, ?)';
const noteLastUse =
  'UPDATE token_families SET last_used_at_ms = ?, sealed_last_use = ? WHERE id = ?';
const noteLastUseUnlessAround = `${noteLastUse}
  AND (last_used_at_ms IS NULL OR last_used_at_ms <= ? OR last_used_at_ms > ?)`;
const isLive = 'pool_id = ? AND sub = ? AND revoked_at_ms IS NULL AND expires_at_ms > ?';
const selectLive = (start: string) => `SELECT ${sessions.select()} FROM token_families
  WHERE ${isLive} ${start} ORDER BY auth_time_ms DESC, id DESC LIMIT ?`;
const revokeBeyond = `UPDATE token_families SET revoked_at_ms = ? WHERE id IN (SELECT r.id FROM (SELECT id,
  ROW_NUMBER() OVER (ORDER BY COALESCE(last_used_at_ms, auth_time_ms) DESC, auth_time_ms DESC, id DESC) AS place
  FROM token_families WHERE ${isLive}) r WHERE r.place > ?)`;
const revokeOfUser = `UPDATE token_families SET revoked_at_ms = ?
  WHERE pool_id = ? AND sub = ? AND revoked_at_ms IS NULL AND id <> ?`;
const revokeSession =
  'UPDATE token_families SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL';

/** Sessions and their refresh tokens in SQL. */
export class SqlSessions implements SessionStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async create(session: Session, tokenHash: string): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      await tx.run(sessions.insert, sessions.values(session));
      await tx.run(insertToken, [tokenHash, session.id]);
    });
  }

  async byToken(tokenHash: string): Promise<RefreshState | undefined> {
    const row = await this.#sql.one<TokenRow>(selectByToken, [tokenHash]);
    if (row === undefined) return undefined;
    const state = { session: sessions.record(row), user: users.record(row) };
    return row.rotated_at_ms === null ? state : { ...state, rotatedAtMs: row.rotated_at_ms };
  }

  async rotate(
    tokenHash: string,
    successorHash: string,
    nowMs: number,
    graceMs: number,
    sealedLastUse?: string,
  ): Promise<Rotation> {
    return this.#sql.transaction(async (tx) => {
      const stamped = await tx.run(stampRotated, [nowMs, tokenHash, nowMs]);
      const row = await tx.one<RotationRow>(selectRotation, [successorHash, tokenHash]);
      if (row === undefined) return 'missing';
      if (stamped === 1) {
        await tx.run(insertToken, [successorHash, row.family_id]);
        await tx.run(noteLastUse, [nowMs, sealedLastUse ?? null, row.family_id]);
        return 'rotated';
      }
      if (row.rotated_at_ms === null) return 'missing';
      // Without a grace period the first use is the only one, even for a request that started before it or on a slower clock.
      if (graceMs === 0 || row.rotated_at_ms <= nowMs - graceMs) {
        await tx.run(revokeSession, [nowMs, row.family_id]);
        return 'reused';
      }
      if (row.revoked_at_ms !== null || row.expires_at_ms <= nowMs) return 'missing';
      return row.successor_is_fresh === 1 ? 'rotated' : 'overtaken';
    });
  }

  async liveUser(
    poolId: PoolId,
    sub: Sub,
    sessionId: string,
  ): Promise<{ user: User; session: SessionState } | undefined> {
    const row = await this.#sql.one<UserRow & { readonly session: SessionState }>(selectLiveUser, [
      sessionId,
      poolId,
      sub,
    ]);
    return row && { user: users.record(row), session: row.session };
  }

  async get({ poolId, sub }: UserRef, sessionId: string): Promise<Session | undefined> {
    const row = await this.#sql.one<SessionRow>(selectOne, [sessionId, poolId, sub]);
    return row && sessions.record(row);
  }

  async noteUse(
    sessionId: string,
    { lastUsedAtMs, sealedLastUse }: NotedUse,
    withinMs: number,
  ): Promise<void> {
    const around = [lastUsedAtMs - withinMs, lastUsedAtMs + withinMs];
    const params = [lastUsedAtMs, sealedLastUse ?? null, sessionId, ...around];
    await this.#sql.run(noteLastUseUnlessAround, params);
  }

  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (secrets: SessionSecrets) => SessionSecrets,
  ): Promise<string | undefined> {
    return this.#sql.transaction((tx) => resealSessions(tx, [poolId, limit, after], reseal));
  }

  async revoke(sessionId: string, nowMs: number): Promise<void> {
    await this.#sql.run(revokeSession, [nowMs, sessionId]);
  }

  async liveOf(
    { poolId, sub }: UserRef,
    nowMs: number,
    limit: number,
    after?: SessionListKey,
  ): Promise<Page<Session, SessionListKey>> {
    const text = selectLive(after === undefined ? '' : 'AND (auth_time_ms, id) < (?, ?)');
    const start = after === undefined ? [] : [after.authTimeMs, after.id];
    const rows = await this.#sql.all<SessionRow>(text, [poolId, sub, nowMs, ...start, limit + 1]);
    return pageOf(rows, limit, sessions.record, (row) => ({
      authTimeMs: row.auth_time_ms,
      id: row.id,
    }));
  }

  async revokeOneOf({ poolId, sub }: UserRef, sessionId: string, nowMs: number): Promise<boolean> {
    const text = `${revokeSession} AND pool_id = ? AND sub = ?`;
    return (await this.#sql.run(text, [nowMs, sessionId, poolId, sub])) === 1;
  }

  async keepRecent({ poolId, sub }: UserRef, most: number, nowMs: number): Promise<void> {
    await this.#sql.run(revokeBeyond, [nowMs, poolId, sub, nowMs, most]);
  }

  async revokeOfDevice(
    { poolId, sub }: UserRef,
    deviceKey: string,
    nowMs: number,
    exceptSessionId?: string,
  ): Promise<void> {
    await this.#sql.run(`${revokeOfUser} AND device_key = ?`, [
      ...[nowMs, poolId, sub, exceptSessionId ?? ''],
      deviceKey,
    ]);
  }

  async revokeAllOf(
    { poolId, sub }: UserRef,
    nowMs: number,
    exceptSessionId?: string,
  ): Promise<void> {
    await this.#sql.run(revokeOfUser, [nowMs, poolId, sub, exceptSessionId ?? '']);
  }

  async purge(nowMs: number, limit: number): Promise<number> {
    const chosen =
      'SELECT id FROM token_families WHERE expires_at_ms < ? ORDER BY expires_at_ms LIMIT ?';
    return this.#sql.transaction(async (tx) => {
      const tokens = await removeTokens(tx, chosen, [nowMs, limit], limit);
      if (tokens === limit) return tokens;
      const ended = `DELETE FROM token_families WHERE id IN (${chosen})`;
      return tokens + (await tx.run(ended, [nowMs, limit - tokens]));
    });
  }
}
