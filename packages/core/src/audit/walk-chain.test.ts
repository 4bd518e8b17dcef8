import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openStorage } from '@poolhouse/storage';
import { openHarness, type Harness } from '../testing/harness.ts';
import { BrokenChainError, floorMac, linkEntry, pruningMac } from './entry.ts';
import { chainKey, walkChain } from './walk-chain.ts';

const ENTRIES = 8;

/** A harness with an audit of eight entries, and its database as seen by somebody who can write to the file. */
async function fixture(t: Parameters<typeof openHarness>[0]) {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-audit-'));
  const file = join(folder, 'poolhouse.db');
  const harness = await openHarness(t, {
    database: async () => ({
      open: () => openStorage({ kind: 'sqlite', file }),
      drop: () => rm(folder, { recursive: true, force: true }),
    }),
  });
  const { UserPoolId } = await harness.makePool();
  for (let at = 2; at < ENTRIES; at += 1) {
    await harness.call('CreateGroup', { UserPoolId, GroupName: `group-${at}` });
  }
  const key = await chainKey(harness.world.vault);
  const database = new DatabaseSync(file);
  t.after(() => database.close());
  const check = (pageSize = 3) => walkChain(harness.storage.stores.audit, key, { pageSize });
  return { harness, key, database, check };
}

test('an untouched chain is intact, whatever the size of the pages', async (t) => {
  const { check } = await fixture(t);
  for (const pageSize of [1, 3, 7, 8, 9, 100]) {
    const { fault, head, count } = await check(pageSize);
    assert.deepEqual([fault, head.number, count], [undefined, ENTRIES, ENTRIES]);
  }
});

test('an empty audit is intact', async (t) => {
  const harness = await openHarness(t);
  const key = await chainKey(harness.world.vault);
  const { fault, count } = await walkChain(harness.storage.stores.audit, key, { pageSize: 10 });
  assert.deepEqual([fault, count], [undefined, 0]);
});

for (let number = 1; number <= ENTRIES; number += 1) {
  test(`entry ${number} cannot disappear unnoticed`, async (t) => {
    const { database, check } = await fixture(t);
    database.exec(`DELETE FROM audit WHERE number = ${number}`);
    assert.deepEqual((await check()).fault, { kind: 'missing', number });
  });

  const columns = ['actor', 'operation', 'changes', 'at_ms', 'source', 'pool_id', 'actor_kind'];
  test(`entry ${number} cannot be changed unnoticed, in any column`, async (t) => {
    const { database, check } = await fixture(t);
    for (const column of columns) {
      const row = database.prepare('SELECT * FROM audit WHERE number = ?').get(number);
      const value = column === 'at_ms' ? 5 : column === 'changes' ? '[]' : 'forged';
      database.prepare(`UPDATE audit SET ${column} = ? WHERE number = ?`).run(value, number);
      assert.deepEqual((await check()).fault, { kind: 'changed', number }, column);
      const was = row?.[column] ?? null;
      database.prepare(`UPDATE audit SET ${column} = ? WHERE number = ?`).run(was, number);
      assert.equal((await check()).fault, undefined);
    }
  });
}

test('without the key nobody can relink the chain: neither the last entry nor all of it', async (t) => {
  const { harness, database, check } = await fixture(t);
  const other = (await harness.world.vault.of('server')).subkey('another purpose');
  const { items } = await harness.storage.stores.audit.list({}, 100);
  let previous: { number: number; hash: string } | undefined;
  for (const entry of items.toReversed()) {
    previous = linkEntry(other, { ...entry, actor: 'forged' }, previous);
    database
      .prepare('UPDATE audit SET actor = ?, previous_hash = ?, hash = ? WHERE number = ?')
      .run('forged', linkEntry(other, entry, previous).previousHash, previous.hash, entry.number);
  }
  database.prepare('UPDATE audit_head SET hash = ?').run(previous?.hash ?? '');
  assert.deepEqual((await check()).fault, { kind: 'changed', number: ENTRIES });
});

test('a head without its entries, and entries beyond their head', async (t) => {
  const { database, check } = await fixture(t);
  database.exec('UPDATE audit_head SET number = 9');
  assert.deepEqual((await check()).fault, { kind: 'missing', number: 9 });
  database.exec(`UPDATE audit_head SET number = ${ENTRIES}`);
  database.exec("UPDATE audit_head SET hash = 'other'");
  assert.deepEqual((await check()).fault, { kind: 'changed', number: ENTRIES });
});

test('a check from where the last one began notices that the newest entries were cut off', async (t) => {
  const { harness, key, database, check } = await fixture(t);
  const { audit } = harness.storage.stores;
  const { head } = await check();
  const [, before] = (await audit.list({}, 2)).items;
  assert(before);
  const again = () => walkChain(audit, key, { pageSize: 3, downTo: head });
  assert.equal((await again()).fault, undefined);
  database.exec(`DELETE FROM audit WHERE number = ${ENTRIES}`);
  database.prepare('UPDATE audit_head SET number = ?, hash = ?').run(before.number, before.hash);
  // By itself, the shorter chain is intact: that is why a head is remembered.
  assert.equal((await check()).fault, undefined);
  assert.deepEqual((await again()).fault, { kind: 'missing', number: ENTRIES });
});

