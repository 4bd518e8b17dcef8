/** A public URL of this database's nodes. */
export interface KnownAddress {
  readonly publicUrl: string;
  /** Until when, in UTC milliseconds, some node is assumed to use it. */
  readonly liveUntilMs: number;
}

/** The public URLs that nodes have or have had. */
export interface AddressStore {
  /**
   * Records that a node uses this public URL until `liveUntilMs`, and forgets those that ended before `forgetBeforeMs`. Returns what was
   * known before, the last one to end first.
   */
  note(
    publicUrl: string,
    liveUntilMs: number,
    forgetBeforeMs: number,
  ): Promise<readonly KnownAddress[]>;
}
