import { getUserPoolMfaConfig } from './get-user-pool-mfa-config.ts';

/** The built operations of this area, by name. */
export const mfaOperations = {
  GetUserPoolMfaConfig: getUserPoolMfaConfig,
};
