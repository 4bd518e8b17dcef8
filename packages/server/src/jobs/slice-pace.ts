import { setTimeout as delay } from 'node:timers/promises';

/** How long one slice of background work should delay requests, in milliseconds: nobody notices twice that. */
const SLICE_MS = 10;
/** The longest pause: the node that holds a job must not lose it meanwhile. */
const LONGEST_PAUSE_MS = 1_000;

/** How many rows a slice may have. */
export interface SliceRows {
  /** In the first slice, when it is not known yet what a row costs here. */
  readonly first: number;
  /** At least, however slow: the fixed cost of a slice, a wait for the disk, must stay the smaller part. */
  readonly fewest: number;
  readonly most: number;
}

/** Measures slices and waits between them; tests replace it. */
export interface SliceTime {
  /** Milliseconds since some moment. */
  nowMs(): number;
  wait(ms: number, signal: AbortSignal): Promise<unknown>;
}

const realTime: SliceTime = {
  nowMs: () => performance.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal, ref: false }),
};

/** How background work is cut into slices. */
export interface SlicePace {
  /** How many rows the next slice may take. */
  readonly rows: number;
  /** Called after each slice, so that others get at least half of the time. Throws once the signal is aborted. */
  pause(): Promise<void>;
}

/**
 * Cuts work into slices of about {@link SLICE_MS}, whatever a row costs on this machine and in this database: a slice that took longer is
 * followed by a smaller one. The first one starts now.
 */
export function makeSlicePace(
  stopping: AbortSignal,
  { first, fewest, most }: SliceRows,
  time: SliceTime = realTime,
): SlicePace {
  let rows = first;
  let sinceMs = time.nowMs();
  return {
    get rows() {
      return rows;
    },
    async pause() {
      const tookMs = time.nowMs() - sinceMs;
      // At most half or double: one slice may have met a busy disk, or ended early.
      const wanted = Math.round((rows * SLICE_MS) / Math.max(tookMs, 1));
      const next = Math.min(Math.max(wanted, Math.floor(rows / 2)), rows * 2);
      rows = Math.min(Math.max(next, fewest), most);
      await time.wait(Math.min(tookMs, LONGEST_PAUSE_MS), stopping);
      sinceMs = time.nowMs();
    },
  };
}
