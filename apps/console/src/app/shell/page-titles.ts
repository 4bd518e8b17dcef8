import { effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { CurrentPool } from '../shared/pieces/current-pool';
import { RecordTitle } from '../shared/pieces/record-title';
import { shellTexts } from './texts';

/** Titles of the window: record, page, pool, product. */
@Injectable({ providedIn: 'root' })
export class PageTitles extends TitleStrategy {
  readonly #title = inject(Title);
  readonly #pool = inject(CurrentPool);
  readonly #record = inject(RecordTitle);
  readonly #page = signal<string | undefined>(undefined);

  constructor() {
    super();
    effect(() => {
      const pool = this.#pool.id() && this.#pool.name();
      const parts = [this.#record.name(), this.#page(), pool, shellTexts.product].filter(Boolean);
      this.#title.setTitle(parts.join(' · '));
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.#page.set(this.buildTitle(snapshot));
  }
}
