import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { stepsOfAnOlderBuild } from '../contract/older-build.ts';
import { postgresSkipReason, postgresTestDatabase } from '../contract/postgres-test-database.ts';
import { aPool } from '../contract/records.ts';
import { openStorage, type StorageOptions } from '../storage/open-storage.ts';
import { restoreBackup, writeBackup } from './index.ts';

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-birth-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const sqlite = async (t: TestContext): Promise<StorageOptions> => ({
  kind: 'sqlite',
  file: join(newFolder(t), 'p.db'),
});

async function postgres(t: TestContext): Promise<StorageOptions> {
  const { url, drop } = await postgresTestDatabase();
  t.after(drop);
  return { kind: 'postgres', url };
}

for (const [name, make, skip] of [
  ['SQLite', sqlite, undefined],
  ['PostgreSQL', postgres, postgresSkipReason],
] as const) {
  test(
    `${name}: a restored database knows exactly what the original knew about the builds that wrote to it`,
    { skip: skip ?? false },
    async (t) => {
      for (const [made, steps] of [
        ['by an older build', stepsOfAnOlderBuild],
        ['by this build', undefined],
      ] as const) {
        const [from, to, file] = [await make(t), await make(t), join(newFolder(t), 'backup')];
        await (await openStorage({ ...from, ...(steps && { steps }) })).close();
        const before = await openStorage(from);
        await before.stores.pools.createIfAbsent(aPool());
        const toReview = await before.stores.nameReview.unfinishedPools();
        assert.equal(toReview.length, steps === undefined ? 0 : 1, made);
        await before.close();
        await writeBackup(from, file, { nowMs: 1, check: async () => undefined });
        await restoreBackup(to, file);
        const after = await openStorage(to);
        assert.deepEqual(await after.stores.nameReview.unfinishedPools(), toReview, made);
        await after.close();
      }
    },
  );
}
