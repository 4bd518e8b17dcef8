import type { ToldSettings } from '../settings/client-settings';

/** What a pool tells whose passwords are long and free of other rules, and whose sign-ups a link confirms. */
export const TOLD: ToldSettings = {
  signInNames: ['username', 'email'],
  signUp: {
    open: true,
    requiredAttributes: ['given_name'],
    verifiedAttributes: ['email', 'phone_number'],
    verification: 'link',
  },
  passwordPolicy: {
    minimumLength: 15,
    requireLowercase: false,
    requireUppercase: false,
    requireNumbers: false,
    requireSymbols: false,
  },
  authFlows: ['ALLOW_USER_SRP_AUTH'],
};
