import type { CanDeactivateFn } from '@angular/router';

/** A page that may hold changes which are not saved. */
export interface HoldsChanges {
  hasUnsaved(): boolean;
}

const QUESTION = 'Leave this page? What you changed is not saved.';

/** Asks before a page is left with changes that are not saved. */
export const unsavedGuard: CanDeactivateFn<HoldsChanges> = (page) =>
  !page.hasUnsaved() || confirm(QUESTION);
