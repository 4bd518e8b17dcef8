import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareTimes } from './told-apart.ts';

/** 2,000 times, spread evenly over as many milliseconds; the middle may lie elsewhere. */
const times = (meanMs: number, spreadMs: number) =>
  Array.from({ length: 2_000 }, (_, index) => meanMs + (index / 1_999 - 0.5) * spreadMs);

test('a difference of ranks tells apart, however small it is', () => {
  const { firstMeanMs, secondMeanMs, p, areToldApart } = compareTimes(times(5, 1), times(5.1, 1));
  assert.ok(Math.abs(firstMeanMs - 5) < 1e-9 && Math.abs(secondMeanMs - 5.1) < 1e-9);
  assert.ok(p < 0.001);
  assert.equal(areToldApart, true);
});

test('the same times are alike, and so is what chance does', () => {
  assert.equal(compareTimes(times(5, 1), times(5, 1)).areToldApart, false);
  assert.equal(compareTimes(times(5, 1), times(5.01, 1)).areToldApart, false);
});

test('rare slow answers of one side tell apart by the mean alone, where they are more than chance', () => {
  const usual = times(5, 1);
  const slow = (count: number, ms: number) => [...Array<number>(count).fill(ms), ...usual.slice(count)]; // prettier-ignore
  const rare = compareTimes(usual, slow(30, 100));
  assert.ok(rare.p > 0.001);
  assert.equal(rare.areToldApart, true);
  // One answer that took two seconds raises the mean by as much.
  assert.equal(compareTimes(usual, slow(1, 3_000)).areToldApart, false);
  // 1.4 ms are less than 3 % of 200 ms.
  assert.equal(compareTimes(times(200, 80), [...times(200, 80).slice(0, 1_970), ...Array<number>(30).fill(330)]).areToldApart, false); // prettier-ignore
});
