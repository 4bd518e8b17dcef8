import assert from 'node:assert/strict';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { stepsOfAnOlderBuild } from '../contract/older-build.ts';
import { aPool } from '../contract/records.ts';
import { openStorage } from '../open-storage.ts';
import { restoreBackup, writeBackup } from './index.ts';

test('a restored database knows as much of the builds that wrote to it as the one that was backed up, and no more', async (t) => {
  for (const [made, steps] of [
    ['by an older build', stepsOfAnOlderBuild],
    ['by this build', undefined],
  ] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'poolhouse-birth-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const inFolder = (name: string) => ({ kind: 'sqlite' as const, file: join(folder, name) });
    const [from, to, backup] = [inFolder('from.db'), inFolder('to.db'), join(folder, 'backup')];
    await (await openStorage({ ...from, ...(steps && { steps }) })).close();
    const before = await openStorage(from);
    await before.stores.pools.createIfAbsent(aPool());
    const toReview = await before.stores.nameReview.unfinishedPools();
    assert.equal(toReview.length, steps === undefined ? 0 : 1, made);
    await before.close();
    await writeBackup(from, backup, { nowMs: 1, check: async () => undefined });
    await restoreBackup(to, backup);
    const after = await openStorage(to);
    assert.deepEqual(await after.stores.nameReview.unfinishedPools(), toReview, made);
    await after.close();
  }
});
