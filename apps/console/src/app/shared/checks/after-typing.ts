import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationStart, Router } from '@angular/router';
import { filter } from 'rxjs';

/** Runs something once nobody has typed for so many milliseconds, unless somebody leaves the page before. Needs an injection context. */
export class AfterTyping {
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
    const router = inject(Router);
    // Not when it is destroyed: it stays until the next one is loaded.
    router.events
      .pipe(
        filter((event) => event instanceof NavigationStart),
        filter(({ url }) => pathOf(url) !== pathOf(router.url)),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.cancel());
  }

  run(work: () => void): void {
    this.cancel();
    this.#timer = setTimeout(work, this.#ms);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

function pathOf(url: string): string | undefined {
  return url.split('?', 1)[0];
}
