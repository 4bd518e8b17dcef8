/** A claim of one node on work that all nodes could do. */
export interface Lease {
  /** Names the work. */
  readonly name: string;
  /** Whose it is: another text each time it is taken. */
  readonly holder: string;
  /** From when on anybody may take it. UTC milliseconds. */
  readonly untilMs: number;
}

/** Who may do what only one node should do. A node that is never heard of again loses it by time. */
export interface LeaseStore {
  /**
   * Takes a lease that nobody has, or that has ended; whoever has it prolongs or shortens it. One that ends after `latestMs` was taken by a
   * clock that is far ahead, and counts as ended. Answers `undefined` once it is ours, else until when another holder has it.
   * Of eight takers at a time one gets it.
   */
  hold(
    lease: Lease & { readonly nowMs: number; readonly latestMs: number },
  ): Promise<number | undefined>;
}
