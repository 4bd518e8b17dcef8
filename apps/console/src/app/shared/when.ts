import { Component, computed, input } from '@angular/core';
import { relativeTime, wholeTime } from './times.ts';

/** A moment: how long ago, with the whole date when one points at it. */
@Component({
  selector: 'pc-when',
  template: `@if (seconds(); as at) {
    <time [attr.datetime]="iso()" [attr.title]="whole()">{{ short() }}</time>
  }`,
})
export class When {
  /** Seconds since 1970, as the API has them. */
  readonly seconds = input<number>();
  protected readonly iso = computed(() => new Date((this.seconds() ?? 0) * 1000).toISOString());
  protected readonly whole = computed(() => wholeTime((this.seconds() ?? 0) * 1000));
  protected readonly short = computed(() => relativeTime((this.seconds() ?? 0) * 1000, Date.now()));
}
