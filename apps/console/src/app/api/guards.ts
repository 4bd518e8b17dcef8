import { inject } from '@angular/core';
import { type CanActivateFn, RedirectCommand, Router } from '@angular/router';
import { ServerConfigs } from './server-config';
import { Sessions } from './session';

/** Lets administrators pass; leads others to the sign-in page, and back afterwards. */
export const administratorsOnly: CanActivateFn = async (_, { url }) => {
  const sessions = inject(Sessions);
  const configs = inject(ServerConfigs);
  const router = inject(Router);
  if (sessions.session()) return true;
  const [session] = await Promise.all([sessions.load(), configs.load()]);
  if (session) return true;
  const queryParams = url === '/' ? {} : { to: url };
  return new RedirectCommand(router.createUrlTree(['/sign-in'], { queryParams }));
};
