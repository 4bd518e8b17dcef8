import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';
import { runAsConsole, type AdministratorParts } from './administrators.ts';
import type { Guard } from './guard.ts';
import type { ConsoleSessions } from './session.ts';
import { route, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/**
 * What administrators do with their own accounts outside the API. The password is changed by the pool's own ChangePassword, after a fresh
 * sign-in that counts wrong passwords.
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
