import { setImmediate } from 'node:timers/promises';
import {
  chainKey,
  BrokenChainError,
  pruningMac,
  walkChain,
  type ChainCheck,
  type ChainFault,
  type ChainPlace,
  type Clock,
  type Log,
  type Storage,
  type Vault,
} from '@poolhouse/core';
import type { Round, Work } from './work.ts';

/** The last check of the audit's chain. */
export interface ChainStatus extends ChainCheck {
  readonly checkedAtMs: number;
}

/** Watches the audit: checks its chain again and again, and removes entries older than the retention time. */
export interface AuditWatch {
  readonly work: Work;
  /** `undefined` until the first check is done. */
  status(): ChainStatus | undefined;
  /** Checks the whole chain now. */
  check(): Promise<ChainStatus>;
}

const FIRST_MS = 10_000;
const EVERY_MS = 10 * 60_000;
/** Between two checks of the whole chain; the checks in between go from the newest entry down to where the last one started. */
const WHOLE_EVERY_MS = 24 * 3_600_000;
/** Entries in one read: some five milliseconds of work. */
const PAGE = 200;
const PRUNE_BATCH = 200;
const DAY_MS = 86_400_000;

/** Makes the watch. `keepDays`: how long entries are kept; without it, for ever. */
export function makeAuditWatch(
  storage: Storage,
  parts: { readonly vault: Vault; readonly clock: Clock; readonly log: Log },
  keepDays: number | undefined,
): AuditWatch {
  const { vault, clock, log } = parts;
  const { audit } = storage.stores;
  let status: ChainStatus | undefined;
  /** The newest place that was ever found correct. It can only disappear by being cut off, and then stays missing. */
  let known: ChainPlace | undefined;
  let wholeAtMs = Number.NEGATIVE_INFINITY;
  let told: string | undefined;

  async function check(isWhole = true): Promise<ChainStatus> {
    const key = await chainKey(vault);
    const walk = (downTo?: ChainPlace) =>
      walkChain(audit, key, {
        pageSize: PAGE,
        downTo,
        // Requests get their turn between two pages, on either database.
        onPage: () => setImmediate(),
      });
    // A chain whose newest entries were cut off is intact in itself.
    let found = known && (await walk(known));
    if (found === undefined || (isWhole && found.fault === undefined)) found = await walk();
    if (found.fault === undefined) known = found.head;
    status = { ...found, checkedAtMs: clock.nowMs() };
    tell(found.fault);
    return status;
  }

  function tell(fault: ChainFault | undefined): void {
    const text = fault && `${fault.kind} ${fault.number}`;
    if (text !== undefined && text !== told) log.error('audit.broken', { ...fault });
    told = text;
  }

  async function prune({ goesOn }: Round): Promise<void> {
    if (keepDays === undefined) return;
    const key = await chainKey(vault);
    const beforeMs = clock.nowMs() - keepDays * DAY_MS;
    let count = 0;
    let removed = PRUNE_BATCH;
    try {
      while (removed === PRUNE_BATCH && (await goesOn())) {
        removed = await audit.prune(beforeMs, PRUNE_BATCH, pruningMac(key));
        count += removed;
        await setImmediate();
      }
    } finally {
      if (count > 0) log.info('audit.pruned', { count });
    }
  }

  async function run(round: Round): Promise<void> {
    try {
      const isWhole = status?.fault !== undefined || clock.nowMs() - wholeAtMs >= WHOLE_EVERY_MS;
      if (isWhole) wholeAtMs = clock.nowMs();
      const { fault } = await check(isWhole);
      // Evidence of tampering must stay.
      if (fault === undefined) await prune(round);
    } catch (error) {
      if (!(error instanceof BrokenChainError)) throw error;
      tell(error.fault);
      // Old entries are seldom checked; the next round checks them.
      wholeAtMs = Number.NEGATIVE_INFINITY;
    }
  }

  return {
    status: () => status,
    check: () => check(),
    work: {
      // What a node has verified stays in its memory, where nobody with access to the database can change it.
      scope: 'node',
      firstAfterMs: FIRST_MS,
      everyMs: EVERY_MS,
      run,
      failed: (error) => log.warn('audit.unchecked', { err: error }),
    },
  };
}
