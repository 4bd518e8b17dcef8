/** What happened on one day. */
export interface DayMetrics {
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly signUps: number;
  readonly confirmations: number;
  readonly signIns: number;
  readonly failures: number;
}

/** The metrics of a pool, as the server reads them. */
export interface Metrics {
  readonly users: number;
  /** Settings whose protection is not built yet, with what is refused because of each. */
  readonly refusing: readonly { readonly setting: string; readonly effect: string }[];
  readonly days: readonly DayMetrics[];
}

/** What is counted by day. */
export type Measure = Exclude<keyof DayMetrics, 'day'>;

/** All counts over the days together. */
export function totalsOf(days: readonly DayMetrics[]): Readonly<Record<Measure, number>> {
  const total = (measure: Measure) => days.reduce((sum, day) => sum + day[measure], 0);
  return {
    signUps: total('signUps'),
    confirmations: total('confirmations'),
    signIns: total('signIns'),
    failures: total('failures'),
  };
}
