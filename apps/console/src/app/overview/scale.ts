/** The most spaces between the lines of a scale. */
const MOST_STEPS = 4;
/** Steps that people count in, of every power of ten. */
const ROUND_STEPS = [1, 2, 2.5, 5, 10];

const whole = new Intl.NumberFormat('en');
/** As 12.5K and 1.25M. */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });
/** From there on a scale is labelled in thousands and millions. */
const LARGE = 10_000;

/** Values of the lines of a scale for whole numbers, from zero to the first line at or above the greatest number. */
export function scaleOf(most: number): readonly number[] {
  const least = Math.max(1, most / MOST_STEPS);
  const power = 10 ** Math.floor(Math.log10(least));
  const steps = ROUND_STEPS.map((round) => round * power).filter(Number.isInteger);
  const step = steps.find((one) => one >= least) ?? least;
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** What stands beside the lines of a scale, all in one notation. */
export function scaleLabels(lines: readonly number[]): readonly string[] {
  const format = (lines.at(-1) ?? 0) < LARGE ? whole : compact;
  return lines.map((value) => format.format(value));
}

/** Height of a bar, as CSS has it. What happened at all is seen, however little it is beside the rest. */
export function heightOf(value: number, top: number): string {
  return value === 0 ? '0' : `max(2px, ${(value / top) * 100}%)`;
}

/** Which of several columns, all of one width, is at this part of the whole width. */
export function columnAt(part: number, columns: number): number {
  return Math.min(columns - 1, Math.max(0, Math.floor(part * columns)));
}
