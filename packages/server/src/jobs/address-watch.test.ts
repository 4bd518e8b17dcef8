import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Storage } from '@poolhouse/core';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { runnerOf } from '../testing/runner-of.ts';
import { makeAddressWatch, type AddressWatch } from './address-watch.ts';

/** A node that runs for a moment. */
async function run({ work }: AddressWatch): Promise<void> {
  const runner = runnerOf(work);
  runner.start();
  await runner.stop();
}

for (const [name, make, skip] of [
  ['SQLite', sqliteTestDatabase, undefined],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason],
] as const) {
  suite(`the public URL on ${name}`, { skip: skip ?? false }, () => {
    async function ground(t: import('node:test').TestContext) {
      const database = await make();
      const storage: Storage = await database.open();
      t.after(async () => {
        await storage.close();
        await database.drop();
      });
      const state = { nowMs: 1_790_000_000_000 };
      const events: string[] = [];
      const note = (event: string) => void events.push(event);
      const node = (publicUrl: string) =>
        makeAddressWatch(storage.stores, {
          clock: { nowMs: () => state.nowMs },
          log: { info: note, warn: note, error: note },
          publicUrl: () => publicUrl,
        });
      return { state, events, node };
    }

    test('is reported once if it has changed since the last start', async (t) => {
      const { state, events, node } = await ground(t);
      const first = node('http://localhost:8400');
      assert.equal(await first.arrive(), undefined);
      await run(first);
      state.nowMs += 1_000;
      const moved = node('https://auth.example.com');
      assert.match(
        (await moved.arrive()) ?? '',
        /was http:\/\/localhost:8400 and is now https:\/\/auth\.example\.com/,
      );
      await run(moved);
      state.nowMs += 1_000;
      assert.equal(await node('https://auth.example.com').arrive(), undefined);
      assert.deepEqual(events, ['address.changed']);
    });

    test('causes a warning if other nodes have a different one, until they have been silent for long', async (t) => {
      const { state, events, node } = await ground(t);
      await node('https://a.example').arrive();
      state.nowMs += 1_000;
      // A node that was killed does not sign off.
      const second = await node('https://b.example').arrive();
      assert.match(
        second ?? '',
        /^Warning: another node .* https:\/\/a\.example, and this one https:\/\/b\.example/,
      );
      assert.equal(await node('https://b.example').arrive(), second);
      state.nowMs += 91_000;
      assert.match(
        (await node('https://c.example').arrive()) ?? '',
        /was https:\/\/b\.example and is now/,
      );
      assert.deepEqual(events, ['address.differs', 'address.differs', 'address.changed']);
    });

    test('causes no message if it is the same on all nodes', async (t) => {
      const { events, node } = await ground(t);
      const nodes = [node('https://a.example'), node('https://a.example')];
      assert.deepEqual(await Promise.all(nodes.map((one) => one.arrive())), [undefined, undefined]);
      if (nodes[0]) await run(nodes[0]);
      assert.equal(await node('https://a.example').arrive(), undefined);
      assert.deepEqual(events, []);
    });
  });
}
