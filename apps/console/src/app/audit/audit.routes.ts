import type { Routes } from '@angular/router';

/** The page of the audit. */
export const routes: Routes = [
  { path: '', loadComponent: () => import('./audit-page').then((m) => m.AuditPage) },
];
