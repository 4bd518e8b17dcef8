import type { Routes } from '@angular/router';

/** The overview of a pool. */
export const routes: Routes = [
  { path: '', loadComponent: () => import('./overview-page').then((m) => m.OverviewPage) },
];
