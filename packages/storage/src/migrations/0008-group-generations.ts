import type { Migration } from './migration.ts';

/**
 * Groups that are deleted in slices, and may be made again meanwhile: a membership counts for the generation of the group that it
 * was made for. A build that knows neither puts members into the first generation, which is right for every group that was never
 * deleted while it was large. While such a build runs beside, it shows a large group that was deleted, with its members, until the
 * slices have removed them; whom it puts into one that was made again counts for newer builds only once they put him in again.
 */
export const groupGenerations: Migration = {
  version: 8,
  name: 'group-generations',
  statements({ int, bigint }) {
    return [
      `ALTER TABLE user_groups ADD COLUMN generation ${int} NOT NULL DEFAULT 0`,
      `ALTER TABLE user_groups ADD COLUMN deleted_at_ms ${bigint}`,
      `ALTER TABLE group_members ADD COLUMN generation ${int} NOT NULL DEFAULT 0`,
    ];
  },
};
