import type { PoolId, Sub } from '../../domain/ids.ts';
import type { Session } from '../../domain/tokens/session.ts';
import type { User } from '../../domain/users/user.ts';
import type { UserRef } from './users.ts';

/** A refresh token's row with its session and user, read in one step. */
export interface RefreshState {
  readonly session: Session;
  readonly user: User;
  /** When this very token was rotated out; absent for the current one. */
  readonly rotatedAtMs?: number;
}

/**
 * What became of a rotation. `rotated`: the successor is the session's live token, now or still. `overtaken`: within the grace, but
 * the successor has been used already; nothing changed. `reused`: the grace is over, and the whole session has been revoked.
 */
export type Rotation = 'rotated' | 'overtaken' | 'reused' | 'missing';

/** What has become of a session. `unknown`: there is none of this user under the id, or no longer. */
export type SessionState = 'live' | 'revoked' | 'unknown';

/** A use of a session. */
export type NotedUse = Required<Pick<Session, 'lastUsedAtMs'>> & Pick<Session, 'sealedLastUse'>;

/** What is sealed of a session, and whose it is. */
export type SessionSecrets = Pick<Session, 'id'> & Required<Pick<Session, 'sealedLastUse'>>;

/** Refresh tokens, as hashes, in sessions. Reads see every acknowledged write, on every node. */
export interface SessionStore {
  /** Starts a session with its first refresh token. */
  create(session: Session, tokenHash: string): Promise<void>;
  byToken(tokenHash: string): Promise<RefreshState | undefined>;
  /**
   * Makes `successorHash` the live token of the session in one conditional write that stamps `tokenHash`. Until `graceMs` after
   * that the same rotation may be asked for again (a client that lost the answer), as long as nobody has rotated the successor;
   * later it revokes the session. The caller gives one token always the same successor. The first rotation of a token is noted as the
   * session's last use, with `sealedLastUse`.
   */
  rotate(
    tokenHash: string,
    successorHash: string,
    nowMs: number,
    graceMs: number,
    sealedLastUse?: string,
  ): Promise<Rotation>;
  /**
   * Notes a use that rotates nothing, unless one is noted within `withinMs` before it, or as long after it: later still was noted by a
   * clock that was wrong.
   */
  noteUse(sessionId: string, use: NotedUse, withinMs: number): Promise<void>;
  /** The user, and what has become of the session: what an access token's use needs, in one read. */
  liveUser(
    poolId: PoolId,
    sub: Sub,
    sessionId: string,
  ): Promise<{ readonly user: User; readonly session: SessionState } | undefined>;
  /** Revokes one session. Nothing happens when it is unknown or revoked already. */
  revoke(sessionId: string, nowMs: number): Promise<void>;
  /** Revokes every session of the user, but for `exceptSessionId` where given. */
  revokeAllOf(ref: UserRef, nowMs: number, exceptSessionId?: string): Promise<void>;
  /**
   * Replaces what is sealed of the next sessions of the pool, about `limit` of them, by what the pure function `reseal` makes of it;
   * answers where to go on, or `undefined` when there is nothing left to do. Nothing else of a session changes.
   */
  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (secrets: SessionSecrets) => SessionSecrets,
  ): Promise<string | undefined>;
  /** Removes at most `limit` sessions whose refresh tokens ended before `beforeMs`, and their tokens; answers how many of both. */
  purge(beforeMs: number, limit: number): Promise<number>;
}
