/** What a node does beside the requests. A new kind is its file, its name here, and its row in `compose/background.ts`. */
export type WorkKind =
  'jobs' | 'delivery' | 'metrics' | 'purge' | 'rewrap' | 'names' | 'damage' | 'address' | 'audit';

/** Work of one kind, done in rounds. */
export interface Work {
  /**
   * `cluster`: for the whole database, so one of its nodes does a round, by a lease. `node`: each node has its own to do. A lease saves
   * work and is no lock: a node that stood still for long may find itself beside another. What must not happen twice is decided in
   * transactions, whatever the scope.
   */
  readonly scope: 'cluster' | 'node';
  /** From the start to the first round; as long as between two where it is absent. */
  readonly firstAfterMs?: number;
  /** From the end of a round to the next; absent where there is one round in the life of a node. */
  readonly everyMs?: number;
  /** One round. Answers after how long the next one is due, where that is not `everyMs`. */
  run(round: Round): Promise<number | void>;
  /** Tells operators why a round failed. The next one comes later and later while that goes on. */
  failed(error: unknown): void;
  /** What is left to do when the node stops, after the last round. */
  end?(): Promise<void> | void;
}

/** A round under way. */
export interface Round {
  /** The node stops: what is being done is ended, and nothing new begun. */
  readonly stopping: AbortSignal;
  /** Asked between two slices: whether this node goes on. Prolongs its lease. */
  goesOn(): Promise<boolean>;
}
