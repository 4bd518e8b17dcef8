import { Component, computed, effect, ElementRef, inject, input, untracked } from '@angular/core';
import { manageTexts } from '../manage-texts';
import type { PageList } from './page-list';

/** The foot of a list: what is shown, and the ways on and back where there are any. Stands behind the list itself. */
@Component({
  selector: 'pc-pager',
  template: `
    @if (list().page(); as page) {
      <div class="foot">
        <span role="status">{{ says() ?? range() }}</span>
        @if (page.hasPrevious || page.hasNext) {
          <span class="actions">
            <button
              class="btn ghost"
              type="button"
              [disabled]="!page.hasPrevious || list().isLoading()"
              (click)="go('previous')"
            >
              {{ texts.previous }}
            </button>
            <button
              class="btn"
              type="button"
              [disabled]="!page.hasNext || list().isLoading()"
              (click)="go('next')"
            >
              {{ texts.next }}
            </button>
          </span>
        }
      </div>
    }
  `,
})
export class Pager {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly list = input.required<PageList<unknown>>();
  /** What is shown, where there is more to say than the places of the rows. */
  readonly says = input<string>();
  protected readonly texts = manageTexts;
  protected readonly range = computed(() => {
    const page = this.list().page();
    if (page === undefined || page.items.length === 0) return '';
    return `${page.from + 1} to ${page.from + page.items.length}`;
  });
  /** The page that somebody left by a button. */
  #left: unknown;

  constructor() {
    effect(() => {
      const page = this.list().page();
      if (this.#left === undefined || page === undefined || page === this.#left) return;
      this.#left = undefined;
      // The rows are drawn after this.
      untracked(() => setTimeout(() => this.#toTheList()));
    });
  }

  protected go(where: 'next' | 'previous'): void {
    this.#left = this.list().page();
    this.list().go(where);
  }

  /** The new rows are seen from the first, and the keyboard goes on from there. */
  #toTheList(): void {
    const rows = this.#host.parentElement?.querySelector<HTMLElement>('table, ul.entries');
    if (!rows) return;
    rows.tabIndex = -1;
    rows.focus({ preventScroll: true });
    rows.scrollIntoView({ block: 'start' });
  }
}
