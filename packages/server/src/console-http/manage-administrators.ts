import { Failure, randomToken } from '@poolhouse/core';
import { ADMINISTRATORS_POOL } from '../administrators-pool.ts';
import { runAsConsole, type AdministratorParts } from './administrators.ts';
import { ROLES, type Role } from './roles.ts';

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

const PAGE = 60;

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
    for await (const { Username: username, Attributes = [], UserStatus: status } of membersOf(
      parts,
      role,
    )) {
      if (username === undefined || found.has(username)) continue;
      const email = Attributes.find(({ Name }) => Name === 'email')?.Value;
      found.set(username, { username, role, email, status });
    }
  }
  return [...found.values()];
}

async function* membersOf(parts: AdministratorParts, role: Role) {
  let NextToken: string | undefined;
  do {
    const page = await runAsConsole(parts, 'ListUsersInGroup', {
      UserPoolId: ADMINISTRATORS_POOL,
      GroupName: role,
      Limit: PAGE,
      NextToken,
    });
    yield* page.Users ?? [];
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
}

/** Deletes an administrator; the session ends at once. `false` when there is none. The last owner stays: see `last-owner.ts`. */
export async function removeAdministrator(
  parts: AdministratorParts,
  username: string,
): Promise<boolean> {
  try {
    await runAsConsole(parts, 'AdminDeleteUser', {
      UserPoolId: ADMINISTRATORS_POOL,
      Username: username,
    });
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === 'UserNotFoundException') return false;
    throw error;
  }
}
