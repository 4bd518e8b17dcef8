import type { Routes } from '@angular/router';
import { Creation } from './draft/creation';
import { DraftStore } from './draft/draft-store';
import { STEPS } from './steps/steps';
import { REVIEW, Wizard } from './wizard';

/** The steps of making a user pool, each with an address of its own. */
export const routes: Routes = [
  {
    path: '',
    providers: [DraftStore, Creation],
    title: 'New user pool',
    children: [
      {
        path: 'created/:poolId',
        title: 'Created',
        loadComponent: () => import('./created/created-page').then((m) => m.CreatedPage),
      },
      {
        path: '',
        component: Wizard,
        children: [
          { path: '', pathMatch: 'full', redirectTo: STEPS[0].id },
          ...[...STEPS, REVIEW].map(({ id, load }) => ({ path: id, loadComponent: load })),
        ],
      },
    ],
  },
];
