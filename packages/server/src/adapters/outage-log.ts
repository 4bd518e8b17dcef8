import { StorageUnavailableError, type Log, type Storage } from '@poolhouse/core';

/** How often to check whether the database is back. */
const ASK_EVERY_MS = 1_000;

/** Events that mean that the database is unavailable, whatever their fields. */
const OF_AN_OUTAGE = new Set([
  'storage.unavailable',
  'storage.unhealthy',
  'database.connection-lost',
]);

/** A log that reports when a database outage begins and when it has ended, and counts the events in between. */
export interface OutageLog extends Log {
  /** Called once the database can be checked. */
  watch(storage: Pick<Storage, 'health'>): void;
  close(): void;
}

/**
 * Keeps the log readable while the database is unavailable: otherwise each request, health check and background task would write a line of
 * its own. The first line of an outage is logged unchanged. The last one, `storage.available`, says how long it lasted and how many of
 * which events were suppressed.
 */
export function makeOutageLog(log: Log, askEveryMs = ASK_EVERY_MS): OutageLog {
  let storage: Pick<Storage, 'health'> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let outage: { readonly sinceMs: number; readonly kept: Map<string, number> } | undefined;

  async function ask(): Promise<void> {
    const health = await storage?.health().catch(() => undefined);
    if (outage === undefined) return;
    if (health?.ok !== true) {
      askLater();
      return;
    }
    const { sinceMs, kept } = outage;
    outage = undefined;
    log.warn('storage.available', {
      afterMs: Math.round(performance.now() - sinceMs),
      keptBack: Object.fromEntries(kept),
    });
  }

  function askLater(): void {
    timer = setTimeout(() => void ask(), askEveryMs);
    timer.unref();
  }

  const at =
    (level: 'info' | 'warn' | 'error'): Log['info'] =>
    (event, fields) => {
      const isOfOutage =
        OF_AN_OUTAGE.has(event) || fields?.['err'] instanceof StorageUnavailableError;
      if (!isOfOutage || storage === undefined) log[level](event, fields);
      else if (outage === undefined) {
        outage = { sinceMs: performance.now(), kept: new Map() };
        log[level](event, fields);
        askLater();
      } else outage.kept.set(event, (outage.kept.get(event) ?? 0) + 1);
    };

  return {
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    watch(watched) {
      storage = watched;
    },
    close() {
      clearTimeout(timer);
      if (outage !== undefined)
        log.warn('storage.away', { keptBack: Object.fromEntries(outage.kept) });
      outage = undefined;
      storage = undefined;
    },
  };
}
