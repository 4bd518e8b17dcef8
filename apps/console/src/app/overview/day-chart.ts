import { Component, computed, input, signal } from '@angular/core';
import { barsOf, topOf, totalsOf, type DayFigures, type Measure } from './figures.ts';
import { measureNames, overviewTexts } from './texts';

const WIDTH = 640;
const HEIGHT = 160;
const LANGUAGE = 'en';
const short = new Intl.DateTimeFormat(LANGUAGE, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** Two counts by day as bars side by side, with the same as a table for whoever prefers that. */
@Component({
  selector: 'pc-day-chart',
  templateUrl: './day-chart.html',
  styleUrl: './day-chart.css',
})
export class DayChart {
  readonly heading = input.required<string>();
  readonly lead = input.required<string>();
  readonly days = input.required<readonly DayFigures[]>();
  readonly measures = input.required<readonly [Measure, Measure]>();
  /** Whether the second count is bad news. */
  readonly warns = input(false);

  protected readonly texts = overviewTexts;
  protected readonly names = measureNames;
  protected readonly isTable = signal(false);
  protected readonly width = WIDTH;
  protected readonly height = HEIGHT;
  protected readonly totals = computed(() => totalsOf(this.days()));
  protected readonly isQuiet = computed(() =>
    this.measures().every((measure) => this.totals()[measure] === 0),
  );
  readonly #values = computed(() =>
    this.measures().map((measure) => this.days().map((day) => day[measure])),
  );
  protected readonly top = computed(() => topOf(this.#values().flat()));
  readonly #plot = computed(() => ({ width: WIDTH, height: HEIGHT, top: this.top() }));
  protected readonly first = computed(() => barsOf(this.#values()[0] ?? [], this.#plot(), 0, 2));
  protected readonly others = computed(() => barsOf(this.#values()[1] ?? [], this.#plot(), 1, 2));
  protected readonly slots = computed(() => {
    const width = WIDTH / Math.max(1, this.days().length);
    return this.days().map((day, index) => ({ x: index * width, width, title: this.#title(day) }));
  });
  protected readonly rows = computed(() => [...this.days()].reverse());
  protected readonly label = computed(() => {
    const parts = this.measures().map((name) => `${measureNames[name]} ${this.totals()[name]}`);
    return this.texts.chartLabel(this.heading(), parts.join(', '), this.from(), this.to());
  });
  protected readonly from = computed(() => this.date(this.days()[0]?.day));
  protected readonly to = computed(() => this.date(this.days().at(-1)?.day));

  protected date(day: string | undefined): string {
    return day === undefined ? '' : short.format(Date.parse(day));
  }

  #title(day: DayFigures): string {
    const parts = this.measures().map((name) => `${measureNames[name]}: ${day[name]}`);
    return `${this.date(day.day)}\n${parts.join('\n')}`;
  }
}
