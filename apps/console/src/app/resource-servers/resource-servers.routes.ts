import type { Routes } from '@angular/router';

/** The list of resource servers. */
export const routes: Routes = [
  { path: '', loadComponent: () => import('./server-list').then((m) => m.ServerList) },
];
