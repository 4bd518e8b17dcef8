import { Component, effect, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, fromEvent } from 'rxjs';
import { Commands } from '../../shared/commands';
import { Modal } from '../../shared/dialogs/modal';
import { Rail } from '../rail/rail';
import { shellTexts } from '../texts';

/** The frame of the pages to work with: the rail at the side, on phones a bar above and a drawer. */
@Component({
  selector: 'pc-shell',
  imports: [Modal, Rail, RouterLink, RouterOutlet],
  templateUrl: './shell.html',
  styleUrl: './shell.css',
})
export class Shell {
  readonly #narrow = matchMedia('(max-width: 760px)');
  protected readonly commands = inject(Commands);
  protected readonly texts = shellTexts;
  protected readonly narrow = signal(this.#narrow.matches);
  protected readonly drawer = signal(false);

  constructor() {
    fromEvent(this.#narrow, 'change')
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.narrow.set(this.#narrow.matches));
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.drawer.set(false));
    effect(() => {
      if (!this.narrow()) this.drawer.set(false);
    });
  }

  /** A link to the place itself would lead away: the page has a base of its own. */
  protected skip(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }
}
