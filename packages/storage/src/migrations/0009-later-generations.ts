import type { Migration } from './migration.ts';

/** Finds the members of a group that was made again among the earlier ones, who may be a million. Nearly always empty. */
export const laterGenerations: Migration = {
  version: 9,
  name: 'later-generations',
  statements() {
    return [
      `CREATE INDEX group_members_later ON group_members (pool_id, group_name, generation, sub) WHERE generation > 0`,
    ];
  },
};
