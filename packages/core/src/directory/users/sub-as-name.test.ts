import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../failure.ts';
import { openHouse, type House } from '../../testing/house.ts';
import {
  addUser,
  attributes,
  goodPassword,
  signIn,
  type MadePool,
} from '../../testing/signed-in.ts';

const ignoringCase = { UsernameConfiguration: { CaseSensitive: false } };
const mailAlias = { AliasAttributes: ['email', 'phone_number', 'preferred_username'] as const };
const mutable = <T extends object>(settings: T) => structuredClone(settings) as never;

/** What a flow answers when it is asked under the name: the error, or everything but what is random. */
async function told(attempt: Promise<object>): Promise<unknown> {
  try {
    return Object.keys(await attempt).toSorted();
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.message}`;
    throw error;
  }
}

function flows(house: House, { UserPoolId, ClientId }: MadePool, name: string, password: string) {
  const AuthParameters = { USERNAME: name, PASSWORD: password };
  return [
    house.call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    house.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: name, SRP_A: 'abcdef' },
    }),
    house.call('AdminInitiateAuth', {
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters,
    }),
    house.call('AdminInitiateAuth', {
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_NO_SRP_AUTH',
      AuthParameters,
    }),
    house.call('ForgotPassword', { ClientId, Username: name }),
    house.call('ConfirmForgotPassword', {
      ClientId,
      Username: name,
      ConfirmationCode: '000000',
      Password: 'Another-horse-8',
    }),
    house.call('ConfirmSignUp', { ClientId, Username: name, ConfirmationCode: '000000' }),
    house.call('ResendConfirmationCode', { ClientId, Username: name }),
  ].map(told);
}

for (const PreventUserExistenceErrors of ['LEGACY', 'ENABLED'] as const) {
  test(`a sub that is no user name is nobody’s name to sign in with, ${PreventUserExistenceErrors} (F8)`, async (t) => {
    const house = await openHouse(t);
    for (const settings of [{}, ignoringCase, mailAlias]) {
      const made = await house.makePool(
        mutable({ AutoVerifiedAttributes: ['email'], ...settings }),
        { PreventUserExistenceErrors },
      );
      const id = await addUser(house, made, 'ada', {
        email: 'ada@example.com',
        email_verified: 'true',
      });
      const nobody = id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      const asKnown = await Promise.all(flows(house, made, id, goodPassword));
      const asUnknown = await Promise.all(flows(house, made, nobody, goodPassword));
      assert.deepEqual(asKnown, asUnknown);
      assert.equal((await house.messages()).length, 0);
      const named = { UserPoolId: made.UserPoolId, Username: id };
      assert.equal((await house.call('AdminGetUser', named)).Username, 'ada');
    }
  });
}

test('a sub is the user name where addresses are, and administrators name anybody by it', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool({ ...ignoringCase, UsernameAttributes: ['email'] });
  const id = await addUser(house, made, 'ada@example.com');
  await signIn(house, made, id);
  await signIn(house, made, id.toUpperCase());
  const plain = await house.makePool(ignoringCase);
  const Username = (await addUser(house, plain, 'ada')).toUpperCase();
  const named = { UserPoolId: plain.UserPoolId, Username };
  assert.equal((await house.call('AdminGetUser', named)).Username, 'ada');
  await house.call('CreateGroup', { UserPoolId: plain.UserPoolId, GroupName: 'g' });
  await house.call('AdminAddUserToGroup', { ...named, GroupName: 'g' });
  await house.call('AdminListGroupsForUser', named);
  await house.call('AdminRemoveUserFromGroup', { ...named, GroupName: 'g' });
  await house.call('AdminSetUserPassword', { ...named, Password: goodPassword, Permanent: true });
  await house.call('AdminUserGlobalSignOut', named);
  await house.call('AdminDisableUser', named);
  await house.call('AdminEnableUser', named);
  await house.call('AdminDeleteUserAttributes', { ...named, UserAttributeNames: ['name'] });
  await house.call('AdminUpdateUserAttributes', {
    ...named,
    UserAttributes: attributes({ name: 'Ada' }),
  });
  await house.call('AdminDeleteUser', named);
});
