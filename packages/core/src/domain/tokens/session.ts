import type { ChallengeNameType } from '@poolhouse/model';
import type { ClientId, PoolId, Sub } from '../ids.ts';

/** Who asked for a sign-in: the user's own app, or a back end with an access key. */
export type SignInOrigin = 'app' | 'administrator';

/** One secret that was proved in a sign-in: by the challenge that asked for it, and when. */
export interface Proof {
  readonly challenge: ChallengeNameType;
  readonly atMs: number;
  /** Whether it counts as two factors: a passkey that verified its user, where the pool says that this is enough. */
  readonly isTwoFactors?: true;
  /** Whether it was a remembered device of which the pool says that it stands in for a second factor. */
  readonly standsIn?: true;
  /** Whether it was a passkey on something that the user carries from device to device. */
  readonly isRoaming?: true;
}

/**
 * One sign-in and all tokens that descend from it. Its id is the tokens' `origin_jti`, or their `event_id` if they have none. The optional
 * members are unknown for sessions that an older build started.
 */
export interface Session {
  readonly id: string;
  readonly poolId: PoolId;
  readonly clientId: ClientId;
  readonly sub: Sub;
  /** `auth_time` of every token of the session. */
  readonly authTimeMs: number;
  /** `event_id` of the sign-in, in tokens with an `origin_jti`. */
  readonly eventId: string;
  /** Space-separated. */
  readonly scope: string;
  /** The end of the refresh tokens; rotation does not move it (security.md R06). */
  readonly expiresAtMs: number;
  readonly revokedAtMs?: number;
  /** In order. A refresh adds none. */
  readonly proofs?: readonly Proof[];
  readonly origin?: SignInOrigin;
  /** The identity provider that vouched for the user; absent if the pool itself did. */
  readonly identityProvider?: string;
  /**
   * The device on which the user signed in: one that proved itself, or a key that this sign-in gave out and an app may confirm. Absent if the
   * pool did not tell devices apart.
   */
  readonly deviceKey?: string;
  /** Tells with what the user could prove a second factor at the sign-in; see `factorsMark`. */
  readonly factorsMark?: string;
  /** The sign-in, or a later refresh; `tokens/last-use.ts` decides which are recorded. */
  readonly lastUsedAtMs?: number;
  /** Where the last use came from, sealed; absent if nothing is known about it. */
  readonly sealedLastUse?: string;
}
