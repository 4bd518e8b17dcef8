import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../storage/open-storage.ts';
import type { TestDatabase } from './subject.ts';

/** Creates an empty SQLite database in a folder of its own. */
export async function sqliteTestDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-storage-'));
  return {
    open: (options) =>
      openStorage({ kind: 'sqlite', file: join(folder, 'data', 'poolhouse.db'), ...options }),
    drop: () => rm(folder, { recursive: true }),
  };
}
