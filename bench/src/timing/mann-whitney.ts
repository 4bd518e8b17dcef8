/** What the rank test says about two samples. */
export interface RankTest {
  /** Of pairs with one value from each sample, in how many the first one's is larger; a tie counts half. */
  readonly u: number;
  /** How likely samples from one and the same distribution are to differ at least as much; two-sided. */
  readonly p: number;
}

/**
 * The Mann-Whitney U test, by the normal approximation with the corrections for ties and for continuity. Source: H. B. Mann and
 * D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the other" (1947).
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankTest {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].toSorted((a, b) => a.value - b.value);
  let [ranksOfFirst, tieTerm] = [0, 0];
  for (let start = 0; start < all.length;) {
    let end = start + 1;
    while (end < all.length && all[end]?.value === all[start]?.value) end += 1;
    // Equal values share the mean of their ranks, which begin at 1.
    const rank = (start + 1 + end) / 2;
    const tied = end - start;
    ranksOfFirst += rank * all.slice(start, end).filter(({ isFirst }) => isFirst).length;
    tieTerm += tied ** 3 - tied;
    start = end;
  }
  const pairs = first.length * second.length;
  const count = all.length;
  const u = ranksOfFirst - (first.length * (first.length + 1)) / 2;
  const variance = (pairs / 12) * (count + 1 - tieTerm / (count * (count - 1)));
  const distance = Math.max(0, Math.abs(u - pairs / 2) - 0.5);
  const p = variance > 0 ? errorComplement(distance / Math.sqrt(2 * variance)) : 1;
  return { u, p };
}

/**
 * The complementary error function of numbers from 0 on, with a relative error below 1.2e-7. Source: Press et al., "Numerical Recipes in C",
 * 2nd edition, section 6.2, `erfcc`.
 */
function errorComplement(x: number): number {
  const t = 1 / (1 + x / 2);
  const polynomial = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398,
    1.48851587, -0.82215223, 0.17087277,
  ].reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return t * Math.exp(-x * x + polynomial);
}
