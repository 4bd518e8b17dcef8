import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, attributesOf, signIn } from '../../testing/signed-in.ts';
import { openHouse } from '../../testing/house.ts';

test('a user deletes attributes that the client may write and the pool does not require', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool(
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
  await addUser(house, made, 'ada', all);
  const { AccessToken } = await signIn(house, made, 'ada');
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
    await house.refuses('DeleteUserAttributes', { AccessToken, UserAttributeNames }, code, text);
    assert.deepEqual(await attributesOf(house, made, 'ada'), all, name);
  }
  const UserAttributeNames = ['nickname', 'email'];
  const input = { AccessToken, UserAttributeNames };
  assert.deepEqual(await house.call('DeleteUserAttributes', input), {});
  assert.deepEqual(await attributesOf(house, made, 'ada'), {
    family_name: 'L',
    'custom:born': '1815',
    'custom:role': 'admin',
  });
});

test('a deleted user is gone with tokens and codes, and a namesake is somebody else (A23)', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool({ AutoVerifiedAttributes: ['email'] });
  const address = { email: 'ada@x.com', email_verified: 'true' };
  const sub = await addUser(house, made, 'ada', address);
  const tokens = await signIn(house, made, 'ada');
  const { AccessToken } = tokens;
  await house.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
  const Code = await house.code('ada@x.com');
  const { ClientId, UserPoolId } = made;
  house.advance(1);
  await house.call('ForgotPassword', { ClientId, Username: 'ada' });
  const ConfirmationCode = await house.code('ada@x.com');
  assert.deepEqual(await house.call('DeleteUser', { AccessToken }), {});
  await house.refuses('AdminGetUser', { UserPoolId, Username: 'ada' }, 'UserNotFoundException');
  await house.refuses('AdminGetUser', { UserPoolId, Username: sub }, 'UserNotFoundException');
  const again = await addUser(house, made, 'ada', address);
  assert.notEqual(again, sub);
  await house.refuses('GetUser', { AccessToken }, 'NotAuthorizedException');
  await house.refuses('DeleteUser', { AccessToken }, 'NotAuthorizedException');
  const refresh = {
    ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
  } as const;
  await house.refuses('InitiateAuth', refresh, 'NotAuthorizedException');
  const reset = { ClientId, Username: 'ada', ConfirmationCode, Password: 'Another-Horse-8' };
  await house.refuses('ConfirmForgotPassword', reset, 'ExpiredCodeException');
  const fresh = await signIn(house, made, 'ada');
  const verify = { AccessToken: fresh.AccessToken, AttributeName: 'email', Code };
  await house.refuses('VerifyUserAttribute', verify, 'ExpiredCodeException');
});
