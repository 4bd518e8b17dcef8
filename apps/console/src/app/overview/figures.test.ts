import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsOf, topOf, totalsOf } from './figures.ts';

test('totals add up the days', () => {
  const day = { day: '2026-11-01', signUps: 2, confirmations: 1, signIns: 10, failures: 3 };
  assert.deepEqual(totalsOf([day, day]), {
    signUps: 4,
    confirmations: 2,
    signIns: 20,
    failures: 6,
  });
  assert.deepEqual(totalsOf([]), { signUps: 0, confirmations: 0, signIns: 0, failures: 0 });
});

test('the top of a chart is round and never below a value', () => {
  const cases = [
    [0, 4],
    [4, 4],
    [5, 5],
    [7, 10],
    [12, 20],
    [38, 40],
    [41, 50],
    [99, 100],
    [1201, 2000],
  ];
  for (const [most = 0, top] of cases) assert.equal(topOf([most]), top, `${most}`);
});

test('bars stand on the ground, inside the plot, and small ones are seen', () => {
  const plot = { width: 300, height: 100, top: 1000 };
  const bars = barsOf([0, 1, 1000], plot);
  assert.deepEqual(
    bars.map(({ y, height }) => [y, height]),
    [
      [100, 0],
      [98, 2],
      [0, 100],
    ],
  );
  const second = barsOf([1, 1, 1], plot, 1, 2);
  assert.ok([...bars, ...second].every(({ x, width }) => x >= 0 && x + width <= 300));
});
