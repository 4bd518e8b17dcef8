import { Component, input, output } from '@angular/core';

/**
 * The head of a column that rows are sorted by: `<th [pcSortHead]="label" [direction]="…" [isOffered]="…" (pressed)="…">`. The button in it
 * sorts; arrows show which way.
 */
@Component({
  selector: 'th[pcSortHead]',
  host: { scope: 'col', '[attr.aria-sort]': 'direction() ?? null' },
  template: `
    @if (isOffered()) {
      <button class="sort" type="button" (click)="pressed.emit()">
        {{ label() }}
        <svg viewBox="0 0 8 12" aria-hidden="true">
          <path [class.on]="direction() === 'ascending'" d="M4 1 7.5 5h-7z" />
          <path [class.on]="direction() === 'descending'" d="M4 11 .5 7h7z" />
        </svg>
      </button>
    } @else {
      {{ label() }}
    }
  `,
  styles: `
    .sort {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      min-height: 24px;
      margin: 0 -6px;
      padding: 0 6px;
      border: 0;
      border-radius: var(--r-s);
      background: transparent;
      color: inherit;
      font: inherit;
      cursor: pointer;
    }
    .sort:hover {
      background: var(--sunk);
      color: var(--ink);
    }
    svg {
      width: 8px;
      height: 12px;
      fill: currentColor;
    }
    path {
      opacity: 0.35;
    }
    .on {
      opacity: 1;
    }
    :host([aria-sort]) {
      color: var(--ink);
    }
  `,
})
export class SortHead {
  readonly label = input.required<string>({ alias: 'pcSortHead' });
  /** Which way the rows go by this column; absent when they go by another. */
  readonly direction = input<'ascending' | 'descending'>();
  /** Whether what is shown can be sorted by this column. */
  readonly isOffered = input.required<boolean>();
  readonly pressed = output();
}
