import { after, before, describe } from 'node:test';
import { poolId } from './records.ts';
import type { PoolId, Storage, Stores } from '@poolhouse/core';
import type { MigrateOptions } from '../migrations/migrate.ts';
import { aPool } from './records.ts';

/** A database that a test run made for itself. */
export interface TestDatabase {
  /** Opens it; it may be open several times at once if the database allows it. */
  open(options?: MigrateOptions): Promise<Storage>;
  /** Removes it with everything in it. */
  drop(): Promise<void>;
}

/** Creates an empty database. */
export type MakeDatabase = () => Promise<TestDatabase>;

/** What a contract runs against. */
export interface Subject {
  readonly storage: Storage;
  readonly stores: Stores;
  /** Closes the database and opens it again, as a restart does. */
  restart(): Promise<void>;
  /** Creates a pool that no other test uses. */
  newPool(): Promise<PoolId>;
}

/** Declares one store's suite, with a database of its own. */
export function describeStore(
  name: string,
  make: MakeDatabase,
  define: (subject: Subject) => void,
): void {
  describe(name, () => {
    let database: TestDatabase;
    let storage: Storage;
    let pools = 0;
    before(async () => {
      database = await make();
      storage = await database.open();
    });
    after(async () => {
      await storage.close();
      await database.drop();
    });
    define({
      get storage() {
        return storage;
      },
      get stores() {
        return storage.stores;
      },
      async restart() {
        await storage.close();
        storage = await database.open();
      },
      async newPool() {
        pools += 1;
        const id = poolId(`test-1_pool${pools}`);
        await storage.stores.pools.createIfAbsent(aPool({ id }));
        return id;
      },
    });
  });
}

/** Runs `take` eight times at once; returns how often each outcome occurred. */
export async function eightTakers<Outcome>(
  take: (taker: number) => Promise<Outcome>,
): Promise<Map<Outcome, number>> {
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, taker) => take(taker)));
  const counts = new Map<Outcome, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}

/** Reads a list to its end, page by page; returns the pages. */
export async function allPages<Item, Key>(
  read: (
    after: Key | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly after?: Key }>,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let after: Key | undefined;
  do {
    const page = await read(after);
    pages.push([...page.items]);
    after = page.after;
  } while (after !== undefined && pages.length < 1_000);
  return pages;
}
