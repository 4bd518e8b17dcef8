import { Component, input } from '@angular/core';
import { When } from '../shared/when';
import { userTexts } from './model/texts';

/** When somebody signed in last: how long ago, never, or that nobody knows. */
@Component({
  selector: 'pc-last-sign-in',
  imports: [When],
  template: `
    @if (at(); as seconds) {
      <pc-when [seconds]="seconds" />
    } @else if (at() === 0) {
      {{ texts.never }}
    } @else {
      <span aria-hidden="true" [title]="texts.notKnownWhy">–</span>
      <span class="unseen">{{ texts.notKnown }}</span>
    }
  `,
})
export class LastSignIn {
  /** Seconds since 1970; 0 for never, absent where it is not known. */
  readonly at = input<number>();
  protected readonly texts = userTexts;
}
