import type { Area, OperationAccess, PoolMember } from '@poolhouse/model';

/* What the API's model does not say of an operation, and more than one part of the server has to know. */

/** The operations of each area, by the area's folder in core. One that is new to the SDK is added here by hand. */
const areas: Readonly<Record<Area, readonly string[]>> = {
  pools: [
    'AddCustomAttributes',
    'CreateUserPool',
    'DeleteUserPool',
    'DescribeUserPool',
    'ListUserPools',
    'UpdateUserPool',
  ],
  clients: [
    'AddUserPoolClientSecret',
    'CreateUserPoolClient',
    'DeleteUserPoolClient',
    'DeleteUserPoolClientSecret',
    'DescribeUserPoolClient',
    'ListUserPoolClientSecrets',
    'ListUserPoolClients',
    'UpdateUserPoolClient',
  ],
  users: [
    'AdminConfirmSignUp',
    'AdminCreateUser',
    'AdminDeleteUser',
    'AdminDeleteUserAttributes',
    'AdminDisableUser',
    'AdminEnableUser',
    'AdminGetUser',
    'AdminResetUserPassword',
    'AdminSetUserPassword',
    'AdminUpdateUserAttributes',
    'AdminUserGlobalSignOut',
    'ListUsers',
  ],
  'sign-up': [
    'ChangePassword',
    'ConfirmForgotPassword',
    'ConfirmSignUp',
    'ForgotPassword',
    'ResendConfirmationCode',
    'SignUp',
  ],
  'sign-in': [
    'AdminInitiateAuth',
    'AdminRespondToAuthChallenge',
    'GetClientToken',
    'GetTokensFromRefreshToken',
    'InitiateAuth',
    'RespondToAuthChallenge',
  ],
  attributes: [
    'DeleteUser',
    'DeleteUserAttributes',
    'GetUser',
    'GetUserAttributeVerificationCode',
    'UpdateUserAttributes',
    'VerifyUserAttribute',
  ],
  groups: [
    'AdminAddUserToGroup',
    'AdminListGroupsForUser',
    'AdminRemoveUserFromGroup',
    'CreateGroup',
    'DeleteGroup',
    'GetGroup',
    'ListGroups',
    'ListUsersInGroup',
    'UpdateGroup',
  ],
  mfa: [
    'AdminDeleteSoftwareToken',
    'AdminGetUserAuthFactors',
    'AdminSetUserMFAPreference',
    'AdminSetUserSettings',
    'AssociateSoftwareToken',
    'GetUserAuthFactors',
    'GetUserPoolMfaConfig',
    'SetUserMFAPreference',
    'SetUserPoolMfaConfig',
    'SetUserSettings',
    'VerifySoftwareToken',
  ],
  passkeys: [
    'CompleteWebAuthnRegistration',
    'DeleteWebAuthnCredential',
    'ListWebAuthnCredentials',
    'StartWebAuthnRegistration',
  ],
  devices: [
    'AdminForgetDevice',
    'AdminGetDevice',
    'AdminListDevices',
    'AdminUpdateDeviceStatus',
    'ConfirmDevice',
    'ForgetDevice',
    'GetDevice',
    'ListDevices',
    'UpdateDeviceStatus',
  ],
  sessions: [
    'AdminListUserSessions',
    'AdminRevokeUserSession',
    'GetUserPoolClientSessionConfiguration',
    'GetUserPoolSessionConfiguration',
    'GlobalSignOut',
    'ListUserSessions',
    'RevokeToken',
    'RevokeUserSession',
    'SetUserPoolClientSessionConfiguration',
    'SetUserPoolSessionConfiguration',
  ],
  providers: [
    'AdminDisableProviderForUser',
    'AdminLinkProviderForUser',
    'CreateIdentityProvider',
    'DeleteIdentityProvider',
    'DescribeIdentityProvider',
    'GetIdentityProviderByIdentifier',
    'GetSigningCertificate',
    'ListIdentityProviders',
    'UpdateIdentityProvider',
  ],
  'resource-servers': [
    'CreateResourceServer',
    'DeleteResourceServer',
    'DescribeResourceServer',
    'ListResourceServers',
    'UpdateResourceServer',
  ],
  domains: [
    'CreateUserPoolDomain',
    'DeleteUserPoolDomain',
    'DescribeUserPoolDomain',
    'UpdateUserPoolDomain',
  ],
  branding: [
    'CreateManagedLoginBranding',
    'CreateTerms',
    'DeleteManagedLoginBranding',
    'DeleteTerms',
    'DescribeManagedLoginBranding',
    'DescribeManagedLoginBrandingByClient',
    'DescribeTerms',
    'DescribeTermsByClient',
    'GetUICustomization',
    'ListTerms',
    'SetUICustomization',
    'UpdateManagedLoginBranding',
    'UpdateTerms',
  ],
  import: [
    'CreateUserImportJob',
    'DescribeUserImportJob',
    'GetCSVHeader',
    'ListUserImportJobs',
    'StartUserImportJob',
    'StopUserImportJob',
  ],
  protection: [
    'AdminListUserAuthEvents',
    'AdminUpdateAuthEventFeedback',
    'DescribeRiskConfiguration',
    'GetLogDeliveryConfiguration',
    'SetLogDeliveryConfiguration',
    'SetRiskConfiguration',
    'UpdateAuthEventFeedback',
  ],
  replicas: [
    'CreateUserPoolReplica',
    'DeleteUserPoolReplica',
    'ListUserPoolReplicas',
    'UpdateUserPoolReplica',
  ],
  tags: ['ListTagsForResource', 'TagResource', 'UntagResource'],
  limits: ['GetProvisionedLimit', 'UpdateProvisionedLimit'],
};

const areaByName = new Map(
  Object.entries(areas).flatMap(([area, names]) => names.map((name) => [name, area as Area])),
);

/** The area of an operation; `undefined` for one that stands in none yet. */
export function areaOf(operation: string): Area | undefined {
  return areaByName.get(operation);
}

/** Named like a read, but it sends a message. */
const writes = new Set(['GetUserAttributeVerificationCode']);

/** Whether an operation only looks, changes something, or gives tokens. */
export function accessOf(operation: string): OperationAccess {
  if (areaOf(operation) === 'sign-in') return 'sign-in';
  return /^(Admin)?(Get|List|Describe)/.test(operation) && !writes.has(operation)
    ? 'read'
    : 'write';
}

/** The member of the input that names the pool. */
export function poolMemberOf(inputMembers: readonly string[]): PoolMember | null {
  const member = (['UserPoolId', 'ResourceArn'] as const).find((one) => inputMembers.includes(one));
  return member ?? null;
}

/** What people with an account ask for to get in or to keep their password. */
const ofAccounts = new Set([
  'AdminInitiateAuth',
  'AdminRespondToAuthChallenge',
  'ChangePassword',
  'ConfirmForgotPassword',
  'InitiateAuth',
  'RespondToAuthChallenge',
]);

/** Whether people with an account ask for it, for whom a share of the slow work is kept. */
export function isForAccounts(operation: string): boolean {
  return ofAccounts.has(operation);
}

/** Name no pool, and answer only about those that their caller may use. */
const answeringByPool = new Set(['ListUserPools']);

/** Whether an operation that names no pool leaves out the pools that its caller may not use. */
export function leavesOutOtherPools(operation: string): boolean {
  return answeringByPool.has(operation);
}

/** Members by which an administrator names one user. */
const userMembers = ['Username', 'DestinationUser', 'User'];

/** Whether the input names one user. */
export function namesUser(inputMembers: readonly string[]): boolean {
  return userMembers.some((member) => inputMembers.includes(member));
}
