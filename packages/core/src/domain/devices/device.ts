import type { PoolId, Sub } from '../ids.ts';

/** A device that an app has confirmed for a user. Source: API model, DeviceType; settings.md 10. */
export interface Device {
  readonly poolId: PoolId;
  readonly sub: Sub;
  /** The region and a UUID, made by the server at a sign-in. */
  readonly key: string;
  /** As the app calls it; absent where it said nothing. */
  readonly name?: string;
  /** Whether it may stand in for a second factor where the pool lets devices do so. */
  readonly isRemembered: boolean;
  /** The salt and verifier of the password that the app keeps on the device, sealed for this user and key. */
  readonly sealedVerifier: string;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  /** The last sign-in in which it proved itself; at first the one in which it got its key. */
  readonly lastAuthenticatedAtMs: number;
  /** The address from which that was, sealed; absent if it is unknown. */
  readonly sealedLastUse?: string;
}
