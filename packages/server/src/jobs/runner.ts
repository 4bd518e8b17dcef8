import { leasedRound, type LeaseParts } from './leased-round.ts';
import type { Work } from './work.ts';

/** The longest pause after repeated failures of work that runs more often than this: people wait for their messages. */
const LONGEST_PAUSE_MS = 10_000;
/** From a wake-up to the round, which then does whatever else has arrived. */
const WAKE_AFTER_MS = 50;

/** Does all background work of a node. */
export interface Runner<Kind extends string> {
  /** Runs what the start of the node waits for. A stop aborts its signal and waits for it. */
  first<T>(work: (stopping: AbortSignal) => Promise<T>): Promise<T>;
  start(): void;
  /** There is something to do: starts the next round of this kind now. */
  wake(kind: Kind): void;
  /** Resolves when the rounds in progress have ended and each kind has cleaned up. */
  stop(): Promise<void>;
}

/** Makes a runner. The kinds do not wait for each other, and failures of one do not affect the others. */
export function makeRunner<Kind extends string>(
  parts: LeaseParts,
  works: Readonly<Record<Kind, Work>>,
): Runner<Kind> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const goesOn = () => Promise.resolve(!signal.aborted);
  const loops = new Map(
    Object.entries<Work>(works).map(([kind, work]) => {
      const round = () =>
        work.scope === 'cluster'
          ? leasedRound(parts, [kind, work], signal)
          : work.run({ stopping: signal, goesOn });
      return [kind, makeLoop(work, round, signal)];
    }),
  );
  let before: Promise<unknown> = Promise.resolve();
  return {
    first(work) {
      const done = work(signal);
      before = done.catch(() => undefined);
      return done;
    },
    start() {
      for (const loop of loops.values()) loop.start();
    },
    wake: (kind) => loops.get(kind)?.wake(),
    async stop() {
      stopping.abort();
      await Promise.all([before, ...[...loops.values()].map((loop) => loop.stop())]);
    },
  };
}

/** Does round after round of one kind. */
function makeLoop(work: Work, round: () => Promise<number | void>, stopping: AbortSignal) {
  const { everyMs } = work;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isStarted = false;
  let isWoken = false;
  let failures = 0;

  function after(ms: number): void {
    if (stopping.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(begin, ms);
    timer.unref();
  }

  function begin(): void {
    isWoken = false;
    running = once().then((nextMs) => {
      running = undefined;
      if (isWoken) after(WAKE_AFTER_MS);
      else if (nextMs !== undefined) after(nextMs);
    });
  }

  async function once(): Promise<number | undefined> {
    try {
      const nextMs = await round();
      failures = 0;
      return nextMs ?? everyMs;
    } catch (error) {
      // Breaking off when told to stop is not a failure.
      if (!(stopping.aborted && error instanceof Error && error.name === 'AbortError')) {
        work.failed(error);
      }
      failures += 1;
      return everyMs && Math.max(everyMs, Math.min(everyMs * 2 ** failures, LONGEST_PAUSE_MS));
    }
  }

  return {
    start() {
      if (stopping.aborted) return;
      isStarted = true;
      const { firstAfterMs = everyMs ?? 0 } = work;
      if (firstAfterMs === 0) begin();
      else after(firstAfterMs);
    },
    wake() {
      if (!isStarted || isWoken) return;
      isWoken = true;
      if (running === undefined) after(WAKE_AFTER_MS);
    },
    async stop() {
      clearTimeout(timer);
      await running;
      if (isStarted) await work.end?.();
    },
  };
}
