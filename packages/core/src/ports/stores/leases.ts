/** One node's claim on work that any node could do. */
export interface Lease {
  /** Names the work. */
  readonly name: string;
  /** Identifies the holder; a new text each time the lease is taken. */
  readonly holder: string;
  /** When it ends and anyone may take it. UTC milliseconds. */
  readonly untilMs: number;
}

/** Leases on work that only one node should do. A node that disappears loses its lease in time. */
export interface LeaseStore {
  /**
   * Takes a lease that is free or has ended; its holder renews or shortens it. A lease that ends after `latestMs` was taken with a clock
   * far ahead and counts as ended. Returns `undefined` if the lease is now ours, otherwise when the other holder's ends.
   * Of eight parallel takers one gets it.
   */
  hold(
    lease: Lease & { readonly nowMs: number; readonly latestMs: number },
  ): Promise<number | undefined>;
}
