import type { PoolId, Sub } from '../ids.ts';

/**
 * A passkey of a user. The public key is no secret: `mac` binds it to the user, so that nobody who can only write to the database signs in
 * with a key of their own. Source: WebAuthn Level 3, section 4, "credential record".
 */
export interface Passkey {
  readonly poolId: PoolId;
  readonly sub: Sub;
  /** Base64url, as chosen by the authenticator. */
  readonly credentialId: string;
  /** A COSE key in base64url. Source: RFC 9052, section 7. */
  readonly publicKey: string;
  readonly mac: string;
  /** The authenticator's own count of its uses; 0 if it does not count. */
  readonly signCount: number;
  /** How the authenticator can be reached, such as `usb` or `internal`. */
  readonly transports: readonly string[];
  /** `platform` or `cross-platform`; absent if the browser did not say. */
  readonly attachment?: string;
  /** The authenticator's model, a UUID; zeros if it does not say. */
  readonly aaguid: string;
  /** Whether it may exist on several devices. */
  readonly isBackupEligible: boolean;
  /** Whether it does now. */
  readonly isBackedUp: boolean;
  /** For people, made by the server. */
  readonly friendlyName: string;
  readonly relyingPartyId: string;
  readonly createdAtMs: number;
  /** Absent until the first sign-in with it. */
  readonly lastUsedAtMs?: number;
}
