import type { Routes } from '@angular/router';
import { DraftStore } from './draft-store';
import { Creation } from './creation';
import { AttributesStep } from './steps/attributes-step';
import { ClientStep } from './steps/client-step';
import { MessagesStep } from './steps/messages-step';
import { NameStep } from './steps/name-step';
import { PoliciesStep } from './steps/policies-step';
import { ReviewStep } from './steps/review-step';
import { TagsStep } from './steps/tags-step';
import { Wizard } from './wizard';

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
          { path: '', pathMatch: 'full', redirectTo: 'name' },
          { path: 'name', component: NameStep },
          { path: 'attributes', component: AttributesStep },
          { path: 'policies', component: PoliciesStep },
          { path: 'messages', component: MessagesStep },
          { path: 'tags', component: TagsStep },
          { path: 'client', component: ClientStep },
          { path: 'review', component: ReviewStep },
        ],
      },
    ],
  },
];
