/** The purpose under which secret blocks are sealed. */
export const SECRET_BLOCK = 'srp-secret-block';

/** What SECRET_BLOCK holds, sealed: the server's memory of an SRP exchange. */
export interface SecretBlock {
  readonly id: string;
  readonly clientId: string;
  /** USER_ID_FOR_SRP. */
  readonly userId: string;
  /** Absent for somebody who does not exist: the proof then always fails. */
  readonly sub?: string;
  /** Who then stands in for the user; see `nobodyCalled`. */
  readonly nobody?: string;
  readonly clientPublicHex: string;
  readonly serverPrivateHex: string;
  readonly serverPublicHex: string;
  readonly startedAtMs: number;
  readonly expiresAtMs: number;
}
