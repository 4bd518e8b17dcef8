import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, NavigationStart, Router } from '@angular/router';
import { filter, map, pairwise, startWith } from 'rxjs';

/** Moves the focus to the heading of each new page, for whoever uses a keyboard or a screen reader. */
@Injectable({ providedIn: 'root' })
export class FocusOnNavigation {
  /** Where the focus was when a navigation began. */
  #before: Element | null = null;

  constructor() {
    const { events } = inject(Router);
    events
      .pipe(
        filter((event) => event instanceof NavigationStart),
        takeUntilDestroyed(),
      )
      .subscribe(() => (this.#before = document.activeElement));
    events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        map(({ urlAfterRedirects }) => urlAfterRedirects.split(/[?#]/)[0]),
        startWith(undefined),
        pairwise(),
        filter(([before, now]) => before !== undefined && before !== now),
        takeUntilDestroyed(),
      )
      // The page is drawn after this event.
      .subscribe(() => setTimeout(() => this.#focusHeading()));
  }

  #focusHeading(): void {
    if (document.querySelector('dialog:modal')) return;
    const active = document.activeElement;
    // A page that has put the focus somewhere itself knows better.
    if (active !== this.#before && active !== document.body) return;
    const heading =
      document.querySelector<HTMLElement>('main h1') ?? document.querySelector('main');
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}