test('retention removes the oldest entries and proves it in a way that nobody else can', async (t) => {
  const { harness, key, database, check } = await fixture(t);
  const { audit } = harness.storage.stores;
  const { items } = await audit.list({}, 100);
  const cutMs = Number(items[0]?.atMs) + 1;
  const prune = (limit: number) => audit.prune(cutMs, limit, (place) => floorMac(key, place));
  assert.equal(await prune(3), 3);
  assert.deepEqual([(await check()).fault, (await check()).count], [undefined, ENTRIES - 3]);
  assert.equal((await audit.floor()).number, 3);
  // They are not old enough: nothing is removed.
  assert.equal(await audit.prune(cutMs - 1, 3, () => 'unused'), 0);

  database.exec('DELETE FROM audit WHERE number = 4');
  assert.deepEqual((await check()).fault, { kind: 'missing', number: 4 });
  const fifth = items.find(({ number }) => number === 5);
  database.prepare('UPDATE audit_floor SET number = 4, hash = ?').run(fifth?.previousHash ?? '');
  assert.deepEqual((await check()).fault, { kind: 'floor', number: 4 });
});

test('changes that cannot be parsed count as changed, and do not make the check fail', async (t) => {
  const { database, check } = await fixture(t);
  for (const text of ['nonsense', '', '5', 'null', '[null]', '[5]', '{"a":1}', '[[]]']) {
    database.prepare('UPDATE audit SET changes = ? WHERE number = 5').run(text);
    assert.deepEqual((await check()).fault, { kind: 'changed', number: 5 }, text);
  }
});

test('an entry above the head was never appended, or is left over from those that were cut off', async (t) => {
  const { harness, key, database, check } = await fixture(t);
  const [last, before] = (await harness.storage.stores.audit.list({}, 2)).items;
  assert(last && before);
  const putHead = database.prepare('UPDATE audit_head SET number = ?, hash = ?');
  putHead.run(before.number, before.hash);
  assert.deepEqual((await check()).fault, { kind: 'changed', number: last.number });
  putHead.run(last.number, last.hash);
  const forged = linkEntry(key, last, last);
  database
    .prepare(
      `INSERT INTO audit SELECT number + 1, at_ms, actor, actor_kind, source, operation, pool_id, changes, ?, ?
        FROM audit WHERE number = ?`,
    )
    .run(forged.previousHash, 'another', last.number);
  assert.deepEqual((await check()).fault, { kind: 'changed', number: last.number + 1 });
});

test('a check that races appends never finds a fault', async (t) => {
  const { harness, check } = await fixture(t);
  const faults: unknown[] = [];
  const changing = Array.from({ length: 20 }, () => somethingChanges(harness));
  for (let at = 0; at < 20; at += 1) faults.push((await check(2)).fault);
  await Promise.all(changing);
  faults.push((await check()).fault);
  assert.deepEqual(
    faults.filter((fault) => fault !== undefined),
    [],
  );
});

const tamperings: Readonly<Record<string, string>> = {
  'made to look old': 'UPDATE audit SET at_ms = 0',
  'one made to look old': 'UPDATE audit SET at_ms = 0 WHERE number = 1',
  'one made to look as if somebody else did it':
    "UPDATE audit SET actor = 'nobody' WHERE number = 2",
  'one less': 'DELETE FROM audit WHERE number = 2',
  'the oldest gone': 'DELETE FROM audit WHERE number = 1',
  'a floor that nobody proved':
    "DELETE FROM audit WHERE number <= 2; UPDATE audit_floor SET number = 2, hash = (SELECT previous_hash FROM audit WHERE number = 3), mac = 'x'",
};

for (const [what, sql] of Object.entries(tamperings)) {
  test(`retention does not remove what was tampered with, and signs nothing: ${what}`, async (t) => {
    const { harness, key, database, check } = await fixture(t);
    const { audit } = harness.storage.stores;
    database.exec(sql);
    const { fault } = await check();
    assert.ok(fault);
    const floor = await audit.floor();
    harness.advance(10_000);
    await assert.rejects(
      audit.prune(harness.world.clock.nowMs(), 100, pruningMac(key)),
      (error) => error instanceof BrokenChainError,
    );
    assert.deepEqual([await audit.floor(), (await check()).fault], [floor, fault]);
  });
}

test('retention in slices passes its own check, and a check that starts at a removed entry reports no fault', async (t) => {
  const { harness, key, check } = await fixture(t);
  const { audit } = harness.storage.stores;
  const { head } = await check();
  await somethingChanges(harness);
  harness.advance(10_000);
  const nowMs = harness.world.clock.nowMs();
  await somethingChanges(harness);
  const prune = () => audit.prune(nowMs, 4, pruningMac(key));
  assert.deepEqual([await prune(), await prune(), await prune()], [4, 4, 1]);
  assert.equal((await check()).fault, undefined);
  const { fault, count } = await walkChain(audit, key, { pageSize: 3, downTo: head });
  assert.deepEqual([fault, count], [undefined, 1]);
});

test('an audit that retention has emptied continues where it was', async (t) => {
  const { harness, key, check } = await fixture(t);
  const { audit } = harness.storage.stores;
  harness.advance(10_000);
  const nowMs = harness.world.clock.nowMs();
  assert.equal(await audit.prune(nowMs, 100, (place) => floorMac(key, place)), ENTRIES);
  assert.deepEqual([(await check()).fault, (await check()).count], [undefined, 0]);
  await somethingChanges(harness);
  const { fault, head, count } = await check();
  assert.deepEqual([fault, head.number, count], [undefined, ENTRIES + 1, 1]);
});

async function somethingChanges(harness: Harness): Promise<void> {
  await harness.call('CreateUserPool', { PoolName: 'another' });
}
