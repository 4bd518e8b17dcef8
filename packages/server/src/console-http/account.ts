import { ADMINISTRATORS_POOL } from '../administrators-pool.ts';
import { runAsConsole, type AdministratorParts } from './administrators.ts';
import type { Guard } from './guard.ts';
import type { ConsoleSessions } from './session.ts';
import { route, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/**
 * What an administrator does with its own account beside the API: the password is changed by the pool's own ChangePassword,
 * with a sign-in of its own, which counts wrong ones.
 */
export function accountRoutes(
  guard: Guard,
  { parts, sessions }: { readonly parts: AdministratorParts; readonly sessions: ConsoleSessions },
): readonly Route[] {
  return [
    route(
      'POST',
      '/account/sign-out',
      guard.writes('viewer', async (request, response, { username }, source) => {
        await runAsConsole(
          { ...parts, administrator: username, source },
          'AdminUserGlobalSignOut',
          {
            UserPoolId: ADMINISTRATORS_POOL,
            Username: username,
          },
        );
        await sessions.end(request, response);
        sendJson(response, {});
      }),
    ),
  ];
}
