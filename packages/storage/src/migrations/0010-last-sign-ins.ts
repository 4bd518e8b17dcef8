import type { Migration } from './migration.ts';

/**
 * When each user last signed in, and an order by what users are called. Null means that the last sign-in is unknown: the user is from
 * before, or was created by an older build; 0 means never. An older build records nothing: while it runs beside this one, the last known
 * time stays until the next sign-in on this one. No index contains the time, so a sign-in changes none of the user's index entries. The
 * order uses only columns that every build writes.
 */
export const lastSignIns: Migration = {
  version: 10,
  name: 'last-sign-ins',
  statements({ bigint, thenUserNo }) {
    return [
      `ALTER TABLE users ADD COLUMN last_sign_in_at_ms ${bigint}`,
      // If addresses are used as names, the user name is the `sub`. Both databases fold only ASCII letters.
      `CREATE INDEX users_by_title ON users (pool_id,
        (CASE WHEN username = sub THEN coalesce(email, phone_number, sub) ELSE lower(username) END)${thenUserNo})`,
    ];
  },
};
