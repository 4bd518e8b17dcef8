import type { Routes } from '@angular/router';
import { unsavedGuard } from '../shared/dialogs/unsaved';

/** The page of settings. */
export const routes: Routes = [
  {
    path: '',
    canDeactivate: [unsavedGuard],
    loadComponent: () => import('./settings-page').then((m) => m.SettingsPage),
  },
];
