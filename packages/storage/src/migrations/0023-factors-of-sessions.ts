import type { Migration } from './migration.ts';

/** With what factors each session began, as a mark. Null means unknown, as for sessions of an older build. */
export const factorsOfSessions: Migration = {
  version: 23,
  name: 'factors-of-sessions',
  statements({ text }) {
    return [`ALTER TABLE token_families ADD COLUMN factors_mark ${text}`];
  },
};
