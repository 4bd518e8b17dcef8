import type { Migration } from './migration.ts';

/** Which node does the work that only one of them should do. */
export const leases: Migration = {
  version: 13,
  name: 'leases',
  statements({ text, bigint }) {
    return [
      `CREATE TABLE leases (name ${text} PRIMARY KEY, holder ${text} NOT NULL, until_ms ${bigint} NOT NULL)`,
    ];
  },
};
