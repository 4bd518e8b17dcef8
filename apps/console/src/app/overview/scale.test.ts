import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnAt, heightOf, scaleLabels, scaleOf } from './scale.ts';

test('a scale has round lines from zero to the first one at or above the greatest count', () => {
  const cases: readonly [most: number, lines: readonly number[]][] = [
    [0, [0, 1]],
    [1, [0, 1]],
    [2, [0, 1, 2]],
    [4, [0, 1, 2, 3, 4]],
    [5, [0, 2, 4, 6]],
    [7, [0, 2, 4, 6, 8]],
    [10, [0, 5, 10]],
    [12, [0, 5, 10, 15]],
    [38, [0, 10, 20, 30, 40]],
    [99, [0, 25, 50, 75, 100]],
    [1201, [0, 500, 1000, 1500]],
    [2507, [0, 1000, 2000, 3000]],
    [1_204_800, [0, 500_000, 1_000_000, 1_500_000]],
  ];
  for (const [most, lines] of cases) assert.deepEqual(scaleOf(most), lines, `${most}`);
});

test('every scale has whole steps of one size, five lines at most, and labels that differ', () => {
  for (let most = 0; most < 100_000; most = Math.ceil(most * 1.01) + 1) {
    const lines = scaleOf(most);
    const step = lines[1] ?? 0;
    assert.ok(lines.length >= 2 && lines.length <= 5, `${most}`);
    assert.ok(Number.isInteger(step) && lines.every((value, index) => value === index * step));
    const top = lines.at(-1) ?? 0;
    assert.ok(top >= most && top - step < Math.max(1, most), `${most}: ${top}`);
    assert.equal(new Set(scaleLabels(lines)).size, lines.length, `${most}`);
  }
});

test('the labels of one scale are of one kind', () => {
  assert.deepEqual(scaleLabels([0, 2500, 5000, 7500]), ['0', '2,500', '5,000', '7,500']);
  assert.deepEqual(scaleLabels([0, 5000, 10_000, 15_000]), ['0', '5K', '10K', '15K']);
  assert.deepEqual(scaleLabels([0, 250_000, 1_250_000]), ['0', '250K', '1.25M']);
});

test('bars stand on the ground, and small ones are seen', () => {
  assert.equal(heightOf(0, 1000), '0');
  assert.equal(heightOf(1, 1000), 'max(2px, 0.1%)');
  assert.equal(heightOf(1000, 1000), 'max(2px, 100%)');
});

test('every place along a chart belongs to a day', () => {
  assert.deepEqual(
    [-0.1, 0, 0.49, 0.5, 1, 1.2].map((part) => columnAt(part, 2)),
    [0, 0, 0, 1, 1, 1],
  );
  assert.equal(columnAt(0.7, 1), 0);
});
