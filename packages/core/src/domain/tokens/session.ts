import type { ClientId, PoolId, Sub } from '../ids.ts';

/** One sign-in and all tokens that descend from it. Its id is the tokens' `origin_jti`, or their `event_id` where they have none. */
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
}
