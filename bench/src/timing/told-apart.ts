import { mannWhitney } from './mann-whitney.ts';

/** Means that differ by less than this, or by less than this share, are alike. Source: security.md B09. */
const ALIKE = { ms: 1, share: 0.03 } as const;
/** What chance does less often than this is no chance. Source: security.md B09. */
const LEAST_P = 0.001;
/** Means differ by chance, too, and by more on a busy machine: by more than this many standard errors hardly ever. */
const STANDARD_ERRORS = 3;

/** What two samples of milliseconds have in common. */
export interface Comparison {
  readonly firstMeanMs: number;
  readonly secondMeanMs: number;
  /** Of the rank test. */
  readonly p: number;
  /** Whether who measures can tell one from the other. */
  readonly areToldApart: boolean;
}

/** Compares two samples of milliseconds that were measured in turns. */
export function compareTimes(first: readonly number[], second: readonly number[]): Comparison {
  const [one, other] = [momentsOf(first), momentsOf(second)];
  const { p } = mannWhitney(first, second);
  const differenceMs = Math.abs(one.mean - other.mean);
  const standardErrorMs = Math.sqrt(one.ofMean + other.ofMean);
  const isLarge =
    differenceMs >= ALIKE.ms &&
    differenceMs >= ALIKE.share * Math.min(one.mean, other.mean) &&
    differenceMs >= STANDARD_ERRORS * standardErrorMs;
  return {
    firstMeanMs: one.mean,
    secondMeanMs: other.mean,
    p,
    areToldApart: isLarge || p < LEAST_P,
  };
}

/** The mean, and the variance of the mean. */
function momentsOf(values: readonly number[]): { readonly mean: number; readonly ofMean: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, ofMean: squares / Math.max(1, values.length - 1) / values.length };
}
