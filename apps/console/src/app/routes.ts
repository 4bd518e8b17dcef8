import type { Routes } from '@angular/router';
import { administratorsOnly } from './api/guards';

/** All pages. What stands between the frame and a page is loaded when it is opened. */
export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in',
    loadComponent: () => import('./shell/sign-in/sign-in-page').then((m) => m.SignInPage),
  },
  {
    path: 'set-up',
    title: 'Set up',
    loadComponent: () => import('./shell/sign-in/set-up-page').then((m) => m.SetUpPage),
  },
  {
    path: '',
    canActivate: [administratorsOnly],
    children: [
      {
        path: 'new',
        loadChildren: () => import('./wizard/wizard.routes').then((m) => m.routes),
      },
      {
        path: '',
        loadComponent: () => import('./shell/frame/shell').then((m) => m.Shell),
        children: [
          {
            path: '',
            pathMatch: 'full',
            loadChildren: () => import('./pools/pools.routes').then((m) => m.routes),
          },
          {
            path: 'p/:poolId',
            loadComponent: () => import('./shell/frame/pool-frame').then((m) => m.PoolFrame),
            children: [
              { path: '', pathMatch: 'full', redirectTo: 'overview' },
              {
                path: 'overview',
                title: 'Overview',
                loadChildren: () => import('./overview/overview.routes').then((m) => m.routes),
              },
              {
                path: 'users',
                title: 'Users',
                loadChildren: () => import('./users/users.routes').then((m) => m.routes),
              },
              {
                path: 'groups',
                title: 'Groups',
                loadChildren: () => import('./groups/groups.routes').then((m) => m.routes),
              },
              {
                path: 'clients',
                title: 'App clients',
                loadChildren: () => import('./clients/clients.routes').then((m) => m.routes),
              },
              {
                path: 'resource-servers',
                title: 'Resource servers',
                loadChildren: () =>
                  import('./resource-servers/resource-servers.routes').then((m) => m.routes),
              },
              {
                path: 'sign-in',
                title: 'Sign-in',
                loadChildren: () =>
                  import('./pool-sign-in/pool-sign-in.routes').then((m) => m.routes),
              },
              {
                path: 'messages',
                title: 'Messages',
                loadChildren: () => import('./messages/messages.routes').then((m) => m.routes),
              },
              {
                path: 'audit',
                title: 'Audit',
                loadChildren: () => import('./audit/audit.routes').then((m) => m.routes),
              },
              {
                path: 'settings',
                title: 'Settings',
                loadChildren: () => import('./settings/settings.routes').then((m) => m.routes),
              },
            ],
          },
          {
            path: 'administrators',
            title: 'Administrators',
            loadComponent: () =>
              import('./administrators/administrators-page').then((m) => m.AdministratorsPage),
          },
          {
            path: 'account',
            title: 'Your account',
            loadComponent: () => import('./account/account-page').then((m) => m.AccountPage),
          },
          {
            path: '**',
            title: 'Not found',
            loadComponent: () => import('./shell/not-found').then((m) => m.NotFound),
          },
        ],
      },
    ],
  },
];
