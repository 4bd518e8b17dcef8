import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addUser,
  attributes,
  attributesOf,
  goodPassword,
  signIn,
} from '../../testing/signed-in.ts';
import { openHouse } from '../../testing/house.ts';

test('AdminConfirmSignUp confirms once, and proves no address', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool({ AutoVerifiedAttributes: ['email'] });
  const { UserPoolId, ClientId } = made;
  await house.call('SignUp', {
    ClientId,
    Username: 'ada',
    Password: goodPassword,
    UserAttributes: attributes({ email: 'ada@x.com' }),
  });
  const ConfirmationCode = await house.code('ada@x.com');
  const input = { UserPoolId, Username: 'ada' };
  assert.deepEqual(await house.call('AdminConfirmSignUp', input), {});
  const unproved = { email: 'ada@x.com', email_verified: 'false' };
  assert.deepEqual(await attributesOf(house, made, 'ada'), unproved);
  await signIn(house, made, 'ada');
  const text = 'User cannot be confirmed. Current status is CONFIRMED';
  await house.refuses('AdminConfirmSignUp', input, 'NotAuthorizedException', text);
  const typed = { ClientId, Username: 'ada', ConfirmationCode };
  await house.refuses('ConfirmSignUp', typed, 'NotAuthorizedException', text);
  assert.deepEqual(await attributesOf(house, made, 'ada'), unproved);
});

test('a disabled user is out until enabled, and old tokens stay dead (A24)', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool();
  const { UserPoolId, ClientId } = made;
  await addUser(house, made, 'ada', { email: 'ada@x.com', email_verified: 'true' });
  const { AccessToken, RefreshToken } = await signIn(house, made, 'ada');
  const user = { UserPoolId, Username: 'ada' };
  const refresh = {
    ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: RefreshToken },
  } as const;
  const dead = async () => {
    const refused = 'NotAuthorizedException';
    await house.refuses('GetUser', { AccessToken }, refused);
    await house.refuses('InitiateAuth', refresh, refused);
    await house.refuses('DeleteUser', { AccessToken }, refused);
    const UserAttributes = attributes({ nickname: 'x' });
    await house.refuses('UpdateUserAttributes', { AccessToken, UserAttributes }, refused);
  };
  for (let twice = 0; twice < 2; twice += 1) {
    assert.deepEqual(await house.call('AdminDisableUser', user), {});
    assert.equal((await house.call('AdminGetUser', user)).Enabled, false);
    await dead();
    const refused = { code: 'NotAuthorizedException', message: 'User is disabled.' };
    await assert.rejects(signIn(house, made, 'ada'), refused);
  }
  for (let twice = 0; twice < 2; twice += 1) {
    assert.deepEqual(await house.call('AdminEnableUser', user), {});
  }
  await dead();
  const fresh = await signIn(house, made, 'ada');
  await house.call('GetUser', { AccessToken: fresh.AccessToken });
});

test('AdminUserGlobalSignOut ends every session of this user alone', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool();
  const { UserPoolId } = made;
  await addUser(house, made, 'ada');
  await addUser(house, made, 'bob');
  const mine = [await signIn(house, made, 'ada'), await signIn(house, made, 'ada')];
  const bobs = await signIn(house, made, 'bob');
  const input = { UserPoolId, Username: 'ada' };
  assert.deepEqual(await house.call('AdminUserGlobalSignOut', input), {});
  for (const { AccessToken } of mine) {
    const text = 'Access Token has been revoked';
    await house.refuses('GetUser', { AccessToken }, 'NotAuthorizedException', text);
  }
  await house.call('GetUser', { AccessToken: bobs.AccessToken });
  await signIn(house, made, 'ada');
});

test('AdminDeleteUser removes the user and frees the names', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool({ AliasAttributes: ['email'] });
  const { UserPoolId } = made;
  const address = { email: 'ada@x.com', email_verified: 'true' };
  const sub = await addUser(house, made, 'ada', address);
  const { AccessToken } = await signIn(house, made, 'ada');
  const input = { UserPoolId, Username: 'ada@x.com' };
  assert.deepEqual(await house.call('AdminDeleteUser', input), {});
  for (const Username of ['ada', 'ada@x.com', sub]) {
    const gone = { UserPoolId, Username };
    await house.refuses('AdminDeleteUser', gone, 'UserNotFoundException', 'User does not exist.');
  }
  await addUser(house, made, 'bob', address);
  await house.refuses('GetUser', { AccessToken }, 'NotAuthorizedException');
});

test('every operation knows its own pool only', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool();
  const { UserPoolId } = await house.makePool();
  await addUser(house, made, 'ada', { email: 'ada@x.com', email_verified: 'true' });
  const before = await house.call('AdminGetUser', { ...made, Username: 'ada' });
  const operations = [
    ['AdminConfirmSignUp', {}],
    ['AdminDeleteUser', {}],
    ['AdminDeleteUserAttributes', { UserAttributeNames: ['email'] }],
    ['AdminDisableUser', {}],
    ['AdminEnableUser', {}],
    ['AdminGetUser', {}],
    ['AdminResetUserPassword', {}],
    ['AdminSetUserPassword', { Password: goodPassword }],
    ['AdminUpdateUserAttributes', { UserAttributes: attributes({ nickname: 'x' }) }],
    ['AdminUserGlobalSignOut', {}],
  ] as const;
  for (const [name, more] of operations) {
    const wrong = { UserPoolId, Username: 'ada', ...more } as never;
    await house.refuses(name, wrong, 'UserNotFoundException', 'User does not exist.');
    const gone = { UserPoolId: 'eu-west-1_NoSuchOne', Username: 'ada', ...more } as never;
    await house.refuses(name, gone, 'ResourceNotFoundException', /NoSuchOne/);
  }
  assert.deepEqual(await house.call('AdminGetUser', { ...made, Username: 'ada' }), before);
});
