import { registry } from '@poolhouse/core';
import { operations, type OperationName } from '@poolhouse/model';

/** What an administrator may do, by their group in the administrators' pool. */
export type Role = 'viewer' | 'operator' | 'owner';

/** In ascending order. */
export const ROLES: readonly Role[] = ['viewer', 'operator', 'owner'];

/** The least role that may run the operation; `undefined` for operations that the console does not offer. */
export function leastRole(name: OperationName): Role | undefined {
  const { authorisation, access, namesUser } = operations[name];
  if (!registry.has(name) || authorisation !== 'iam') return undefined;
  switch (access) {
    case 'read':
      return 'viewer';
    case 'write':
      // Operators manage users and their memberships, but not pools, app clients and groups.
      return namesUser ? 'operator' : 'owner';
    case 'sign-in':
      return undefined;
  }
}

/** Whether a role includes another. */
export function includes(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** The greatest role among a user's groups. */
export function roleOf(groups: readonly { readonly name: string }[]): Role | undefined {
  return ROLES.findLast((role) => groups.some(({ name }) => name === role));
}
