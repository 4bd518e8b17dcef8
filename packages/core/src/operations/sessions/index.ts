import { globalSignOut } from './global-sign-out.ts';
import { revokeToken } from './revoke-token.ts';

/** The built operations of this area, by name. */
export const sessionsOperations = {
  GlobalSignOut: globalSignOut,
  RevokeToken: revokeToken,
};
