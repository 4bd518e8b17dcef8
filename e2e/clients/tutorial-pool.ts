import assert from 'node:assert/strict';
import type {
  CognitoIdentityProvider,
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';

/** A pool with an app client, as the tutorial creates them. */
export interface TutorialPool {
  readonly UserPoolId: string;
  readonly ClientId: string;
  /** Only if the app client was created with one. */
  readonly secret: string | undefined;
}

/** Meets the default password policy. */
export const PASSWORD = 'Correct-Horse-7';

/** Settings that replace the tutorial's link in the mail with a code. */
export const BY_CODE: Partial<CreateUserPoolCommandInput> = {
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
};

/** Settings that confirm a sign-up by SMS instead. */
export const BY_SMS: Partial<CreateUserPoolCommandInput> = {
  AliasAttributes: ['phone_number'],
  AutoVerifiedAttributes: ['phone_number'],
  Schema: [{ Name: 'phone_number', AttributeDataType: 'String', Required: true, Mutable: true }],
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'tutorial' },
  VerificationMessageTemplate: { SmsMessage: 'Ihr Code für Poolhouse: {####}' },
};

/**
 * Creates the tutorial's pool: a user name with email and preferred_username as aliases, self sign-up, a link to verify the address, an app
 * client without a secret that signs in with passwords, and two groups with roles.
 */
export async function makeTutorialPool(
  aws: CognitoIdentityProvider,
  pool: Partial<CreateUserPoolCommandInput> = {},
  client: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<TutorialPool> {
  const { UserPool } = await aws.createUserPool({
    PoolName: 'tutorial',
    AliasAttributes: ['email', 'preferred_username'],
    AutoVerifiedAttributes: ['email'],
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    Schema: [{ Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true }],
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
    ...pool,
  });
  const UserPoolId = UserPool?.Id;
  assert(UserPoolId);
  const { UserPoolClient } = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: 'application',
    GenerateSecret: false,
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ],
    ...client,
  });
  assert(UserPoolClient?.ClientId);
  await aws.createGroup({
    UserPoolId,
    GroupName: 'admin',
    Precedence: 1,
    RoleArn: roleOf('admin'),
  });
  await aws.createGroup({
    UserPoolId,
    GroupName: 'member',
    Precedence: 10,
    RoleArn: roleOf('member'),
  });
  return { UserPoolId, ClientId: UserPoolClient.ClientId, secret: UserPoolClient.ClientSecret };
}

/** The role of one of the pool's groups. */
export function roleOf(group: 'admin' | 'member'): string {
  return `arn:aws:iam::000000000000:role/poolhouse-${group}`;
}

/** Creates a confirmed user with {@link PASSWORD} and a verified address. */
export async function makeUser(
  aws: CognitoIdentityProvider,
  UserPoolId: string,
  Username: string,
  groups: readonly ('admin' | 'member')[] = [],
): Promise<void> {
  await aws.adminCreateUser({
    UserPoolId,
    Username,
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: `${Username}@example.com` },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  await aws.adminSetUserPassword({ UserPoolId, Username, Password: PASSWORD, Permanent: true });
  for (const GroupName of groups) {
    await aws.adminAddUserToGroup({ UserPoolId, Username, GroupName });
  }
}
