import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordCache } from './record-cache.ts';

interface Box {
  readonly value: number;
}

test('a record is read once, again when it is too old, and again after it was forgotten', async () => {
  let nowMs = 0;
  let reads = 0;
  const cache = new RecordCache<Box>(1_000, () => nowMs);
  const get = async (): Promise<number | undefined> =>
    (await cache.get('id', async () => ({ value: (reads += 1) })))?.value;
  assert.deepEqual([await get(), await get()], [1, 1]);
  nowMs = 999;
  assert.equal(await get(), 1);
  nowMs = 1_000;
  assert.equal(await get(), 2);
  cache.forget('id');
  assert.equal(await get(), 3);
});

test('records are forgotten by a condition, and the others stay', async () => {
  const cache = new RecordCache<Box>(Infinity, () => 0);
  for (const value of [1, 2, 3]) await cache.get(String(value), async () => ({ value }));
  cache.forgetWhere(({ value }) => value !== 2);
  assert.deepEqual(
    ['1', '2', '3'].map((id) => cache.peek(id)),
    [undefined, { value: 2 }, undefined],
  );
});

test('peeking finds nothing that is too old', async () => {
  let nowMs = 0;
  const cache = new RecordCache<Box>(1_000, () => nowMs);
  assert.equal(cache.peek('id'), undefined);
  await cache.get('id', async () => ({ value: 1 }));
  nowMs = 999;
  assert.deepEqual(cache.peek('id'), { value: 1 });
  nowMs = 1_000;
  assert.equal(cache.peek('id'), undefined);
});

test('the age counts from before the read', async () => {
  let nowMs = 0;
  const cache = new RecordCache<Box>(1_000, () => nowMs);
  await cache.get('id', async () => {
    nowMs = 900;
    return { value: 1 };
  });
  nowMs = 1_000;
  assert.deepEqual(await cache.get('id', async () => ({ value: 2 })), { value: 2 });
});

test('a record that was written while it was being read is not kept', async () => {
  const cache = new RecordCache<Box>(Infinity, () => 0);
  const old = await cache.get('id', async () => {
    cache.forget('id');
    return { value: 1 };
  });
  assert.deepEqual(old, { value: 1 });
  assert.deepEqual(await cache.get('id', async () => ({ value: 2 })), { value: 2 });
});

test('absent records are not kept', async () => {
  const cache = new RecordCache<Box>(Infinity, () => 0);
  assert.equal(await cache.get('id', async () => undefined), undefined);
  assert.deepEqual(await cache.get('id', async () => ({ value: 1 })), { value: 1 });
});

test('at most ten thousand records are kept: the oldest is dropped first', async () => {
  const cache = new RecordCache<Box>(Infinity, () => 0);
  for (let id = 0; id <= 10_000; id += 1) await cache.get(String(id), async () => ({ value: 1 }));
  const again = async (): Promise<Box> => ({ value: 2 });
  assert.deepEqual(await cache.get('10000', again), { value: 1 });
  assert.deepEqual(await cache.get('1', again), { value: 1 });
  assert.deepEqual(await cache.get('0', again), { value: 2 });
});
