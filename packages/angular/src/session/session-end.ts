/**
 * How a session ended: the person signed out here, the pool takes its refresh token no more (it was revoked or has expired), or
 * another tab of this browser ended it, for either reason.
 */
export type SessionEnd = 'signed-out' | 'ended-by-pool' | 'in-another-tab';
