import type { Migration } from './migration.ts';

/**
 * When each user signed in last, and an order by what users go by. A last sign-in of null is not known: a user of before, or one whom a
 * build of before took in; 0 is never. A build of before notes nothing: while it runs beside, what was known of a user stays until the next
 * sign-in. No index holds the time, so that a sign-in changes none of the user's entries in them. The order is made of columns that
 * every build writes.
 */
export const lastSignIns: Migration = {
  version: 10,
  name: 'last-sign-ins',
  statements({ bigint, thenUserNo }) {
    return [
      `ALTER TABLE users ADD COLUMN last_sign_in_at_ms ${bigint}`,
      // Where addresses are names, the user name is the `sub`. Both databases fold ASCII's letters only.
      `CREATE INDEX users_by_title ON users (pool_id,
        (CASE WHEN username = sub THEN coalesce(email, phone_number, sub) ELSE lower(username) END)${thenUserNo})`,
    ];
  },
};
