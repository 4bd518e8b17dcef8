import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addUser,
  attributes,
  attributesOf,
  goodPassword,
  signIn,
} from '../../testing/signed-in.ts';
import { openHarness } from '../../testing/harness.ts';

test('AdminConfirmSignUp confirms once, and proves no address', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
  const { UserPoolId, ClientId } = made;
  await harness.call('SignUp', {
    ClientId,
    Username: 'ada',
    Password: goodPassword,
    UserAttributes: attributes({ email: 'ada@x.com' }),
  });
  const ConfirmationCode = await harness.code('ada@x.com');
  const input = { UserPoolId, Username: 'ada' };
  assert.deepEqual(await harness.call('AdminConfirmSignUp', input), {});
  const unproved = { email: 'ada@x.com', email_verified: 'false' };
  assert.deepEqual(await attributesOf(harness, made, 'ada'), unproved);
  await signIn(harness, made, 'ada');
  const text = 'User cannot be confirmed. Current status is CONFIRMED';
  await harness.refuses('AdminConfirmSignUp', input, 'NotAuthorizedException', text);
  const typed = { ClientId, Username: 'ada', ConfirmationCode };
  await harness.refuses('ConfirmSignUp', typed, 'NotAuthorizedException', text);
  assert.deepEqual(await attributesOf(harness, made, 'ada'), unproved);
});

test('a disabled user is out until enabled, and old tokens stay dead (A24)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ada', { email: 'ada@x.com', email_verified: 'true' });
  const { AccessToken, RefreshToken } = await signIn(harness, made, 'ada');
  const user = { UserPoolId, Username: 'ada' };
  const refresh = {
    ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: RefreshToken },
  } as const;
  const dead = async () => {
    const refused = 'NotAuthorizedException';
    await harness.refuses('GetUser', { AccessToken }, refused);
    await harness.refuses('InitiateAuth', refresh, refused);
    await harness.refuses('DeleteUser', { AccessToken }, refused);
    const UserAttributes = attributes({ nickname: 'x' });
    await harness.refuses('UpdateUserAttributes', { AccessToken, UserAttributes }, refused);
  };
  for (let twice = 0; twice < 2; twice += 1) {
    assert.deepEqual(await harness.call('AdminDisableUser', user), {});
    assert.equal((await harness.call('AdminGetUser', user)).Enabled, false);
    await dead();
    const refused = { code: 'NotAuthorizedException', message: 'User is disabled.' };
    await assert.rejects(signIn(harness, made, 'ada'), refused);
  }
  for (let twice = 0; twice < 2; twice += 1) {
    assert.deepEqual(await harness.call('AdminEnableUser', user), {});
  }
  await dead();
  const fresh = await signIn(harness, made, 'ada');
  await harness.call('GetUser', { AccessToken: fresh.AccessToken });
});

test('AdminUserGlobalSignOut ends every session of this user alone', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = made;
  await addUser(harness, made, 'ada');
  await addUser(harness, made, 'bob');
  const mine = [await signIn(harness, made, 'ada'), await signIn(harness, made, 'ada')];
  const bobs = await signIn(harness, made, 'bob');
  const input = { UserPoolId, Username: 'ada' };
  assert.deepEqual(await harness.call('AdminUserGlobalSignOut', input), {});
  for (const { AccessToken } of mine) {
    const text = 'Access Token has been revoked';
    await harness.refuses('GetUser', { AccessToken }, 'NotAuthorizedException', text);
  }
  await harness.call('GetUser', { AccessToken: bobs.AccessToken });
  await signIn(harness, made, 'ada');
});

test('AdminDeleteUser removes the user and frees the names', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AliasAttributes: ['email'] });
  const { UserPoolId } = made;
  const address = { email: 'ada@x.com', email_verified: 'true' };
  const sub = await addUser(harness, made, 'ada', address);
  const { AccessToken } = await signIn(harness, made, 'ada');
  const input = { UserPoolId, Username: 'ada@x.com' };
  assert.deepEqual(await harness.call('AdminDeleteUser', input), {});
  for (const Username of ['ada', 'ada@x.com', sub]) {
    const gone = { UserPoolId, Username };
    await harness.refuses('AdminDeleteUser', gone, 'UserNotFoundException', 'User does not exist.');
  }
  await addUser(harness, made, 'bob', address);
  await harness.refuses('GetUser', { AccessToken }, 'NotAuthorizedException');
});

test('every operation knows its own pool only', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = await harness.makePool();
  await addUser(harness, made, 'ada', { email: 'ada@x.com', email_verified: 'true' });
  const before = await harness.call('AdminGetUser', { ...made, Username: 'ada' });
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
    await harness.refuses(name, wrong, 'UserNotFoundException', 'User does not exist.');
    const gone = { UserPoolId: 'eu-west-1_NoSuchOne', Username: 'ada', ...more } as never;
    await harness.refuses(name, gone, 'ResourceNotFoundException', /NoSuchOne/);
  }
  assert.deepEqual(await harness.call('AdminGetUser', { ...made, Username: 'ada' }), before);
});
