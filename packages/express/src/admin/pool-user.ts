import type {
  AttributeType,
  UserStatusType,
  UserType,
} from '@aws-sdk/client-cognito-identity-provider';

/** A user of the pool, as administrators see one. */
export interface PoolUser {
  readonly username: string;
  readonly sub: string | undefined;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly phoneNumber: string | undefined;
  readonly phoneNumberVerified: boolean;
  readonly enabled: boolean;
  readonly status: UserStatusType | undefined;
  readonly createdAt: Date | undefined;
  readonly modifiedAt: Date | undefined;
  /** Every attribute by its name in the API; all values are strings. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Reads a user from any of the shapes in which the API returns one. */
export function poolUser(
  user: Omit<UserType, 'MFAOptions'> & { readonly UserAttributes?: AttributeType[] },
): PoolUser {
  const attributes: Record<string, string> = {};
  for (const { Name, Value } of user.Attributes ?? user.UserAttributes ?? []) {
    if (Name !== undefined) attributes[Name] = Value ?? '';
  }
  return {
    username: user.Username ?? '',
    sub: attributes['sub'],
    email: attributes['email'],
    emailVerified: attributes['email_verified'] === 'true',
    phoneNumber: attributes['phone_number'],
    phoneNumberVerified: attributes['phone_number_verified'] === 'true',
    enabled: user.Enabled ?? false,
    status: user.UserStatus,
    createdAt: user.UserCreateDate,
    modifiedAt: user.UserLastModifiedDate,
    attributes,
  };
}

/** Attributes as the API accepts them; a boolean becomes the string that Cognito expects. */
export function attributeList(
  attributes: Readonly<Record<string, string | boolean | undefined>>,
): AttributeType[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([Name, value]) => ({ Name, Value: String(value) }));
}
