import { signal } from '@angular/core';
import { toApiError } from '../../api/api-error';

/** One thing that is done at a time, and why it failed: for forms and buttons. */
export class Busy {
  readonly #now = signal(false);
  readonly #problem = signal('');
  /** Whether it is under way. */
  readonly now = this.#now.asReadonly();
  /** Why the last try failed, in words for people; empty when it did not. */
  readonly problem = this.#problem.asReadonly();

  /** Does it, unless it is under way already. `true` when it worked. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#now()) return false;
    this.#now.set(true);
    this.#problem.set('');
    try {
      await work();
      return true;
    } catch (error) {
      this.#problem.set(toApiError(error).message);
      return false;
    } finally {
      this.#now.set(false);
    }
  }

  clear(): void {
    this.#problem.set('');
  }
}
