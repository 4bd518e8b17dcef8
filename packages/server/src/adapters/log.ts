import { sensitiveMembers } from '@poolhouse/model';
import type { Log } from '@poolhouse/core';
import sonicBoom from 'sonic-boom';

/** How much is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A log that is closed when the process ends. */
export interface ServerLog extends Log {
  /** Writes what is still in memory, for at most half a second: a reader that has stopped must not keep the process from ending. */
  close(): Promise<void>;
}

/** How much may wait for a slow reader; beyond that, lines are dropped and counted (security.md F31). */
const BUFFER_BYTES = 1_048_576;
const CLOSE_MS = 500;
const DEEPEST = 5;

/** Levels as numbers in a line, as readers of such logs know them. */
const LEVELS = { debug: 20, info: 30, warn: 40, error: 50, silent: Infinity } as const;

const SECRET = '[redacted]';
/** Names, besides the API's own, whose values are never logged. */
const OWN_SECRETS = ['authorization', 'cookie', 'password', 'secret', 'token', 'code', 'link'];
const secretNames = new Set(
  [...sensitiveMembers, ...OWN_SECRETS].map((name) => name.toLowerCase()),
);

/** Makes the log: JSON lines on standard output, or in a file, written without blocking any request. */
export function makeLog(level: LogLevel, to: number | string = 1): ServerLog {
  // Accessing the stream makes Node's writes to standard output non-blocking. A blocked write occupies a thread, and the process waits for
  // all threads at its end.
  if (to === 1) process.stdout.on('error', () => undefined);
  const destination = new sonicBoom.SonicBoom({
    dest: to,
    sync: false,
    // Lines are written immediately. With 0, a flush would not wait for what is being written.
    minLength: 1,
    maxLength: BUFFER_BYTES,
  });
  const write = (at: LogLevel, event: string, fields: object): void => {
    const own = { level: LEVELS[at], time: new Date().toISOString() };
    // This order is for people to read. Level and time stay ours, because log readers sort and alert by them.
    const line = { ...own, ...fields, ...own, msg: event };
    destination.write(`${JSON.stringify(line)}\n`);
  };
  let dropped = 0;
  destination.on('drop', () => (dropped += 1));
  destination.on('drain', () => {
    if (dropped === 0) return;
    write('warn', 'log.dropped', { lines: dropped });
    dropped = 0;
  });
  // A destination that is gone is no reason to end: requests continue.
  destination.on('error', () => undefined);
  const at =
    (method: 'info' | 'warn' | 'error') =>
    (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      if (LEVELS[method] >= LEVELS[level]) write(method, event, redacted(fields, 0) as object);
    };
  return {
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    close: () =>
      new Promise((resolve) => {
        setTimeout(resolve, CLOSE_MS).unref();
        destination.flush(() => resolve());
      }),
  };
}

/** A copy without the values of sensitive members, at any depth. Errors become their name, message, stack and cause. */
export function redacted(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '[deep]';
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return {
      name,
      message,
      stack,
      ...(cause !== undefined && { cause: redacted(cause, depth + 1) }),
    };
  }
  if (ArrayBuffer.isView(value)) return '[bytes]';
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretNames.has(name.toLowerCase()) ? SECRET : redacted(item, depth + 1),
    ]),
  );
}
