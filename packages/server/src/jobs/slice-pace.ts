import { setTimeout as delay } from 'node:timers/promises';

/** How long one slice of work beside the requests should hold them up, in milliseconds: nobody notices twice that. */
const SLICE_MS = 10;
/** The longest pause: whoever holds a job must not lose it meanwhile. */
const LONGEST_PAUSE_MS = 1_000;

/** How many rows a slice may have. */
export interface SliceRows {
  /** In the first, when nobody knows yet what a row costs here. */
  readonly first: number;
  /** However slow: what a slice costs by itself, a wait for the disk, must stay the smaller part. */
  readonly fewest: number;
  readonly most: number;
}

/** What measures slices and waits between them; tests replace it. */
export interface SliceTime {
  /** Milliseconds since some moment. */
  nowMs(): number;
  wait(ms: number, signal: AbortSignal): Promise<unknown>;
}

const realTime: SliceTime = {
  nowMs: () => performance.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal, ref: false }),
};

/** How work beside the requests is cut into slices. */
export interface SlicePace {
  /** How many rows the next slice may take. */
  readonly rows: number;
  /** Called after each slice: others get at least half of the time. Throws once the signal came. */
  pause(): Promise<void>;
}

/**
 * Cuts work into slices of about {@link SLICE_MS}, whatever a row costs on this machine and in this database: a slice that took longer is
 * followed by a smaller one. The first begins now.
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
      // By half or double at most: one slice may have met a disk that was busy, or ended early.
      const wanted = Math.round((rows * SLICE_MS) / Math.max(tookMs, 1));
      const next = Math.min(Math.max(wanted, Math.floor(rows / 2)), rows * 2);
      rows = Math.min(Math.max(next, fewest), most);
      await time.wait(Math.min(tookMs, LONGEST_PAUSE_MS), stopping);
      sinceMs = time.nowMs();
    },
  };
}
