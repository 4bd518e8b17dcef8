import { getUserPoolClientSessionConfiguration } from './get-user-pool-client-session-configuration.ts';
import { getUserPoolSessionConfiguration } from './get-user-pool-session-configuration.ts';
import { globalSignOut } from './global-sign-out.ts';
import { revokeToken } from './revoke-token.ts';
import { setUserPoolClientSessionConfiguration } from './set-user-pool-client-session-configuration.ts';
import { setUserPoolSessionConfiguration } from './set-user-pool-session-configuration.ts';

/** The built operations of this area, by name. */
export const sessionsOperations = {
  GetUserPoolClientSessionConfiguration: getUserPoolClientSessionConfiguration,
  GetUserPoolSessionConfiguration: getUserPoolSessionConfiguration,
  GlobalSignOut: globalSignOut,
  RevokeToken: revokeToken,
  SetUserPoolClientSessionConfiguration: setUserPoolClientSessionConfiguration,
  SetUserPoolSessionConfiguration: setUserPoolSessionConfiguration,
};
