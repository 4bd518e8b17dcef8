import { leasedRound, type LeaseParts } from './leased-round.ts';
import type { Work } from './work.ts';

/** The longest pause between two tries of what fails and is else done more often: people wait for their messages. */
const LONGEST_PAUSE_MS = 10_000;
/** From being woken to the round: what comes meanwhile is done with it. */
const WAKE_AFTER_MS = 50;

/** Runs all that a node does beside the requests. */
export interface Runner<Kind extends string> {
  /** Does now what the start waits for. A stop tells it by the signal, and waits for it. */
  first<T>(work: (stopping: AbortSignal) => Promise<T>): Promise<T>;
  start(): void;
  /** There is something to do: the next round of a kind begins now. */
  wake(kind: Kind): void;
  /** Ends after what is being done. */
  stop(): Promise<void>;
}

/** Makes it. Kinds do not wait for each other, and none is ended by the errors of another. */
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

/** Round after round of one kind. */
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
      // Who is told to stop may say so.
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
