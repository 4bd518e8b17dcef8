import type { Routes } from '@angular/router';
import { unsavedGuard } from '../shared/dialogs/unsaved';

/** The list of app clients, and the page of one. */
export const routes: Routes = [
  { path: '', loadComponent: () => import('./client-list').then((m) => m.ClientList) },
  {
    path: ':id',
    canDeactivate: [unsavedGuard],
    loadComponent: () => import('./client-page').then((m) => m.ClientPage),
  },
];
