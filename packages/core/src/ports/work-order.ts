/** Whose slow work it is (password hashes, SRP's exponentiations), for the fair queue in front of it. */
export interface WorkOrder {
  /** Where it comes from: an address's network, an access key, a back end's app client, or the server itself. */
  readonly source: string;
  /** How many people the source represents: 1 for an address, more for a back end that sends everybody's requests. */
  readonly weight: number;
  /** What it is for: people with an account have a share that neither sign-up nor administration can take. */
  readonly purpose: 'account' | 'other';
}

/** More work is waiting than the server, or this source, may have; the server answers TooManyRequestsException. */
export class OverloadError extends Error {
  override readonly name = 'OverloadError';
}
