import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  GetGroupCommand,
  ResourceNotFoundException,
  UserNotFoundException,
  paginateAdminListGroupsForUser,
  paginateListGroups,
  paginateListUsers,
  paginateListUsersInGroup,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { regionOf } from '../tokens/pool-options.ts';
import { mediumsOf, usualInvitation, type Invitation } from './invitation.ts';
import { attributeList, poolUser, type PoolUser } from './pool-user.ts';

/** The pool, and how to reach it. */
export interface AdministratorsOptions {
  readonly userPoolId: string;
  /** Default: the first part of the pool id. */
  readonly region?: string | undefined;
  /** The address of the Poolhouse server; without it, the pool is one of Amazon Cognito. */
  readonly endpoint?: string | undefined;
  /** Default: what the AWS SDK finds by itself (environment, profile, role). */
  readonly credentials?: CognitoIdentityProviderClientConfig['credentials'] | undefined;
  /** Anything else for the SDK's client: retries, proxies. */
  readonly clientConfig?:
    Omit<CognitoIdentityProviderClientConfig, 'region' | 'endpoint' | 'credentials'> | undefined;
}

/** A user to create. */
export interface NewUser {
  readonly username: string;
  readonly email?: string | undefined;
  /** In E.164 form: `+4930123456`. */
  readonly phoneNumber?: string | undefined;
  /** Marks the address and the number as verified, without a code. Default: `false`. */
  readonly verified?: boolean | undefined;
  readonly attributes?: Readonly<Record<string, string | boolean | undefined>> | undefined;
  /** If omitted, the pool generates one. */
  readonly temporaryPassword?: string | undefined;
  /**
   * How the temporary password is sent to the user; `none` sends nothing. Default: by mail if there is an address, otherwise by SMS
   * if there is a number, otherwise not at all. A user name that is an address or a number counts as one.
   */
  readonly invitation?: Invitation | undefined;
  /** Groups to add the user to. They must exist; checking them requires the permission `cognito-idp:GetGroup`. */
  readonly groups?: readonly string[] | undefined;
}

/** A user that was just created. */
export interface CreatedUser extends PoolUser {
  /** How the pool was asked to send the temporary password; with `none`, only the caller knows it. */
  readonly invitation: Invitation;
}

/** A new user could not be added to a group. `user` is the user if it was created nevertheless; otherwise `undefined`. */
export class NewUserGroupError extends Error {
  override readonly name = 'NewUserGroupError';
  readonly group: string;
  readonly user: CreatedUser | undefined;

  constructor(group: string, user: CreatedUser | undefined, options?: ErrorOptions) {
    super(
      user === undefined
        ? `There is no group "${group}": the user was not created.`
        : `${user.username} was created, but could not be added to the group "${group}".`,
      options,
    );
    this.group = group;
    this.user = user;
  }
}

/** Which users to list. */
export interface ListUsersOptions {
  /** In the API's syntax: `email ^= "ann"`. Cannot be combined with `group`. */
  readonly filter?: string | undefined;
  /** Only this group's members. */
  readonly group?: string | undefined;
  /** Users per request, 1 to 60. Default: 60. */
  readonly pageSize?: number | undefined;
}

/** Operations for an application's administrators. Errors are the SDK's own classes. */
export interface Administrators {
  /** The SDK's client, for every other operation. */
  readonly client: CognitoIdentityProviderClient;
  /** Checks that the groups exist before it creates the user. Throws {@link NewUserGroupError} if one does not. */
  createUser(user: NewUser): Promise<CreatedUser>;
  /**
   * Sends a new temporary password to a user who has not signed in yet. Without a channel, it first reads the user: by mail if there
   * is an address, otherwise by SMS. The pool refuses if there is neither.
   */
  resendInvitation(username: string, channel?: 'email' | 'sms'): Promise<void>;
  /** `undefined` if there is no such user. */
  getUser(username: string): Promise<PoolUser | undefined>;
  /** Iterates over users; fetches the next page when it is needed. */
  listUsers(options?: ListUsersOptions): AsyncIterableIterator<PoolUser>;
  updateAttributes(
    username: string,
    attributes: Readonly<Record<string, string | boolean | undefined>>,
  ): Promise<void>;
  /** Permanent unless `temporary` is set, which makes the user choose another one. */
  setPassword(username: string, password: string, how?: { temporary?: boolean }): Promise<void>;
  /** Sends the user a code for choosing a new password. */
  resetPassword(username: string): Promise<void>;
  enable(username: string): Promise<void>;
  disable(username: string): Promise<void>;
  deleteUser(username: string): Promise<void>;
  /** Ends all sessions of the user. */
  signOut(username: string): Promise<void>;
  addToGroup(username: string, group: string): Promise<void>;
  removeFromGroup(username: string, group: string): Promise<void>;
  /** The names of the user's groups. */
  groupsOf(username: string): Promise<readonly string[]>;
  /** The names of the pool's groups; fetches the next page when it is needed. */
  listGroups(): AsyncIterableIterator<string>;
}

const LARGEST_PAGE = 60;

