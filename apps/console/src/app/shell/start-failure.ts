import { inject, Injectable, signal } from '@angular/core';
import { Router } from '@angular/router';

/** A page that could not be opened at all: the server was not there, or its files are of another version. */
@Injectable({ providedIn: 'root' })
export class StartFailure {
  readonly #router = inject(Router);
  readonly #failure = signal<unknown>(undefined);
  readonly failure = this.#failure.asReadonly();

  show(error: unknown): void {
    this.#failure.set(error);
  }

  /** Opens the page anew. Where a file of the application is gone, only a fresh start helps. */
  retry(): void {
    if (this.#router.navigated) location.reload();
    this.#failure.set(undefined);
    void this.#router.navigateByUrl(this.#router.url === '/' ? ownPath() : this.#router.url);
  }
}

/** The address as the browser has it, below the base. */
function ownPath(): string {
  const base = new URL(document.baseURI).pathname;
  return `/${location.pathname.slice(base.length)}${location.search}`;
}
