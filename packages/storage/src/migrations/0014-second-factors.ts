import type { Migration } from './migration.ts';

/** Users' second factors: which are turned on, and the secret of an authenticator application. Null means none. */
export const secondFactors: Migration = {
  version: 14,
  name: 'second-factors',
  statements({ text, bigint }) {
    const columns = [
      `mfa ${text}`,
      `sealed_software_token ${text}`,
      `sealed_next_software_token ${text}`,
      `software_token_step ${bigint}`,
    ];
    return columns.map((column) => `ALTER TABLE users ADD COLUMN ${column}`);
  },
};
