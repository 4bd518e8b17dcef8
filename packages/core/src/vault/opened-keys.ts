import type { Clock } from '../ports/clock.ts';

/** What became of the rows of one owner, and until when, in UTC milliseconds, if the clock decides. */
export interface Opened<Value> {
  readonly value: Value;
  readonly untilMs: number;
}

/** How rows of keys are opened. */
export interface OpenedKeysParts<Row, Value> {
  readonly clock: Clock;
  /** Names the rows' content: nothing is opened again while it stays the same. */
  readonly contentOf: (row: Row) => string;
  readonly open: (
    owner: string,
    rows: readonly Row[],
    nowMs: number,
  ) => Opened<Value> | Promise<Opened<Value>>;
  /** Owners in memory at most. */
  readonly capacity: number;
}

/**
 * Remembers what was opened of key rows. The rows come from their store each time, which knows how old they may be; here their
 * content decides, so that a key which was replaced or deleted on another node is never used longer than its rows are.
 */
export function makeOpenedKeys<Row, Value>({
  clock,
  contentOf,
  open,
  capacity,
}: OpenedKeysParts<Row, Value>): (owner: string, rows: readonly Row[]) => Promise<Value> {
  const known = new Map<string, Opened<Value> & { rows: readonly Row[]; readonly all: string }>();
  return async (owner, rows) => {
    const nowMs = clock.nowMs();
    const found = known.get(owner);
    const isCurrent = found !== undefined && nowMs < found.untilMs;
    if (isCurrent && found.rows === rows) return found.value;
    const all = rows.map(contentOf).join('\n');
    if (isCurrent && found.all === all) {
      found.rows = rows;
      return found.value;
    }
    const opened = await open(owner, rows, nowMs);
    known.delete(owner);
    if (known.size >= capacity) {
      const oldest = known.keys().next();
      if (!oldest.done) known.delete(oldest.value);
    }
    known.set(owner, { ...opened, rows, all });
    return opened.value;
  };
}
