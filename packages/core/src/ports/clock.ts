/** The time of day. Core has no clock of its own, so that tests decide what time it is. */
export interface Clock {
  /** UTC milliseconds since the epoch. */
  nowMs(): number;
}
