import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentlyUsed } from './recently-used.ts';

test('it forgets what was used longest ago, and never holds more than its capacity', () => {
  const map = new RecentlyUsed<number>(2);
  map.set('a', 1);
  map.set('b', 2);
  assert.equal(map.get('a'), 1);
  map.set('c', 3);
  assert.deepEqual([map.get('a'), map.get('b'), map.get('c'), map.size], [1, undefined, 3, 2]);
  map.set('a', 4);
  map.set('d', 5);
  assert.deepEqual([map.get('a'), map.get('c'), map.get('d')], [4, undefined, 5]);
  map.delete('a');
  assert.deepEqual([map.get('a'), map.size], [undefined, 1]);
  for (let i = 0; i < 1_000; i++) map.set(String(i), i);
  assert.equal(map.size, 2);
});

test('a capacity of 0 keeps nothing', () => {
  const map = new RecentlyUsed<number>(0);
  map.set('a', 1);
  assert.deepEqual([map.get('a'), map.size], [undefined, 0]);
});
