import type { Routes } from '@angular/router';
import { unsavedGuard } from '../shared/dialogs/unsaved';

/** The page of messages. */
export const routes: Routes = [
  {
    path: '',
    canDeactivate: [unsavedGuard],
    loadComponent: () => import('./messages-page').then((m) => m.MessagesPage),
  },
];
