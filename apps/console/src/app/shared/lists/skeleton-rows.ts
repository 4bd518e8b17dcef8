import { Component, input } from '@angular/core';
import { manageTexts } from '../manage-texts';

/** Holds the place of a list that is being fetched. */
@Component({
  selector: 'pc-skeleton-rows',
  host: { role: 'status', '[attr.aria-label]': 'texts.loading' },
  template: `
    @for (width of widths.slice(0, rows()); track $index) {
      <div>
        <span class="skeleton tile"></span><span class="skeleton" [style.width.%]="width"></span>
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    div {
      display: flex;
      gap: 12px;
      align-items: center;
      padding: 13px var(--s4);
      border-top: 1px solid var(--line);
    }
    div:first-child {
      border-top: 0;
    }
    .tile {
      width: 28px;
      height: 28px;
      border-radius: 9px;
    }
  `,
})
export class SkeletonRows {
  readonly rows = input(6);
  protected readonly texts = manageTexts;
  protected readonly widths = [46, 62, 38, 54, 70, 44, 58, 49];
}
