import type { Migration } from './migration.ts';

/**
 * Groups are deleted in slices, and may be made again meanwhile, so a membership counts only for the generation of the group that it was
 * made for. A build that does not know generations adds members to the first one, which is right for every group that was never deleted
 * while it was large. While such a build runs beside this one, it shows a large deleted group with its members until the slices have
 * removed them; and members whom it adds to a group that was made again count for newer builds only once those add them again.
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
