import type { Router } from 'express';
import { ADMINISTRATORS_POOL } from '../administrators-pool.ts';
import { runAsConsole, type AdministratorParts } from './administrators.ts';
import type { Guard } from './guard.ts';
import type { ConsoleSessions } from './session.ts';

/**
 * Adds what an administrator does with its own account beside the API: the password is changed by the pool's own ChangePassword,
 * with a sign-in of its own, which counts wrong ones.
 */
export function addAccount(
  router: Router,
  guard: Guard,
  { parts, sessions }: { readonly parts: AdministratorParts; readonly sessions: ConsoleSessions },
): void {
  router.post(
    '/account/sign-out',
    guard.writes('viewer', async (request, response, { username }, source) => {
      await runAsConsole({ ...parts, administrator: username, source }, 'AdminUserGlobalSignOut', {
        UserPoolId: ADMINISTRATORS_POOL,
        Username: username,
      });
      await sessions.end(request, response);
      response.json({});
    }),
  );
}
