import { Injectable, signal } from '@angular/core';

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

  open(): void {
    this.#open.set(true);
  }

  close(): void {
    this.#open.set(false);
  }
}
