import type { Role } from '../api/session';

/** What the roles are called. */
export const roleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  operator: 'Operator',
  viewer: 'Viewer',
};

/** What each may do. */
export const roleHints: Readonly<Record<Role, string>> = {
  owner: 'May do everything, and says who else may come in.',
  operator:
    'May run users and who is in which group, and read the audit. Pools, groups and app clients are the owners’.',
  viewer: 'May look at pools and their people, and change nothing.',
};
