import type { PoolId, Sub } from '../../domain/ids.ts';
import type { TokenFamily } from '../../domain/tokens/token-family.ts';
import type { User } from '../../domain/users/user.ts';
import type { UserRef } from './users.ts';

/** A refresh token's row with its family and user, read in one step. */
export interface RefreshState {
  readonly family: TokenFamily;
  readonly user: User;
  /** When this very token was rotated out; absent for the current one. */
  readonly rotatedAtMs?: number;
}

/**
 * What became of a rotation. `rotated`: the successor is the family's live token, now or still. `overtaken`: within the grace, but
 * the successor has been used already; nothing changed. `reused`: the grace is over, and the whole family has been revoked.
 */
export type Rotation = 'rotated' | 'overtaken' | 'reused' | 'missing';

/** What has become of a family. `unknown`: there is none of this user under the id, or no longer. */
export type FamilyState = 'live' | 'revoked' | 'unknown';

/** Refresh tokens, as hashes, in families. Reads see every acknowledged write, on every node. */
export interface TokenFamilyStore {
  /** Starts a family with its first refresh token. */
  create(family: TokenFamily, tokenHash: string): Promise<void>;
  byToken(tokenHash: string): Promise<RefreshState | undefined>;
  /**
   * Makes `successorHash` the live token of the family in one conditional write that stamps `tokenHash`. Until `graceMs` after
   * that the same rotation may be asked for again (a client that lost the answer), as long as nobody has rotated the successor;
   * later it revokes the family. The caller gives one token always the same successor.
   */
  rotate(
    tokenHash: string,
    successorHash: string,
    nowMs: number,
    graceMs: number,
  ): Promise<Rotation>;
  /** The user, and what has become of the family: what an access token's use needs, in one read. */
  liveUser(
    poolId: PoolId,
    sub: Sub,
    familyId: string,
  ): Promise<{ readonly user: User; readonly family: FamilyState } | undefined>;
  /** Revokes one family. Nothing happens when it is unknown or revoked already. */
  revoke(familyId: string, nowMs: number): Promise<void>;
  /** Revokes every family of the user, but for `exceptFamilyId` where given. */
  revokeAllOf(ref: UserRef, nowMs: number, exceptFamilyId?: string): Promise<void>;
  /** Removes at most `limit` families whose refresh tokens ended before `beforeMs`, and their tokens; answers how many of both. */
  purge(beforeMs: number, limit: number): Promise<number>;
}
