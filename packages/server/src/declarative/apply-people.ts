import { Failure, randomText, type Pool } from '@poolhouse/core';
import { temporaryPassword } from '@poolhouse/rules';
import type { DeclarationParts, Result } from './apply-pool.ts';
import type { DeclaredPool, DeclaredUser } from './declaration.ts';
import type { Path } from './read-declaration.ts';
import { holds, without } from './same-settings.ts';

/** A user that was just created. */
export interface NewUser {
  readonly poolId: string;
  readonly poolName: string;
  readonly username: string;
  /** Present if the server chose it: printed once, and stored nowhere in clear. */
  readonly temporaryPassword?: string;
}

/** The word in a file that asks the server for a temporary password. */
const GENERATE = 'generate';

/** Creates the group, or updates what the file says about it. */
export async function applyGroup(
  parts: DeclarationParts,
  pool: Pool,
  declared: DeclaredPool['groups'][number],
  path: Path,
): Promise<Result> {
  const { api, storage } = parts;
  const { name, description, precedence, roleArn } = declared;
  const found = await storage.stores.groups.get(pool.id, name);
  const settings = without({ description, precedence, roleArn }, []);
  if (found !== undefined && holds(settings, found)) return 'kept';
  const input = without(
    {
      UserPoolId: pool.id,
      GroupName: name,
      Description: description,
      Precedence: precedence,
      RoleArn: roleArn,
    },
    [],
  );
  if (found !== undefined) {
    await api.run('UpdateGroup', input, path);
    return 'updated';
  }
  try {
    await api.run('CreateGroup', input, path);
    return 'created';
  } catch (error) {
    // An administrator may have created it meanwhile: other nodes are already serving.
    if ((await storage.stores.groups.get(pool.id, name)) === undefined) throw error;
    return applyGroup(parts, pool, declared, path);
  }
}

/**
 * Creates the user with its groups. An existing user is left alone: the password, what they changed, and the groups that an administrator
 * removed them from.
 */
export async function applyUser(
  parts: DeclarationParts,
  pool: Pool,
  declared: DeclaredUser,
  path: Path,
): Promise<NewUser | undefined> {
  const { api, world } = parts;
  const { username, password } = declared;
  if (await isThere(parts, pool, username, path)) return undefined;
  const generates = password === undefined && (declared.temporaryPassword ?? GENERATE) === GENERATE;
  const made = generates
    ? temporaryPassword(pool.settings.Policies?.PasswordPolicy, (alphabet, length) =>
        randomText(world.random, alphabet, length),
      )
    : undefined;
  const input = {
    UserPoolId: pool.id,
    Username: username,
    UserAttributes: attributesOf(declared),
    TemporaryPassword: password ?? made ?? declared.temporaryPassword,
    MessageAction: 'SUPPRESS',
  };
  const created = await api.run('AdminCreateUser', input, path).catch(async (error: unknown) => {
    // Somebody may have taken the name meanwhile: other nodes are already serving.
    if (await isThere(parts, pool, username, path)) return undefined;
    throw error;
  });
  if (created === undefined) return undefined;
  const { User } = created;
  const stored = { UserPoolId: pool.id, Username: User?.Username ?? username };
  for (const [index, group] of declared.groups.entries()) {
    await api.run('AdminAddUserToGroup', { ...stored, GroupName: group }, [
      ...path,
      'groups',
      index,
    ]);
  }
  if (password !== undefined) {
    await api.run('AdminSetUserPassword', { ...stored, Password: password, Permanent: true }, [
      ...path,
      'password',
    ]);
  }
  return {
    poolId: pool.id,
    poolName: pool.name,
    username,
    ...(made !== undefined && { temporaryPassword: made }),
  };
}

async function isThere(
  { api }: DeclarationParts,
  pool: Pool,
  username: string,
  path: Path,
): Promise<boolean> {
  try {
    const input = { UserPoolId: pool.id, Username: username };
    await api.run('AdminGetUser', input, path, ['UserNotFoundException']);
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === 'UserNotFoundException') return false;
    throw error;
  }
}

function attributesOf({ email, attributes }: DeclaredUser): { Name: string; Value: string }[] {
  const all = {
    ...(email !== undefined && { email, email_verified: 'true' }),
    ...attributes,
  };
  return Object.entries(all).map(([Name, Value]) => ({ Name, Value }));
}
