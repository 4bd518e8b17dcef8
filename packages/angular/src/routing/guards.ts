import { isPlatformBrowser } from '@angular/common';
import { inject, PLATFORM_ID } from '@angular/core';
import { type CanActivateFn, Router, type UrlTree } from '@angular/router';
import { Auth } from '../auth/auth';
import { POOLHOUSE_CONFIG, type PoolhouseRoutes } from '../config/poolhouse-config';

/** Lets people in who are signed in; leads others to sign in, with `?returnUrl=` of the page that they wanted. */
export function signedIn(options: { readonly redirectTo?: string } = {}): CanActivateFn {
  return (_route, { url }) =>
    decide((auth, router, routes) => {
      if (auth.user()) return true;
      return toSignIn(router, options.redirectTo ?? routes.signIn, url);
    });
}

/** Lets members of at least one of the groups in; leads others of the signed-in away, and strangers to sign in. */
export function inGroup(...groups: readonly string[]): CanActivateFn {
  return (_route, { url }) =>
    decide((auth, router, routes) => {
      const user = auth.user();
      if (!user) return toSignIn(router, routes.signIn, url);
      if (groups.some((group) => user.groups.includes(group))) return true;
      return router.parseUrl(routes.forbidden);
    });
}

/** Lets people in who are not signed in: for the pages of sign-in and sign-up. */
export function guest(): CanActivateFn {
  return () =>
    decide((auth, router, routes) => (auth.user() ? router.parseUrl(routes.home) : true));
}

type Decision = (
  auth: Auth,
  router: Router,
  routes: Required<PoolhouseRoutes>,
) => boolean | UrlTree;

/** On a server nobody is known: pages are rendered as `unknown`, and the browser decides. */
async function decide(decision: Decision): Promise<boolean | UrlTree> {
  const auth = inject(Auth);
  const router = inject(Router);
  const {
    signIn = '/sign-in',
    home = '/',
    forbidden = home,
  } = inject(POOLHOUSE_CONFIG).routes ?? {};
  if (!isPlatformBrowser(inject(PLATFORM_ID))) return true;
  await auth.ready();
  return decision(auth, router, { signIn, home, forbidden });
}

function toSignIn(router: Router, path: string, wanted: string): UrlTree {
  const tree = router.parseUrl(path);
  tree.queryParams = { ...tree.queryParams, returnUrl: wanted };
  return tree;
}
