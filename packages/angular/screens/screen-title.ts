import { DOCUMENT } from '@angular/common';
import { DestroyRef, inject } from '@angular/core';
import { ɵfill as fill, ɵinjectWords as injectWords } from '@poolhouse/angular/fields';

/** The document's title while the screens show; the application's own before and after. */
export class ScreenTitle {
  readonly #document = inject(DOCUMENT);
  readonly #words = injectWords();
  #shown: string | undefined;
  #before = '';

  constructor() {
    inject(DestroyRef).onDestroy(() => this.leave());
  }

  /** Puts the screen's title before the application's name, or before the title that the page had. */
  show(screen: string, appName: string): void {
    if (this.#document.title !== this.#shown) this.#before = this.#document.title;
    const app = appName || this.#before;
    this.#shown = app ? fill(this.#words.documentTitle, { screen, app }) : screen;
    this.#document.title = this.#shown;
  }

  /** Gives the page its title back, unless the application has set another one since. */
  leave(): void {
    if (this.#document.title === this.#shown) this.#document.title = this.#before;
    this.#shown = undefined;
  }
}
