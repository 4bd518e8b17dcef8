import { DOCUMENT, PlatformLocation } from '@angular/common';
import { DestroyRef, inject, signal } from '@angular/core';
import { Auth } from '@poolhouse/angular';
import type { Next } from '../forms/carried';
import { Journey } from '../forms/journey';
import { takeLinkCode } from './link-code';

/** Reads the code from the address that a mail's link has opened, when the page loads and while it is open. */
export class LinkOpening {
  /** Whether a code is on its way to the pool. */
  readonly isPending = signal(false);
  readonly #auth = inject(Auth);
  readonly #journey = inject(Journey);
  readonly #location = inject(PlatformLocation);
  readonly #go: (next: Next) => void;

  constructor(go: (next: Next) => void) {
    this.#go = go;
    // Before Angular's router hears of it, which would put the address back into the history.
    const window = inject(DOCUMENT).defaultView;
    const look = () => void this.look();
    window?.addEventListener('popstate', look, { capture: true });
    inject(DestroyRef).onDestroy(() => window?.removeEventListener('popstate', look, true));
  }

  /** Takes the code, if there is one, and goes where it leads. */
  async look(): Promise<void> {
    const code = takeLinkCode(this.#location);
    if (code === null) return;
    this.isPending.set(true);
    try {
      await this.#auth.ready();
      // Whoever is signed in has no use for it.
      if (this.#auth.status() !== 'signed-in') this.#go(await this.#journey.link.open(code));
    } finally {
      this.isPending.set(false);
    }
  }
}
