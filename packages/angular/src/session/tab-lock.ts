import type { TokenStorage } from '../storage/token-storage';

/** Lets one tab at a time do something. */
export type TabLock = <T>(run: () => Promise<T>) => Promise<T>;

/** Longer than a refresh may take, so that a tab that is closed in the middle holds nobody up for long. */
const LEASE_MS = 35_000;
const SETTLE_MS = 40;
const LOOK_AGAIN_MS = 80;

/** The browser's own lock where it has one, else a lease in the storage; nothing where no other tab sees the tokens. */
export function tabLock(name: string, storage: TokenStorage): TabLock {
  if (storage.shared === false) return (run) => run();
  const locks = browserLocks();
  if (locks !== undefined) return async (run) => await locks.request(name, run);
  return leaseLock(name, storage);
}

/** Sessions that a tab has replaced, as far as it still runs. */
export interface Replaced {
  /** Resolves when all tabs can know it. */
  add(id: string): Promise<void>;
  has(id: string): Promise<boolean>;
}

/**
 * Tabs may run in processes of their own, and what one of them stores reaches the others later than its lock does. So a tab
 * holds on to a name, shared, for the session that it has replaced: who finds that session in the storage waits for the new one.
 */
export function replacedSessions(name: string, storage: TokenStorage): Replaced {
  // Where no other tab sees the sessions, or the lock is a lease in the storage itself, there is nothing to tell.
  const locks = () => (storage.shared === false ? undefined : browserLocks());
  let letGo = (): void => undefined;
  return {
    async add(id) {
      letGo();
      const held = new Promise<void>((done) => (letGo = done));
      await new Promise<void>((granted, failed) => {
        const hold = () => {
          granted();
          return held;
        };
        const request = locks()?.request(`${name}.${id}`, { mode: 'shared' }, hold);
        if (request) request.catch(failed);
        else granted();
      });
    },
    async has(id) {
      const held = (await locks()?.query())?.held ?? [];
      return held.some((lock) => lock.name === `${name}.${id}`);
    },
  };
}

function browserLocks(): LockManager | undefined {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
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
