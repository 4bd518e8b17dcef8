import type { PoolId, Sub } from '../../domain/ids.ts';
import type { Session } from '../../domain/tokens/session.ts';
import type { User } from '../../domain/users/user.ts';
import type { Page } from './page.ts';
import type { UserRef } from './users.ts';

/** A refresh token's row with its session and user, read in one step. */
export interface RefreshState {
  readonly session: Session;
  readonly user: User;
  /** When this very token was replaced by a rotation; absent for the current one. */
  readonly rotatedAtMs?: number;
}

/**
 * The result of a rotation. `rotated`: the successor is now, or still, the session's valid token. `overtaken`: within the grace period, but
 * the successor has already been used; nothing changed. `reused`: the grace period is over, and the whole session has been revoked.
 */
export type Rotation = 'rotated' | 'overtaken' | 'reused' | 'missing';

/** The state of a session. `unknown`: this user has no session with that id, or no longer. */
export type SessionState = 'live' | 'revoked' | 'unknown';

/** A use of a session. */
export type NotedUse = Required<Pick<Session, 'lastUsedAtMs'>> & Pick<Session, 'sealedLastUse'>;

/** The sealed values of a session, and which session they belong to. */
export type SessionSecrets = Pick<Session, 'id'> & Required<Pick<Session, 'sealedLastUse'>>;

/** Where a list of a user's sessions continues. */
export interface SessionListKey {
  readonly authTimeMs: number;
  readonly id: string;
}

/** Refresh tokens, as hashes, in sessions. Reads see every acknowledged write, on every node. */
export interface SessionStore {
  /** Starts a session with its first refresh token. */
  create(session: Session, tokenHash: string): Promise<void>;
  byToken(tokenHash: string): Promise<RefreshState | undefined>;
  /**
   * Makes `successorHash` the session's valid token in one conditional write that marks `tokenHash` as rotated. Until `graceMs` later the
   * same rotation can be repeated (by a client that lost the answer), as long as nobody has rotated the successor; after that, it revokes
   * the session. The caller always gives one token the same successor. The first rotation of a token is recorded as the session's last use,
   * with `sealedLastUse`.
   */
  rotate(
    tokenHash: string,
    successorHash: string,
    nowMs: number,
    graceMs: number,
    sealedLastUse?: string,
  ): Promise<Rotation>;
  /**
   * Records a use without a rotation, unless one is recorded within `withinMs` before it or after it. A recorded use that is even later
   * came from a wrong clock.
   */
  noteUse(sessionId: string, use: NotedUse, withinMs: number): Promise<void>;
  /** The user, and the session's state: everything that the use of an access token needs, in one read. */
  liveUser(
    poolId: PoolId,
    sub: Sub,
    sessionId: string,
  ): Promise<{ readonly user: User; readonly session: SessionState } | undefined>;
  /** A session of this user, also one that is revoked. */
  get(ref: UserRef, sessionId: string): Promise<Session | undefined>;
  /** The user's sessions that are not revoked and end after `nowMs`, newest first. */
  liveOf(
    ref: UserRef,
    nowMs: number,
    limit: number,
    after?: SessionListKey,
  ): Promise<Page<Session, SessionListKey>>;
  /** Revokes one session. Does nothing if it is unknown or already revoked. */
  revoke(sessionId: string, nowMs: number): Promise<void>;
  /** Revokes a session of this user; returns `false` if the user has none with that id, or it is revoked already. */
  revokeOneOf(ref: UserRef, sessionId: string, nowMs: number): Promise<boolean>;
  /**
   * Revokes the least recently used of the user's sessions that {@link liveOf} lists, until no more than `most` are left. The sign-in is
   * the last use of those that have none recorded. The caller holds the user's lock.
   */
  keepRecent(ref: UserRef, most: number, nowMs: number): Promise<void>;
  /** Revokes the user's sessions of this device, except `exceptSessionId` if given. */
  revokeOfDevice(
    ref: UserRef,
    deviceKey: string,
    nowMs: number,
    exceptSessionId?: string,
  ): Promise<void>;
  /** Revokes every session of the user, except `exceptSessionId` if given. */
  revokeAllOf(ref: UserRef, nowMs: number, exceptSessionId?: string): Promise<void>;
  /**
   * Replaces the sealed values of the pool's next sessions, about `limit` of them, with what the pure function `reseal` returns; returns
   * where to continue, or `undefined` if nothing is left to do. Nothing else about a session changes.
   */
  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (secrets: SessionSecrets) => SessionSecrets,
  ): Promise<string | undefined>;
  /** Removes at most `limit` sessions whose refresh tokens ended before `beforeMs`, and their tokens; returns the total number. */
  purge(beforeMs: number, limit: number): Promise<number>;
}
