import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mannWhitney } from './mann-whitney.ts';

const numbers = (count: number, from: number) =>
  Array.from({ length: count }, (_, index) => from + index);

/** The probabilities are those of scipy 1.17, `mannwhitneyu(first, second, method='asymptotic')`. */
const cases = [
  // The example of scipy's documentation: the ranks of the first are 5, 7, 3, 9 and 8, so u = 32 - 15.
  [[19, 22, 16, 29, 24], [20, 11, 17, 12], 17, 0.11134688653314041],
  // Ranks with ties: 1 is 1, each 2 is 3, each 3 is 5.5, each 4 is 7.5; u = 12.5 - 10, and the variance 16/12 * (9 - 36/56).
  [[1, 2, 2, 3], [2, 3, 4, 4], 2.5, 0.13416918012812584],
  [numbers(2_000, 0), numbers(2_000, 100), 1_805_000, 9.314452624335977e-8],
  [numbers(2_000, 0), numbers(2_000, 20), 1_960_200, 0.2757932885831662],
  [[1, 2, 3], [1, 2, 3], 4.5, 1],
  [[5, 5], [5, 5], 2, 1],
] as const;

test('the rank test gives what others compute, with ties, for few values and for many', () => {
  for (const [first, second, u, p] of cases) {
    const result = mannWhitney(first, second);
    assert.equal(result.u, u);
    assert.ok(Math.abs(result.p - p) <= p * 1e-5, `${result.p}, not ${p}`);
    // Whichever sample is called the first.
    const turned = mannWhitney(second, first);
    assert.equal(turned.u, first.length * second.length - u);
    assert.equal(turned.p, result.p);
  }
});

test('samples that do not overlap are told apart beyond doubt', () => {
  assert.ok(mannWhitney(numbers(2_000, 0), numbers(2_000, 2_000)).p < 1e-100);
});
