import type { Migration } from './migration.ts';

/** The public URLs that the nodes of this database have had. */
export const addresses: Migration = {
  version: 6,
  name: 'addresses',
  statements({ text, bigint }) {
    return [
      `CREATE TABLE addresses (public_url ${text} PRIMARY KEY, live_until_ms ${bigint} NOT NULL)`,
    ];
  },
};
