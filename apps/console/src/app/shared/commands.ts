import { ApplicationRef, inject, Injectable, signal } from '@angular/core';

/** Something to do, for the command palette. */
export interface Command {
  readonly title: string;
  /** What it is or leads to: `Page`, `Pool`, `User`, `Action`. */
  readonly kind: string;
  readonly hint?: string;
  run(): unknown;
}

/** What pages add to the command palette while they are open. */
@Injectable({ providedIn: 'root' })
export class Commands {
  readonly #application = inject(ApplicationRef);
  readonly #added = signal<readonly Command[]>([]);
  readonly added = this.#added.asReadonly();
  readonly #open = signal(false);
  /** Whether the palette is open. */
  readonly isOpen = this.#open.asReadonly();

  /** Adds commands; answers what takes them away again: `inject(DestroyRef).onDestroy(commands.add([...]))`. */
  add(commands: readonly Command[]): () => void {
    this.#added.update((added) => [...added, ...commands]);
    return () => this.#added.update((added) => added.filter((one) => !commands.includes(one)));
  }

  /** The palette stands at once and has the focus, so that no letter typed after it goes to the page beneath. */
  open(): void {
    this.#open.set(true);
    this.#application.tick();
  }

  close(): void {
    this.#open.set(false);
  }
}
