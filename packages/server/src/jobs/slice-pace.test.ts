import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSlicePace } from './slice-pace.ts';

/** A pace whose slices take as long as their rows cost, and the times that it waits. */
function paced(stopping = new AbortController().signal) {
  let nowMs = 0;
  const waitsMs: number[] = [];
  const rows = { first: 20, fewest: 5, most: 2_000 };
  const pace = makeSlicePace(stopping, rows, {
    nowMs: () => nowMs,
    async wait(ms, signal) {
      signal.throwIfAborted();
      waitsMs.push(ms);
      nowMs += ms;
    },
  });
  return {
    waitsMs,
    /** Does slices of rows that cost this much each; returns how many rows they had. */
    async work(rowMs: number, slices: number): Promise<readonly number[]> {
      const sizes: number[] = [];
      for (let slice = 0; slice < slices; slice += 1) {
        sizes.push(pace.rows);
        nowMs += pace.rows * rowMs;
        await pace.pause();
      }
      return sizes;
    },
  };
}

test('a slice has as many rows as fit into ten milliseconds, whatever a row costs', async () => {
  const { work } = paced();
  assert.deepEqual(await work(0.1, 5), [20, 40, 80, 100, 100]);
  // If rows suddenly cost more, each slice is half of the one before until it fits.
  assert.deepEqual(await work(0.5, 5), [100, 50, 25, 20, 20]);
  assert.deepEqual(await work(100, 5), [20, 10, 5, 5, 5]);
});

test('rows that cost nothing do not make slices unlimited', async () => {
  const { work } = paced();
  assert.deepEqual((await work(0, 12)).slice(-3), [2_000, 2_000, 2_000]);
});

test('a pause is as long as the slice took', async () => {
  const { work, waitsMs } = paced();
  await work(0.5, 3);
  // But never so long that another node takes the job.
  await work(1_000, 1);
  assert.deepEqual(waitsMs, [10, 10, 10, 1_000]);
});

test('once stopped, it neither pauses nor continues', async () => {
  const stopping = new AbortController();
  const { work, waitsMs } = paced(stopping.signal);
  await work(0.5, 1);
  stopping.abort();
  await assert.rejects(work(0.5, 1), { name: 'AbortError' });
  assert.equal(waitsMs.length, 1);
});
