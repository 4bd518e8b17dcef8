import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enumValues, isOperationName, operationNames, operations } from './operations.ts';

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