/** Creates a client for the administrators of one pool. Throws `ConfigurationError` for an invalid pool id. */
export function administrators(options: AdministratorsOptions): Administrators {
  const { userPoolId, region = regionOf(userPoolId), endpoint, credentials } = options;
  const client = new CognitoIdentityProviderClient({
    ...options.clientConfig,
    region,
    ...(endpoint ? { endpoint } : {}),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const UserPoolId = userPoolId;
  const of = (Username: string) => ({ UserPoolId, Username });

  const addToGroup = async (username: string, GroupName: string): Promise<void> => {
    await client.send(new AdminAddUserToGroupCommand({ ...of(username), GroupName }));
  };

  const requireGroup = async (GroupName: string): Promise<void> => {
    try {
      await client.send(new GetGroupCommand({ UserPoolId, GroupName }));
    } catch (error) {
      const isMissing =
        error instanceof ResourceNotFoundException && error.message.startsWith('Group ');
      throw isMissing ? new NewUserGroupError(GroupName, undefined, { cause: error }) : error;
    }
  };

  const userNamed = async (username: string): Promise<PoolUser> =>
    poolUser(await client.send(new AdminGetUserCommand(of(username))));

  return {
    client,
    addToGroup,

    async createUser(user) {
      const { username, email, phoneNumber, verified = false } = user;
      for (const group of user.groups ?? []) await requireGroup(group);
      const isVerified = (value: string | undefined) =>
        verified && value !== undefined ? true : undefined;
      const attributes = {
        email,
        email_verified: isVerified(email),
        phone_number: phoneNumber,
        phone_number_verified: isVerified(phoneNumber),
        ...user.attributes,
      };
      const invitation = user.invitation ?? usualInvitation(username, attributes);
      const answer = await client.send(
        new AdminCreateUserCommand({
          ...of(username),
          UserAttributes: attributeList(attributes),
          ...(user.temporaryPassword === undefined
            ? {}
            : { TemporaryPassword: user.temporaryPassword }),
          ...(invitation === 'none'
            ? { MessageAction: 'SUPPRESS' }
            : { DesiredDeliveryMediums: mediumsOf(invitation) }),
        }),
      );
      const created = { ...poolUser(answer.User ?? {}), invitation };
      for (const group of user.groups ?? []) {
        await addToGroup(created.username, group).catch((cause: unknown) => {
          throw new NewUserGroupError(group, created, { cause });
        });
      }
      return created;
    },

    async resendInvitation(username, channel) {
      const way = channel ?? usualInvitation('', (await userNamed(username)).attributes);
      await client.send(
        new AdminCreateUserCommand({
          ...of(username),
          MessageAction: 'RESEND',
          DesiredDeliveryMediums: mediumsOf(way),
        }),
      );
    },

    async getUser(username) {
      try {
        return await userNamed(username);
      } catch (error) {
        if (error instanceof UserNotFoundException) return undefined;
        throw error;
      }
    },

    async *listUsers({ filter, group, pageSize = LARGEST_PAGE } = {}) {
      if (group !== undefined && filter !== undefined) {
        throw new TypeError('listUsers: the API filters all users or lists one group, not both.');
      }
      const paging = { client, pageSize };
      const pages =
        group === undefined
          ? paginateListUsers(paging, { UserPoolId, ...(filter && { Filter: filter }) })
          : paginateListUsersInGroup(paging, { UserPoolId, GroupName: group });
      for await (const page of pages) yield* (page.Users ?? []).map(poolUser);
    },

    async *listGroups() {
      const pages = paginateListGroups({ client, pageSize: LARGEST_PAGE }, { UserPoolId });
      for await (const page of pages) {
        yield* (page.Groups ?? []).flatMap(({ GroupName }) => GroupName ?? []);
      }
    },

    async updateAttributes(username, attributes) {
      await client.send(
        new AdminUpdateUserAttributesCommand({
          ...of(username),
          UserAttributes: attributeList(attributes),
        }),
      );
    },

    async setPassword(username, Password, { temporary = false } = {}) {
      await client.send(
        new AdminSetUserPasswordCommand({ ...of(username), Password, Permanent: !temporary }),
      );
    },

    async resetPassword(username) {
      await client.send(new AdminResetUserPasswordCommand(of(username)));
    },

    async enable(username) {
      await client.send(new AdminEnableUserCommand(of(username)));
    },

    async disable(username) {
      await client.send(new AdminDisableUserCommand(of(username)));
    },

    async deleteUser(username) {
      await client.send(new AdminDeleteUserCommand(of(username)));
    },

    async signOut(username) {
      await client.send(new AdminUserGlobalSignOutCommand(of(username)));
    },

    async removeFromGroup(username, GroupName) {
      await client.send(new AdminRemoveUserFromGroupCommand({ ...of(username), GroupName }));
    },

    async groupsOf(username) {
      const names: string[] = [];
      for await (const page of paginateAdminListGroupsForUser({ client }, of(username))) {
        for (const { GroupName } of page.Groups ?? []) if (GroupName) names.push(GroupName);
      }
      return names;
    },
  };
}
