import { effect, inject, untracked } from '@angular/core';
import { type ActivatedRouteSnapshot, Router } from '@angular/router';
import { Auth } from '../auth/auth';
import { POOLHOUSE_CONFIG } from '../config/poolhouse-config';
import { isProtecting, toSignIn } from './guards';

/** Leads away from a page behind a guard when the session ends: guards are asked on the way in only. */
export function leaveWhenEnded(): void {
  const auth = inject(Auth);
  const router = inject(Router);
  const { signIn = '/sign-in' } = inject(POOLHOUSE_CONFIG).routes ?? {};
  effect(() => {
    const ended = auth.ended();
    if (ended === null) return;
    untracked(() => {
      if (!isProtected(router.routerState.snapshot.root)) return;
      // Who signs out has done with the page; everybody else goes on there.
      const target =
        ended === 'signed-out' ? router.parseUrl(signIn) : toSignIn(router, signIn, router.url);
      void router.navigateByUrl(target);
    });
  });
}

/** Whether a guard of ours stands before this part of the page, or one below it. */
function isProtected({ routeConfig, children }: ActivatedRouteSnapshot): boolean {
  const { canActivate = [], canActivateChild = [], canMatch = [] } = routeConfig ?? {};
  const guards: readonly unknown[] = [...canActivate, ...canActivateChild, ...canMatch];
  return guards.some(isProtecting) || children.some(isProtected);
}
