import { adminDeleteSoftwareToken } from './admin-delete-software-token.ts';
import { adminGetUserAuthFactors } from './admin-get-user-auth-factors.ts';
import { adminSetUserMfaPreference } from './admin-set-user-mfa-preference.ts';
import { adminSetUserSettings } from './admin-set-user-settings.ts';
import { associateSoftwareToken } from './associate-software-token.ts';
import { getUserAuthFactors } from './get-user-auth-factors.ts';
import { getUserPoolMfaConfig } from './get-user-pool-mfa-config.ts';
import { setUserMfaPreference } from './set-user-mfa-preference.ts';
import { setUserPoolMfaConfig } from './set-user-pool-mfa-config.ts';
import { setUserSettings } from './set-user-settings.ts';
import { verifySoftwareToken } from './verify-software-token.ts';

/** The built operations of this area, by name. */
export const mfaOperations = {
  AdminDeleteSoftwareToken: adminDeleteSoftwareToken,
  AdminGetUserAuthFactors: adminGetUserAuthFactors,
  AdminSetUserMFAPreference: adminSetUserMfaPreference,
  AdminSetUserSettings: adminSetUserSettings,
  AssociateSoftwareToken: associateSoftwareToken,
  GetUserAuthFactors: getUserAuthFactors,
  GetUserPoolMfaConfig: getUserPoolMfaConfig,
  SetUserMFAPreference: setUserMfaPreference,
  SetUserPoolMfaConfig: setUserPoolMfaConfig,
  SetUserSettings: setUserSettings,
  VerifySoftwareToken: verifySoftwareToken,
};
