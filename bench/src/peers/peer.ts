import type { Loads } from '../load/scenario.ts';
import type { MeasuredProcess } from '../measured-process.ts';

/** A server that is compared: a peer, or the product. */
export interface Contestant {
  readonly server: MeasuredProcess;
  /** What it cannot do is missing. */
  readonly loads: Partial<Loads>;
  stop(): Promise<void>;
}

/** Where a peer runs. */
export interface PeerPlace {
  /** Where the peers' packages are. */
  readonly packages: string;
  /** An empty folder for its data, removed after the run. */
  readonly data: string;
  readonly people: number;
}

/** A server of somebody else's that does some of the same work. */
export interface Peer {
  readonly name: string;
  /** Of what the product does in the same rows, what this one does not: seen from outside. */
  readonly leavesOut: string;
  start(place: PeerPlace): Promise<Contestant>;
}
