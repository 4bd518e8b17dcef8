import { inject, Injectable, signal } from '@angular/core';
import type { CanDeactivateFn } from '@angular/router';

/** A page that may hold changes which are not saved. */
export interface HoldsChanges {
  hasUnsaved(): boolean;
}

/** Whether a page is to be left with changes that are not saved; a dialog asks. */
@Injectable({ providedIn: 'root' })
export class UnsavedQuestion {
  readonly #asked = signal<PromiseWithResolvers<boolean> | undefined>(undefined);

  isAsked(): boolean {
    return this.#asked() !== undefined;
  }

  /** Waits for the answer: `true` leaves the page. A question that is asked anew ends the one before. */
  ask(): Promise<boolean> {
    this.answer(false);
    const asked = Promise.withResolvers<boolean>();
    this.#asked.set(asked);
    return asked.promise;
  }

  answer(leave: boolean): void {
    this.#asked()?.resolve(leave);
    this.#asked.set(undefined);
  }
}

/** Asks before a page is left with changes that are not saved. */
export const unsavedGuard: CanDeactivateFn<HoldsChanges> = (page) =>
  !page.hasUnsaved() || inject(UnsavedQuestion).ask();
