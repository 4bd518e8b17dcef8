import type { Routes } from '@angular/router';
import { guest, inGroup, signedIn } from '@poolhouse/angular';

/** The pages. Each is loaded when it is first opened. */
export const routes: Routes = [
  {
    path: '',
    title: 'Starter',
    loadComponent: async () => (await import('./home/home')).Home,
  },
  {
    path: 'sign-in',
    title: 'Sign in · Starter',
    canActivate: [guest()],
    loadComponent: async () => (await import('./sign-in/sign-in')).SignIn,
  },
  {
    path: 'profile',
    title: 'Your profile · Starter',
    canActivate: [signedIn()],
    loadComponent: async () => (await import('./profile/profile')).Profile,
  },
  {
    path: 'account',
    title: 'How you sign in · Starter',
    canActivate: [signedIn()],
    loadComponent: async () => (await import('./account/account')).Account,
  },
  {
    path: 'admin',
    title: 'Users · Starter',
    canActivate: [inGroup('admin')],
    loadComponent: async () => (await import('./admin/admin')).Admin,
  },
  {
    path: 'not-allowed',
    title: 'Not allowed · Starter',
    canActivate: [signedIn()],
    loadComponent: async () => (await import('./outside/not-allowed')).NotAllowed,
  },
  {
    path: '**',
    title: 'Not found · Starter',
    loadComponent: async () => (await import('./outside/not-found')).NotFound,
  },
];
