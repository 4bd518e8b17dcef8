import { setImmediate } from 'node:timers/promises';
import {
  chainKey,
  floorMac,
  walkChain,
  type ChainCheck,
  type ChainPlace,
  type Clock,
  type Log,
  type Storage,
  type Vault,
} from '@poolhouse/core';
import type { Worker } from './worker.ts';

/** The last check of the audit's chain. */
export interface ChainStatus extends ChainCheck {
  readonly checkedAtMs: number;
}

/** Watches over the audit: checks its chain again and again, and removes what is older than it is to be kept. */
export interface AuditWatch extends Worker {
  /** `undefined` before the first check is done. */
  status(): ChainStatus | undefined;
  /** Settles when the round that is running is done. */
  idle(): Promise<unknown>;
  /** Checks the whole chain now. */
  check(): Promise<ChainStatus>;
}

const FIRST_MS = 10_000;
const EVERY_MS = 10 * 60_000;
/** Between two checks of the whole; those between them go from the newest entry down to where the last one began. */
const WHOLE_EVERY_MS = 24 * 3_600_000;
/** Entries in one read: some five milliseconds of work. */
const PAGE = 200;
const PRUNE_BATCH = 500;
const DAY_MS = 86_400_000;

/** Makes it. `keepDays`: how long entries are kept; for ever where it is absent. */
export function makeAuditWatch(
  storage: Storage,
  parts: { readonly vault: Vault; readonly clock: Clock; readonly log: Log },
  keepDays: number | undefined,
): AuditWatch {
  const { vault, clock, log } = parts;
  const { audit } = storage.stores;
  let status: ChainStatus | undefined;
  let wholeAtMs = Number.NEGATIVE_INFINITY;
  let told: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;

  async function check(downTo?: ChainPlace): Promise<ChainStatus> {
    const found = await walkChain(audit, await chainKey(vault), {
      pageSize: PAGE,
      downTo,
      // Requests get their turn between two pages, whatever the database.
      onPage: () => setImmediate(),
    });
    status = { ...found, checkedAtMs: clock.nowMs() };
    const fault = found.fault && `${found.fault.kind} ${found.fault.number}`;
    if (fault !== undefined && fault !== told) log.error('audit.broken', { ...found.fault });
    told = fault;
    return status;
  }

  async function prune(): Promise<void> {
    if (keepDays === undefined) return;
    const key = await chainKey(vault);
    const beforeMs = clock.nowMs() - keepDays * DAY_MS;
    let count = 0;
    let removed = PRUNE_BATCH;
    while (removed === PRUNE_BATCH && !stopped) {
      removed = await audit.prune(beforeMs, PRUNE_BATCH, (place) => floorMac(key, place));
      count += removed;
    }
    if (count > 0) log.info('audit.pruned', { count });
  }

  async function run(): Promise<void> {
    try {
      const isWhole = status?.fault !== undefined || clock.nowMs() - wholeAtMs >= WHOLE_EVERY_MS;
      if (isWhole) wholeAtMs = clock.nowMs();
      await check(isWhole ? undefined : status?.head);
      await prune();
    } catch (error) {
      log.warn('audit.unchecked', { err: error });
    }
  }

  const next = (afterMs: number) => {
    timer = setTimeout(() => {
      running = run().then(() => {
        if (!stopped) next(EVERY_MS);
      });
    }, afterMs);
    timer.unref();
  };
  return {
    status: () => status,
    idle: () => running,
    check: () => check(),
    start: () => next(FIRST_MS),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
