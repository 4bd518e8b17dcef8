import type { TokenStorage } from './token-storage';

/** Lets one tab at a time do something. */
export type TabLock = <T>(run: () => Promise<T>) => Promise<T>;

/** Longer than a refresh may take, so that a tab that is closed in the middle holds nobody up for long. */
const LEASE_MS = 35_000;
const SETTLE_MS = 40;
const LOOK_AGAIN_MS = 80;

/** The browser's own lock where it has one, else a lease in the storage; nothing where no other tab sees the tokens. */
export function tabLock(name: string, storage: TokenStorage): TabLock {
  if (storage.shared === false) return (run) => run();
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  if (locks !== undefined) return async (run) => await locks.request(name, run);
  return leaseLock(name, storage);
}

/** A lock for browsers without one: whose name stands in the storage, and still stands there a moment later, holds it. */
export function leaseLock(
  key: string,
  storage: TokenStorage,
  pause: (ms: number) => Promise<unknown> = (ms) => new Promise((done) => setTimeout(done, ms)),
  nowMs: () => number = Date.now,
): TabLock {
  return async (run) => {
    const me = `${nowMs()}-${Math.random()}`;
    const holder = async (): Promise<string | undefined> => {
      const [name, untilMs] = (await storage.get(key))?.split(' ') ?? [];
      return Number(untilMs) > nowMs() ? name : undefined;
    };
    for (;;) {
      if ((await holder()) === undefined) {
        await storage.set(key, `${me} ${nowMs() + LEASE_MS}`);
        await pause(SETTLE_MS);
        if ((await holder()) === me) break;
      }
      await pause(LOOK_AGAIN_MS);
    }
    try {
      return await run();
    } finally {
      if ((await holder()) === me) await storage.remove(key);
    }
  };
}
