import { Component, inject } from '@angular/core';
import { CurrentPool } from './current-pool';
import { manageTexts } from '../manage-texts';

/** What the user pool of the page is called. Until that is known, something holds its place: its id would flash by. */
@Component({
  selector: 'pc-pool-name',
  template: `
    @if (current.title(); as title) {
      <bdi>{{ title }}</bdi>
    } @else {
      <span class="skeleton"></span><span class="unseen">{{ texts.loading }}</span>
    }
  `,
  styles: `
    .skeleton {
      display: inline-block;
      width: min(9em, 100%);
      vertical-align: -0.1em;
    }
  `,
})
export class PoolName {
  protected readonly current = inject(CurrentPool);
  protected readonly texts = manageTexts;
}
