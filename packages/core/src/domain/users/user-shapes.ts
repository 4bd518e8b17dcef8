import type { AttributeType, UserType } from '@poolhouse/model';
import type { User } from './user.ts';

/** The columns that answers about a user show; a listed user has them too. */
export type ShownUser = Pick<
  User,
  'sub' | 'username' | 'status' | 'enabled' | 'attributes' | 'createdAtMs' | 'modifiedAtMs'
>;

/**
 * A user's attributes as the API lists them: `sub` first, values as text. `shows` selects those that the caller may see. Source:
 * behaviour.md 5.1.
 */
export function attributeList(
  user: Pick<User, 'sub' | 'attributes'>,
  shows: (name: string) => boolean = () => true,
): readonly AttributeType[] {
  const list: AttributeType[] = [{ Name: 'sub', Value: user.sub }];
  for (const [Name, Value] of Object.entries(user.attributes)) {
    if (Name !== 'sub') list.push({ Name, Value });
  }
  return list.filter(({ Name }) => shows(Name));
}

/** A user as ListUsers, ListUsersInGroup and AdminCreateUser return it. Source: API model, UserType. */
export function toUserType(user: ShownUser, shows?: (name: string) => boolean): UserType {
  return {
    Username: user.username,
    Attributes: attributeList(user, shows),
    UserCreateDate: user.createdAtMs,
    UserLastModifiedDate: user.modifiedAtMs,
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
