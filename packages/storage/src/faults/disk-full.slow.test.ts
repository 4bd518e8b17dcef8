import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { StorageUnavailableError } from '@poolhouse/core';
import type { Storage } from '@poolhouse/core';
import { aPool, aUser } from '../contract/records.ts';
import { openStorage } from '../storage/open-storage.ts';

const disk = mkdtempSync(join(tmpdir(), 'poolhouse-disk-'));
const mounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0;
after(() => {
  if (mounted) spawnSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true });
});

/** Writes something; returns the health afterwards. */
async function tryAndLook(storage: Storage): ReturnType<Storage['health']> {
  await storage.stores.replayCache.spend(randomUUID(), 0).catch(() => undefined);
  return storage.health();
}

test(
  'a full disk: writes fail as unavailable, reads continue, and writes work again once there is space',
  { skip: mounted ? false : 'a small disk can be mounted by root on Linux only' },
  async () => {
    const filler = join(disk, 'filler');
    const file = join(disk, 'p.db');
    let storage = await openStorage({ kind: 'sqlite', file });
    const pool = aPool();
    await storage.stores.pools.createIfAbsent(pool);
    const kept = [aUser(pool.id, 'first')];
    await storage.stores.users.create(kept[0] as (typeof kept)[0]);
    writeFileSync(filler, new Uint8Array(4_000_000));

    let failure: unknown;
    for (let index = 0; failure === undefined && index < 10_000; index += 10) {
      const burst = Array.from({ length: 10 }, (_, i) =>
        aUser(pool.id, `u${index + i}`, { sealedPassword: 'x'.repeat(2_000) }),
      );
      const outcomes = await Promise.allSettled(
        burst.map((user) => storage.stores.users.create(user)),
      );
      outcomes.forEach((outcome, i) => {
        const user = burst[i];
        if (outcome.status === 'rejected') failure = outcome.reason;
        else if (user !== undefined) kept.push(user);
      });
    }
    assert.ok(failure instanceof StorageUnavailableError);
    assert.match(failure.message, /disk/);
    // A small write may still fit where a big one did not. Each health check tries one, until none fits.
    let health = await storage.health();
    for (let tries = 0; health.ok && tries < 2_000; tries += 1) health = await tryAndLook(storage);
    assert.deepEqual(health, { ok: false, reason: 'the disk is full' });
    for (const user of kept) assert.deepEqual(await storage.stores.users.bySub(user), user);
    assert.equal((await storage.stores.users.list(pool.id, 60)).items.length, 60);

    rmSync(filler);
    assert.deepEqual(await storage.health(), { ok: true });
    const late = aUser(pool.id, 'late');
    assert.equal((await storage.stores.users.create(late)).kind, 'created');
    kept.push(late);
    await storage.close();

    storage = await openStorage({ kind: 'sqlite', file });
    for (const user of kept) assert.deepEqual(await storage.stores.users.bySub(user), user);
    assert.equal(await storage.stores.pools.userCount(pool.id), kept.length);
    await storage.close();
  },
);
