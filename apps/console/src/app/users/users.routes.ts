import type { Routes } from '@angular/router';
import { unsavedGuard } from '../shared/dialogs/unsaved';

/** The list of users, and the page of one. */
export const routes: Routes = [
  { path: '', loadComponent: () => import('./user-list').then((m) => m.UserList) },
  {
    path: ':name',
    canDeactivate: [unsavedGuard],
    loadComponent: () => import('./user-page').then((m) => m.UserPage),
  },
];
