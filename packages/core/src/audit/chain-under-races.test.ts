import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import type { ChainPlace } from '../ports/stores/audit.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { pruningMac } from './entry.ts';
import { chainKey, walkChain } from './walk-chain.ts';

/** Nodes that append to, shorten and check one audit at the same time. */
async function race(
  t: TestContext,
  database: MakeDatabase,
  nodesOf: (harness: Harness) => Promise<readonly Harness[]>,
): Promise<void> {
  const harness = await openHarness(t, { database });
  const nodes = await nodesOf(harness);
  const key = await chainKey(harness.world.vault);
  const { UserPoolId } = await harness.makePool();
  let isDone = false;
  const faults: unknown[] = [];
  const check = async ({ storage }: Harness) => {
    let downTo: ChainPlace | undefined;
    while (!isDone) {
      for (const to of [undefined, downTo]) {
        const onPage = () => setImmediate();
        const walk = { pageSize: 7, downTo: to, onPage };
        const { fault, head } = await walkChain(storage.stores.audit, key, walk);
        if (fault !== undefined) faults.push(fault);
        downTo = head;
      }
    }
  };
  const shorten = async ({ storage, world }: Harness) => {
    while (!isDone) {
      await storage.stores.audit.prune(world.clock.nowMs(), 5, pruningMac(key));
      await setImmediate();
    }
  };
  const append = async (node: Harness, name: string) => {
    for (let at = 0; at < 25; at += 1) {
      harness.advance(1);
      await node.call('CreateGroup', { UserPoolId, GroupName: `${name}-${at}` });
    }
  };
  const others = Promise.all(nodes.flatMap((node) => [check(node), shorten(node)]));
  await Promise.all(
    nodes.flatMap((node, at) => [append(node, `a${at}`), append(node, `b${at}`)]),
  ).finally(() => (isDone = true));
  await others;
  assert.deepEqual(faults, []);
  const { audit } = harness.storage.stores;
  assert.ok((await audit.floor()).number > 0);
  assert.equal((await audit.head()).number, 2 + nodes.length * 50);
}

test('appending, retention and checks at the same time find no fault', (t) =>
  race(t, sqliteTestDatabase, (harness) => Promise.resolve([harness])));

test('nor do they on two nodes', { skip: postgresSkipReason }, (t) =>
  race(t, postgresTestDatabase, async (harness) => [harness, await harness.secondNode()]),
);
