import { computed, Injectable, signal } from '@angular/core';

/** Whether the server answers. `reconnections` counts up when it answers again: reload what failed then. */
@Injectable({ providedIn: 'root' })
export class Connection {
  readonly #lost = signal(false);
  readonly #reconnections = signal(0);

  /** Whether the last request found nobody. */
  readonly lost = this.#lost.asReadonly();
  readonly reconnections = this.#reconnections.asReadonly();
  /** For messages: what to say about it. */
  readonly state = computed(() => (this.#lost() ? 'lost' : 'there'));

  /** To be told by whoever sends requests. */
  answered(): void {
    if (!this.#lost()) return;
    this.#lost.set(false);
    this.#reconnections.update((count) => count + 1);
  }

  /** To be told by whoever sends requests. */
  failed(): void {
    this.#lost.set(true);
  }
}
