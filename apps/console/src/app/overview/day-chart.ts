import { Component, computed, input, linkedSignal, signal } from '@angular/core';
import { totalsOf, type DayMetrics, type Measure } from './metrics.ts';
import { columnAt, heightOf, scaleLabels, scaleOf } from './scale.ts';
import { measureNames, overviewTexts } from './texts';

const LANGUAGE = 'en';
/** Days are counted in UTC, and called as they are there. */
const UTC = { timeZone: 'UTC', day: 'numeric' } as const;
const short = new Intl.DateTimeFormat(LANGUAGE, { ...UTC, month: 'short' });
const long = new Intl.DateTimeFormat(LANGUAGE, { ...UTC, month: 'long', weekday: 'long' });

/**
 * Two counts by day as bars side by side, with the same as a table for whoever prefers that. The legend says the counts of all days, or
 * of the one that is pointed at, touched, or chosen with the arrow keys.
 */
@Component({
  selector: 'pc-day-chart',
  templateUrl: './day-chart.html',
  styleUrl: './day-chart.css',
})
export class DayChart {
  readonly heading = input.required<string>();
  readonly lead = input.required<string>();
  readonly days = input.required<readonly DayMetrics[]>();
  readonly measures = input.required<readonly [Measure, Measure]>();
  /** Whether the second count is bad news. */
  readonly warns = input(false);

  protected readonly texts = overviewTexts;
  protected readonly names = measureNames;
  protected readonly isTable = signal(false);
  /** Which of the days is read; none while all are. */
  protected readonly at = linkedSignal<readonly DayMetrics[], number | undefined>({
    source: this.days,
    computation: () => undefined,
  });
  readonly #totals = computed(() => totalsOf(this.days()));
  protected readonly isQuiet = computed(() =>
    this.measures().every((measure) => this.#totals()[measure] === 0),
  );
  protected readonly lines = computed(() => {
    if (this.isQuiet()) return [0];
    return scaleOf(
      Math.max(...this.days().flatMap((day) => this.measures().map((one) => day[one]))),
    );
  });
  protected readonly labels = computed(() => scaleLabels(this.lines()));
  protected readonly columns = computed(() => {
    const top = this.lines().at(-1) ?? 0;
    return this.days().map((day) => ({
      day: day.day,
      heights: this.measures().map((measure) => heightOf(day[measure], top)),
    }));
  });
  readonly #read = computed(() => this.days()[this.at() ?? -1]);
  /** What the legend counts, and of when. */
  protected readonly counts = computed(() => this.#read() ?? this.#totals());
  protected readonly when = computed(() => {
    const read = this.#read();
    const when = read ? long.format(Date.parse(read.day)) : this.texts.days(this.days().length);
    return this.texts.inUtc(when);
  });
  protected readonly rows = computed(() => [...this.days()].reverse());
  /** What a day is called under the chart: the first and the last, or the only one. */
  protected readonly ends = computed(() => {
    const ends = [this.days()[0], this.days().at(-1)].map((day) => this.date(day?.day));
    return [...new Set(ends)];
  });
  protected readonly label = computed(() =>
    this.texts.chartLabel(
      this.heading(),
      this.ends(),
      this.isQuiet() ? undefined : this.#inWords(this.#totals()),
    ),
  );
  /** What a screen reader says of the day that is read. */
  protected readonly readout = computed(() => {
    const day = this.#read() ?? this.days().at(-1);
    return day && `${long.format(Date.parse(day.day))}: ${this.#inWords(day)}`;
  });
  protected date(day: string | undefined): string {
    return day === undefined ? '' : short.format(Date.parse(day));
  }

  protected number(count: number): string {
    return count.toLocaleString(LANGUAGE);
  }

  /** Reads the day under the pointer. */
  protected point({ clientX, currentTarget }: PointerEvent): void {
    const { left, width } = (currentTarget as HTMLElement).getBoundingClientRect();
    this.at.set(columnAt((clientX - left) / width, this.days().length));
  }

  /** A day that was touched or clicked stays until the chart loses the focus. */
  protected left(field: HTMLElement): void {
    if (field !== document.activeElement) this.at.set(undefined);
  }

  #inWords(counts: Readonly<Record<Measure, number>>): string {
    const parts = this.measures().map((one) => `${measureNames[one]} ${this.number(counts[one])}`);
    return parts.join(', ');
  }
}
