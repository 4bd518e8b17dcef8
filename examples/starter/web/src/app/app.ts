import { Component, type ElementRef, inject, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Auth, PhInGroup } from '@poolhouse/angular';
import { filter, skip } from 'rxjs';
import { leaveStartPicture } from './start-picture';

/** The frame around every page. */
@Component({
  selector: 'app-root',
  imports: [PhInGroup, RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './app.html',
  styleUrl: './app.css',
})
export class App {
  protected readonly auth = inject(Auth);
  protected readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  readonly #router = inject(Router);

  constructor() {
    leaveStartPicture();
    // Whoever uses a keyboard or a screen reader goes on where the new page begins.
    this.#router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        skip(1),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.main().nativeElement.focus({ preventScroll: true }));
  }
}
