import { Component, computed, input } from '@angular/core';
import { manageTexts } from './manage-texts';
import type { PageList } from './page-list';

/** The foot of a list: what is shown, and the ways on and back where there are any. */
@Component({
  selector: 'pc-pager',
  template: `
    @if (list().page(); as page) {
      <div class="foot">
        <span role="status">{{ range() }}</span>
        @if (page.hasPrevious || page.hasNext) {
          <span class="actions">
            <button
              class="btn ghost"
              type="button"
              [disabled]="!page.hasPrevious || list().isLoading()"
              (click)="list().go('previous')"
            >
              {{ texts.previous }}
            </button>
            <button
              class="btn"
              type="button"
              [disabled]="!page.hasNext || list().isLoading()"
              (click)="list().go('next')"
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
  readonly list = input.required<PageList<unknown>>();
  protected readonly texts = manageTexts;
  protected readonly range = computed(() => {
    const page = this.list().page();
    if (page === undefined || page.items.length === 0) return '';
    return `${page.from + 1} to ${page.from + page.items.length}`;
  });
}
