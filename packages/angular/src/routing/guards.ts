import { inject } from '@angular/core';
import {
  type CanActivateFn,
  type CanMatchFn,
  Router,
  type RouterStateSnapshot,
  type UrlSegment,
  type UrlTree,
} from '@angular/router';
import { Auth } from '../auth/auth';
import { inBrowser } from '../config/in-browser';
import { POOLHOUSE_CONFIG, type PoolhouseRoutes } from '../config/poolhouse-config';

/** A guard for `canActivate`, `canActivateChild`, and `canMatch`, which also prevents the page's code from loading. */
export type PoolhouseGuard = CanActivateFn & CanMatchFn;

/** What Angular calls a guard with: the state that would be, or, for `canMatch`, segments of its address. */
type Where = RouterStateSnapshot | readonly UrlSegment[];

/** Guards that admit only people who are signed in. */
const protecting = new WeakSet<object>();

/** Whether a guard of a route, of whatever kind, is one of ours that lets nobody in who is not signed in. */
export function isProtecting(guard: unknown): boolean {
  return typeof guard === 'function' && protecting.has(guard);
}

function protectingGuard(guard: PoolhouseGuard): PoolhouseGuard {
  protecting.add(guard);
  return guard;
}

/** Admits people who are signed in; redirects others to the sign-in page, with the wanted page as `?returnUrl=`. */
export function signedIn(
  options: { readonly redirectTo?: string | undefined } = {},
): PoolhouseGuard {
  return protectingGuard((_route: unknown, where: Where) =>
    decide((auth, router, routes) => {
      if (auth.user()) return true;
      return toSignIn(router, options.redirectTo ?? routes.signIn, wantedUrl(router, where));
    }),
  );
}

/** Admits members of at least one of the groups. Redirects other signed-in people to `forbidden`, and everyone else to the sign-in page. */
export function inGroup(...groups: readonly string[]): PoolhouseGuard {
  return protectingGuard((_route: unknown, where: Where) =>
    decide((auth, router, routes) => {
      const user = auth.user();
      if (!user) return toSignIn(router, routes.signIn, wantedUrl(router, where));
      if (groups.some((group) => user.groups.includes(group))) return true;
      return router.parseUrl(routes.forbidden);
    }),
  );
}

/** Admits people who are not signed in: for the sign-in and sign-up pages. */
export function guest(): PoolhouseGuard {
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
  if (!inBrowser()) return true;
  await auth.ready();
  return decision(auth, router, { signIn, home, forbidden });
}

/** The address that somebody wanted, whole, also where the router has only matched a part of it yet. */
function wantedUrl(router: Router, where: Where): string {
  if ('url' in where) return where.url;
  const navigation = router.currentNavigation();
  return navigation === null ? '/' : router.serializeUrl(navigation.extractedUrl);
}

/** The page of sign-in, with the page that was wanted. */
export function toSignIn(router: Router, path: string, wanted: string): UrlTree {
  const tree = router.parseUrl(path);
  tree.queryParams = { ...tree.queryParams, returnUrl: wanted };
  return tree;
}
