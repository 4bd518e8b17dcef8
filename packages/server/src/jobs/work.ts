/** The kinds of background work. To add one: a file of its own, its name here, and its row in `compose/background.ts`. */
export type WorkKind =
  | 'jobs'
  | 'mail'
  | 'sms'
  | 'metrics'
  | 'purge'
  | 'rewrap'
  | 'names'
  | 'damage'
  | 'address'
  | 'audit';

/** Background work of one kind, done in rounds. */
export interface Work {
  /**
   * `cluster`: one node at a time does it for the whole database, by a lease. `node`: every node does its own. A lease saves work
   * but is not a lock: a node that was suspended may overlap with the one that took over. Whatever the scope, anything that must not
   * happen twice is decided in a transaction.
   */
  readonly scope: 'cluster' | 'node';
  /** From the start of the node to the first round; `everyMs` if absent, or at once if that is absent too. */
  readonly firstAfterMs?: number;
  /** From the end of a round to the next; absent if there is only one round after each start. */
  readonly everyMs?: number;
  /** One round. May return the time until the next one, in milliseconds, if it is not `everyMs`. */
  run(round: Round): Promise<number | void>;
  /** Logs why a round failed. While failures go on, the pause before the next round grows. */
  failed(error: unknown): void;
  /** Cleans up when the node stops, after the last round. */
  end?(): Promise<void> | void;
}

/** A round in progress. */
export interface Round {
  /** Aborted when the node stops: finish the current slice and start no other. */
  readonly stopping: AbortSignal;
  /** Ask between two slices whether to go on: not if the node stops or has lost its lease. Renews the lease. */
  goesOn(): Promise<boolean>;
}
