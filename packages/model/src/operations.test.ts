import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  enumValues,
  isOperationName,
  operationNames,
  operations,
  poolNamedBy,
} from './operations.ts';

// Declared by the SDK, not yet by the public API model that behaviour.md counts in. Source: features.md, introduction.
const newerThanPublicModel = new Set([
  'AdminDeleteSoftwareToken',
  'AdminListUserSessions',
  'AdminRevokeUserSession',
  'DescribeTermsByClient',
  'GetClientToken',
  'GetUserPoolSessionConfiguration',
  'SetUserPoolSessionConfiguration',
  'GetUserPoolClientSessionConfiguration',
  'SetUserPoolClientSessionConfiguration',
  'ListUserSessions',
  'RevokeUserSession',
]);
const publicModelNames = operationNames.filter((name) => !newerThanPublicModel.has(name));

function namesOf(authorisation: string): string {
  return publicModelNames
    .filter((name) => operations[name].authorisation === authorisation)
    .join(' ');
}

test('the API has 140 operations, of which the public model has 129', () => {
  assert.equal(operationNames.length, 140);
  assert.equal(publicModelNames.length, 129);
});

test('the 32 unsigned operations of behaviour.md 1.2 know their callers as it says', () => {
  assert.equal(
    namesOf('client'),
    'ConfirmForgotPassword ConfirmSignUp ForgotPassword GetTokensFromRefreshToken InitiateAuth ResendConfirmationCode ' +
      'RespondToAuthChallenge RevokeToken SignUp',
  );
  assert.equal(
    namesOf('accessToken'),
    'ChangePassword CompleteWebAuthnRegistration ConfirmDevice DeleteUser DeleteUserAttributes ' +
      'DeleteWebAuthnCredential ForgetDevice GetDevice GetUser GetUserAttributeVerificationCode GetUserAuthFactors ' +
      'GlobalSignOut ListDevices ListWebAuthnCredentials SetUserMFAPreference SetUserSettings ' +
      'StartWebAuthnRegistration UpdateDeviceStatus UpdateUserAttributes VerifyUserAttribute',
  );
  assert.equal(
    namesOf('session'),
    'AssociateSoftwareToken UpdateAuthEventFeedback VerifySoftwareToken',
  );
  assert.equal(namesOf('iam').split(' ').length, 97);
});

test('exactly the 13 operations of behaviour.md 1.3 have no output', () => {
  assert.equal(
    operationNames.filter((name) => operations[name].output === null).join(' '),
    'AdminAddUserToGroup AdminDeleteUser AdminForgetDevice AdminRemoveUserFromGroup DeleteGroup ' +
      'DeleteIdentityProvider DeleteManagedLoginBranding DeleteResourceServer DeleteTerms DeleteUser DeleteUserPool ' +
      'DeleteUserPoolClient ForgetDevice',
  );
});

test('every operation declares the errors that any operation can have', () => {
  for (const name of operationNames) {
    const { errors } = operations[name];
    assert.ok(
      errors.includes('InternalErrorException') || errors.includes('InternalServerException'),
      name,
    );
    assert.equal(new Set(errors).size, errors.length, name);
  }
  assert.ok(operations.SignUp.errors.includes('UsernameExistsException'));
  assert.ok(!operations.GetUser.errors.includes('AliasExistsException'));
});

test('who asks for tokens reads nothing and writes nothing', () => {
  const signIns = operationNames.filter((name) => operations[name].access === 'sign-in');
  assert.equal(
    signIns.join(' '),
    'AdminInitiateAuth AdminRespondToAuthChallenge GetClientToken GetTokensFromRefreshToken InitiateAuth RespondToAuthChallenge',
  );
});

test('reads are named like reads; one that is named so sends a message', () => {
  for (const name of operationNames) {
    const isNamedSo = /^(Admin)?(Get|List|Describe)/.test(name);
    const { access } = operations[name];
    if (access === 'read') assert.ok(isNamedSo, name);
    if (isNamedSo && access === 'write') assert.equal(name, 'GetUserAttributeVerificationCode');
  }
  assert.equal(operationNames.filter((name) => operations[name].access === 'read').length, 46);
});

test('of what administrators change, that of one user is called Admin', () => {
  for (const name of operationNames) {
    const { authorisation, access, namesUser } = operations[name];
    if (authorisation !== 'iam' || access !== 'write') continue;
    assert.equal(namesUser, name.startsWith('Admin'), name);
  }
});

test('an input names its pool by id, by ARN, or not at all', () => {
  const arn = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI';
  assert.equal(poolNamedBy('DescribeUserPool', { UserPoolId: 'a_1' }), 'a_1');
  assert.equal(poolNamedBy('TagResource', { ResourceArn: arn }), 'eu-west-1_AbCdEfGhI');
  assert.equal(poolNamedBy('TagResource', { ResourceArn: 'arn:aws:s3:::bucket' }), undefined);
  assert.equal(poolNamedBy('SignUp', { UserPoolId: 'a_1' }), undefined);
  assert.equal(poolNamedBy('DescribeUserPool', { UserPoolId: 7 }), undefined);
  const without = operationNames.filter((name) => {
    const { authorisation, poolMember } = operations[name];
    return authorisation === 'iam' && poolMember === null;
  });
  assert.equal(
    without.join(' '),
    'CreateUserPool DescribeUserPoolDomain GetClientToken GetProvisionedLimit ListUserPools UpdateProvisionedLimit',
  );
});

test('a share of the slow work is kept for people who sign in or have a password', () => {
  const names = operationNames.filter((name) => operations[name].isForAccounts);
  assert.equal(
    names.join(' '),
    'AdminInitiateAuth AdminRespondToAuthChallenge ChangePassword ConfirmForgotPassword InitiateAuth RespondToAuthChallenge',
  );
});

test('what leaves out the pools of others names none', () => {
  const names = operationNames.filter((name) => operations[name].leavesOutOtherPools);
  assert.equal(names.join(' '), 'ListUserPools');
  assert.equal(operations.ListUserPools.poolMember, null);
});

test('operations are known by their exact names only', () => {
  assert.ok(isOperationName('SignUp'));
  for (const name of ['signUp', 'SignUp ', '', '__proto__', 'constructor', 'toString']) {
    assert.ok(!isOperationName(name), name);
  }
});

test('enums answer their values in the order of the model', () => {
  assert.deepEqual(enumValues('VerifiedAttributeType'), ['phone_number', 'email']);
  assert.deepEqual(enumValues('UserPoolMfaType'), ['OFF', 'ON', 'OPTIONAL']);
});
