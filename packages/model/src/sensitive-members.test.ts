import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsSensitive, isSensitive, sensitiveMembers } from './sensitive-members.ts';

test('secrets of every kind are in the list for redaction', () => {
  for (const member of [
    'Password',
    'PreviousPassword',
    'ProposedPassword',
    'TemporaryPassword',
    'AccessToken',
    'IdToken',
    'RefreshToken',
    'Token',
    'ClientSecret',
    'SecretHash',
    'SecretCode',
    'Session',
    'AuthParameters',
    'ChallengeResponses',
    'UserCode',
    'UserContextData',
    'LastIPAddress',
  ]) {
    assert.ok(sensitiveMembers.has(member), member);
  }
  assert.ok(!sensitiveMembers.has('UserPoolId'));
});

test('a member is sensitive in the structure that declares it so', () => {
  assert.ok(isSensitive('SignUpRequest', 'Password'));
  assert.ok(!isSensitive('SignUpRequest', 'ClientMetadata'));
  assert.ok(!isSensitive('SignUpRequest', 'constructor'));
  assert.ok(!isSensitive('NoSuchShape', 'Password'));
});

test('a shape holds what its members, items and values hold', () => {
  assert.ok(holdsSensitive('AttributeListType'));
  assert.ok(holdsSensitive('AdminCreateUserRequest'));
  assert.ok(!holdsSensitive('UserPoolTagsType'));
});
