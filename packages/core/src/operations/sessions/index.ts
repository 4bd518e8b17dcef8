import { adminListUserSessions } from './admin-list-user-sessions.ts';
import { adminRevokeUserSession } from './admin-revoke-user-session.ts';
import { getUserPoolClientSessionConfiguration } from './get-user-pool-client-session-configuration.ts';
import { getUserPoolSessionConfiguration } from './get-user-pool-session-configuration.ts';
import { globalSignOut } from './global-sign-out.ts';
import { listUserSessions } from './list-user-sessions.ts';
import { revokeToken } from './revoke-token.ts';
import { revokeUserSession } from './revoke-user-session.ts';
import { setUserPoolClientSessionConfiguration } from './set-user-pool-client-session-configuration.ts';
import { setUserPoolSessionConfiguration } from './set-user-pool-session-configuration.ts';

/** The built operations of this area, by name. */
export const sessionsOperations = {
  AdminListUserSessions: adminListUserSessions,
  AdminRevokeUserSession: adminRevokeUserSession,
  GetUserPoolClientSessionConfiguration: getUserPoolClientSessionConfiguration,
  GetUserPoolSessionConfiguration: getUserPoolSessionConfiguration,
  GlobalSignOut: globalSignOut,
  ListUserSessions: listUserSessions,
  RevokeToken: revokeToken,
  RevokeUserSession: revokeUserSession,
  SetUserPoolClientSessionConfiguration: setUserPoolClientSessionConfiguration,
  SetUserPoolSessionConfiguration: setUserPoolSessionConfiguration,
};
