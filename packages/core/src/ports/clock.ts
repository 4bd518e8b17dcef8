/** The time of day. Core has no clock of its own, so that tests can set the time. */
export interface Clock {
  /** UTC milliseconds since the epoch. */
  nowMs(): number;
}
