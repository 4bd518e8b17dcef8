import type { Routes } from '@angular/router';
import { unsavedGuard } from '../shared/dialogs/unsaved';

/** The page of a pool's sign-in. */
export const routes: Routes = [
  {
    path: '',
    canDeactivate: [unsavedGuard],
    loadComponent: () => import('./pool-sign-in-page').then((m) => m.PoolSignInPage),
  },
];
