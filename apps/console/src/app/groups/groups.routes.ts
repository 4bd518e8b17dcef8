import type { Routes } from '@angular/router';
import { unsavedGuard } from '../shared/dialogs/unsaved';

/** The list of groups, and the page of one. */
export const routes: Routes = [
  { path: '', loadComponent: () => import('./group-list').then((m) => m.GroupList) },
  {
    path: ':name',
    canDeactivate: [unsavedGuard],
    loadComponent: () => import('./group-page').then((m) => m.GroupPage),
  },
];
