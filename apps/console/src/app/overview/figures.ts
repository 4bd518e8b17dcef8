/** What happened on one day. */
export interface DayFigures {
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly signUps: number;
  readonly confirmations: number;
  readonly signIns: number;
  readonly failures: number;
}

/** The figures of a pool, as the server reads them. */
export interface Figures {
  readonly users: number;
  /** Settings whose protection is not built yet, with what is refused because of each. */
  readonly refusing: readonly { readonly setting: string; readonly effect: string }[];
  readonly days: readonly DayFigures[];
}

/** What is counted by day. */
export type Measure = Exclude<keyof DayFigures, 'day'>;

/** All counts over the days together. */
export function totalsOf(days: readonly DayFigures[]): Readonly<Record<Measure, number>> {
  const total = (measure: Measure) => days.reduce((sum, day) => sum + day[measure], 0);
  return {
    signUps: total('signUps'),
    confirmations: total('confirmations'),
    signIns: total('signIns'),
    failures: total('failures'),
  };
}

/** A round number at or above the greatest value, for the top of a chart; 4 where there is little. */
export function topOf(values: readonly number[]): number {
  const most = Math.max(4, ...values);
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 4, 5, 10].find((factor) => factor * magnitude >= most) ?? 10;
  return step * magnitude;
}

/** One bar of a chart, in the chart's own units. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the bars of a chart. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  /** Value at the upper edge. */
  readonly top: number;
}

const GAP = 0.28;

/** Bars side by side, one per value; several series share a slot. */
export function barsOf(
  values: readonly number[],
  { width, height, top }: Plot,
  series = 0,
  ofSeries = 1,
): readonly Bar[] {
  const slot = width / Math.max(1, values.length);
  const own = (slot * (1 - GAP)) / ofSeries;
  return values.map((value, index) => {
    // What happened at all is seen, however little it is beside the rest.
    const tall = value === 0 ? 0 : Math.max(2, (value / top) * height);
    const x = index * slot + (slot * GAP) / 2 + series * own;
    return { x, y: height - tall, width: Math.max(1, own - (ofSeries > 1 ? 1 : 0)), height: tall };
  });
}
