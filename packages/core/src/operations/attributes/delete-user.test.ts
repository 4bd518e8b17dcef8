import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, attributesOf, signIn } from '../../testing/signed-in.ts';
import { openHarness } from '../../testing/harness.ts';

test('a user deletes attributes that the client may write and the pool does not require', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool(
    {
      Schema: [
        { Name: 'family_name', AttributeDataType: 'String', Required: true, Mutable: true },
        { Name: 'born', AttributeDataType: 'String', Mutable: false },
        { Name: 'role', AttributeDataType: 'String', Mutable: true },
      ],
    },
    { WriteAttributes: ['family_name', 'custom:born', 'email', 'nickname'] },
  );
  const all = {
    family_name: 'L',
    'custom:born': '1815',
    'custom:role': 'admin',
    nickname: 'Ada',
    email: 'ada@x.com',
    email_verified: 'true',
  };
  await addUser(harness, made, 'ada', all);
  const { AccessToken } = await signIn(harness, made, 'ada');
  const cases: readonly [string, string, string | RegExp][] = [
    [
      'family_name',
      'InvalidParameterException',
      'Invalid user attributes: family_name: Required attribute cannot be deleted.',
    ],
    ['custom:born', 'InvalidParameterException', /cannot be updated/],
    ['sub', 'InvalidParameterException', /sub/],
    ['email_verified', 'InvalidParameterException', /email_verified/],
    ['custom:role', 'NotAuthorizedException', /unauthorized attribute/],
  ];
  for (const [name, code, text] of cases) {
    const UserAttributeNames = ['nickname', name];
    await harness.refuses('DeleteUserAttributes', { AccessToken, UserAttributeNames }, code, text);
    assert.deepEqual(await attributesOf(harness, made, 'ada'), all, name);
  }
  const UserAttributeNames = ['nickname', 'email'];
  const input = { AccessToken, UserAttributeNames };
  assert.deepEqual(await harness.call('DeleteUserAttributes', input), {});
  assert.deepEqual(await attributesOf(harness, made, 'ada'), {
    family_name: 'L',
    'custom:born': '1815',
    'custom:role': 'admin',
  });
});

test('a deleted user is gone with tokens and codes, and a namesake is somebody else (A23)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
  const address = { email: 'ada@x.com', email_verified: 'true' };
  const sub = await addUser(harness, made, 'ada', address);
  const tokens = await signIn(harness, made, 'ada');
  const { AccessToken } = tokens;
  await harness.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
  const Code = await harness.code('ada@x.com');
  const { ClientId, UserPoolId } = made;
  harness.advance(1);
  await harness.call('ForgotPassword', { ClientId, Username: 'ada' });
  const ConfirmationCode = await harness.code('ada@x.com');
  assert.deepEqual(await harness.call('DeleteUser', { AccessToken }), {});
  await harness.refuses('AdminGetUser', { UserPoolId, Username: 'ada' }, 'UserNotFoundException');
  await harness.refuses('AdminGetUser', { UserPoolId, Username: sub }, 'UserNotFoundException');
  const again = await addUser(harness, made, 'ada', address);
  assert.notEqual(again, sub);
  await harness.refuses('GetUser', { AccessToken }, 'NotAuthorizedException');
  await harness.refuses('DeleteUser', { AccessToken }, 'NotAuthorizedException');
  const refresh = {
    ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
  } as const;
  await harness.refuses('InitiateAuth', refresh, 'NotAuthorizedException');
  const reset = { ClientId, Username: 'ada', ConfirmationCode, Password: 'Another-Horse-8' };
  await harness.refuses('ConfirmForgotPassword', reset, 'ExpiredCodeException');
  const fresh = await signIn(harness, made, 'ada');
  const verify = { AccessToken: fresh.AccessToken, AttributeName: 'email', Code };
  await harness.refuses('VerifyUserAttribute', verify, 'ExpiredCodeException');
});
