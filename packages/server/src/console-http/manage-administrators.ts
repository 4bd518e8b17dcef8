import { Failure, randomToken } from '@poolhouse/core';
import { ADMINISTRATORS_POOL } from '../administrators-pool.ts';
import { runAsConsole, type AdministratorParts } from './administrators.ts';
import { roleOf, ROLES, type Role } from './roles.ts';

/** Somebody who is to use the console. */
export interface NewAdministrator {
  readonly username: string;
  readonly role: Role;
  readonly email?: string | undefined;
}

/** Somebody who may use the console. */
export interface ListedAdministrator {
  readonly username: string;
  readonly role: Role;
  readonly email: string | undefined;
  /** As the API has it: `FORCE_CHANGE_PASSWORD` until the first sign-in. */
  readonly status: string | undefined;
}

const MOST_ADMINISTRATORS = 60;

/**
 * Makes an administrator; answers the temporary password, which is told only now and replaced at the first sign-in. The
 * account gets its role last, so that one that could not be finished may do nothing.
 */
export async function addAdministrator(
  parts: AdministratorParts,
  { username, role, email }: NewAdministrator,
): Promise<{ readonly temporaryPassword: string }> {
  const user = { UserPoolId: ADMINISTRATORS_POOL, Username: username };
  const temporaryPassword = randomToken(parts.world.random).slice(0, 20);
  await runAsConsole(parts, 'AdminCreateUser', {
    ...user,
    MessageAction: 'SUPPRESS',
    TemporaryPassword: temporaryPassword,
    UserAttributes:
      email === undefined
        ? []
        : [
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: 'true' },
          ],
  });
  await runAsConsole(parts, 'AdminAddUserToGroup', { ...user, GroupName: role });
  return { temporaryPassword };
}

/** Everybody who may use the console, with the greatest role of each. */
export async function listAdministrators(
  parts: AdministratorParts,
): Promise<readonly ListedAdministrator[]> {
  const found = new Map<string, ListedAdministrator>();
  for (const role of ROLES.toReversed()) {
    const { Users = [] } = await runAsConsole(parts, 'ListUsersInGroup', {
      UserPoolId: ADMINISTRATORS_POOL,
      GroupName: role,
      Limit: MOST_ADMINISTRATORS,
    });
    for (const { Username: username, Attributes = [], UserStatus: status } of Users) {
      if (username === undefined || found.has(username)) continue;
      const email = Attributes.find(({ Name }) => Name === 'email')?.Value;
      found.set(username, { username, role, email, status });
    }
  }
  return [...found.values()];
}

/** Deletes an administrator; the session ends at once. `false` when there is none. The last owner stays. */
export async function removeAdministrator(
  parts: AdministratorParts,
  username: string,
): Promise<boolean> {
  const user = { UserPoolId: ADMINISTRATORS_POOL, Username: username };
  const groups = await runAsConsole(parts, 'AdminListGroupsForUser', user).catch((error) => {
    if (error instanceof Failure && error.code === 'UserNotFoundException') return undefined;
    throw error;
  });
  if (groups === undefined) return false;
  const names = groups.Groups?.map(({ GroupName: name = '' }) => ({ name })) ?? [];
  if (roleOf(names) === 'owner') {
    const all = await listAdministrators(parts);
    if (all.filter(({ role }) => role === 'owner').length < 2) {
      throw new Failure(
        'NotAuthorizedException',
        `${username} is the last owner. Add another owner first.`,
      );
    }
  }
  await runAsConsole(parts, 'AdminDeleteUser', user);
  return true;
}
