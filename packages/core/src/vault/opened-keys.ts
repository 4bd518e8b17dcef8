import type { Clock } from '../ports/clock.ts';

/** The result of opening one owner's rows, and, if the clock decides, until when it is valid, in UTC milliseconds. */
export interface Opened<Value> {
  readonly value: Value;
  readonly untilMs: number;
}

/** How to open rows of keys. */
export interface OpenedKeysParts<Row, Value> {
  readonly clock: Clock;
  /** Identifies the rows' content: nothing is opened again while it stays the same. */
  readonly contentOf: (row: Row) => string;
  readonly open: (
    owner: string,
    rows: readonly Row[],
    nowMs: number,
  ) => Opened<Value> | Promise<Opened<Value>>;
  /** How many owners are kept in memory at most. */
  readonly capacity: number;
}

/**
 * Remembers opened keys. The rows are read from their store each time, which decides how old they may be; here their content decides, so
 * that a key that was replaced or deleted on another node is never used longer than its rows.
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
