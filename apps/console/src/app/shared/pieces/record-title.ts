import { DestroyRef, effect, inject, Injectable, signal } from '@angular/core';

/** The record that the open page is about, for the title of the window. */
@Injectable({ providedIn: 'root' })
export class RecordTitle {
  readonly #name = signal('');
  readonly name = this.#name.asReadonly();

  show(name: string): void {
    this.#name.set(name);
  }
}

/** Names the record in the title of the window while the page is open; to be called where a page is made. */
export function titledBy(name: () => string | undefined): void {
  const title = inject(RecordTitle);
  effect(() => title.show(name() ?? ''));
  inject(DestroyRef).onDestroy(() => title.show(''));
}
