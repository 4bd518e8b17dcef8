import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map, pairwise, startWith } from 'rxjs';

/** Moves the focus to the heading of each new page, for whoever uses a keyboard or a screen reader. */
@Injectable({ providedIn: 'root' })
export class FocusOnNavigation {
  constructor() {
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        map(({ urlAfterRedirects }) => urlAfterRedirects.split(/[?#]/)[0]),
        startWith(undefined),
        pairwise(),
        filter(([before, now]) => before !== undefined && before !== now),
        takeUntilDestroyed(),
      )
      // The page is drawn after this event.
      .subscribe(() => setTimeout(focusHeading));
  }
}

function focusHeading(): void {
  if (document.querySelector('dialog:modal')) return;
  const heading = document.querySelector<HTMLElement>('main h1') ?? document.querySelector('main');
  if (heading === null || heading.closest('main')?.contains(document.activeElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
