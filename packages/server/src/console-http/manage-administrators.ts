import { Failure, randomToken } from '@poolhouse/core';
import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';
import { runAsConsole, type AdministratorParts } from './administrators.ts';
import { isEmailAddress } from '@poolhouse/rules';
import { object, oneOf, optional, text, where, type Shaped } from '../shapes/shape.ts';
import { includes, ROLES, type Role } from './roles.ts';

/** An administrator's name. Source: API model, UsernameType. */
export const administratorsName = text({ least: 1, most: 128 });

/** Input for a new administrator. */
export const newAdministrator = object({
  username: administratorsName,
  role: oneOf(ROLES),
  email: optional(where(text(), isEmailAddress, 'Invalid email address')),
});

/** An administrator in the list. */
export interface ListedAdministrator {
  readonly username: string;
  readonly role: Role;
  readonly email: string | undefined;
  /** As in the API: `FORCE_CHANGE_PASSWORD` until the first sign-in with a new password. */
  readonly status: string | undefined;
  /** If false, the administrator cannot sign in. */
  readonly enabled: boolean;
}

const PAGE = 60;

/**
 * Creates an administrator; returns the temporary password, which is shown only now and replaced at the first sign-in. The role is granted
 * last, so that an account that could not be finished may do nothing.
 */
export async function addAdministrator(
  parts: AdministratorParts,
  { username, role, email }: Shaped<typeof newAdministrator>,
): Promise<{ readonly temporaryPassword: string }> {
  const user = { UserPoolId: ADMINISTRATORS_POOL, Username: username };
  const temporaryPassword = makePassword(parts);
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

/**
 * Sets a new temporary password, for people who lost theirs or never signed in. Their sessions end, and they must change the returned
 * password at the next sign-in.
 */
export async function renewTemporaryPassword(
  parts: AdministratorParts,
  username: string,
): Promise<{ readonly temporaryPassword: string }> {
  const temporaryPassword = makePassword(parts);
  await runAsConsole(parts, 'AdminSetUserPassword', {
    UserPoolId: ADMINISTRATORS_POOL,
    Username: username,
    Password: temporaryPassword,
    Permanent: false,
  });
  return { temporaryPassword };
}

/**
 * Gives an administrator another role. Greater roles are taken away first, so that nothing has changed if this is refused because of the
 * last owner.
 */
export async function changeRole(
  parts: AdministratorParts,
  { username, role }: { readonly username: string; readonly role: Role },
): Promise<void> {
  const user = { UserPoolId: ADMINISTRATORS_POOL, Username: username };
  const { Groups = [] } = await runAsConsole(parts, 'AdminListGroupsForUser', user);
  const others = ROLES.filter(
    (one) => one !== role && Groups.some(({ GroupName }) => GroupName === one),
  );
  const take = (GroupName: Role) =>
    runAsConsole(parts, 'AdminRemoveUserFromGroup', { ...user, GroupName });
  for (const one of others.filter((other) => includes(other, role))) await take(one);
  await runAsConsole(parts, 'AdminAddUserToGroup', { ...user, GroupName: role });
  for (const one of others.filter((other) => !includes(other, role))) await take(one);
}

function makePassword({ world }: AdministratorParts): string {
  return randomToken(world.random).slice(0, 20);
}

/** Everybody who may use the console, each with the greatest role. */
export async function listAdministrators(
  parts: AdministratorParts,
): Promise<readonly ListedAdministrator[]> {
  const found = new Map<string, ListedAdministrator>();
  for (const role of ROLES.toReversed()) {
    for await (const member of membersOf(parts, role)) {
      const { Username: username, Attributes = [], UserStatus: status, Enabled } = member;
      if (username === undefined || found.has(username)) continue;
      const email = Attributes.find(({ Name }) => Name === 'email')?.Value;
      found.set(username, { username, role, email, status, enabled: Enabled !== false });
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

/**
 * Deletes an administrator and ends their sessions at once. `false` if there is none. The last owner cannot be deleted: see
 * `pools/last-owner.ts`.
 */
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
