import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../failure.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, attributes, goodPassword, signIn, type MadePool } from '../testing/signed-in.ts';

const ignoringCase = { UsernameConfiguration: { CaseSensitive: false } };
const mailAlias = { AliasAttributes: ['email', 'phone_number', 'preferred_username'] as const };
const mutable = <T extends object>(settings: T) => structuredClone(settings) as never;

/** How a flow answers for a name: the error, or everything except random parts. */
async function told(attempt: Promise<object>): Promise<unknown> {
  try {
    return Object.keys(await attempt).toSorted();
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.message}`;
    throw error;
  }
}

function flows(
  harness: Harness,
  { UserPoolId, ClientId }: MadePool,
  name: string,
  password: string,
) {
  const AuthParameters = { USERNAME: name, PASSWORD: password };
  return [
    harness.call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: name, SRP_A: 'abcdef' },
    }),
    harness.call('AdminInitiateAuth', {
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters,
    }),
    harness.call('AdminInitiateAuth', {
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_NO_SRP_AUTH',
      AuthParameters,
    }),
    harness.call('ForgotPassword', { ClientId, Username: name }),
    harness.call('ConfirmForgotPassword', {
      ClientId,
      Username: name,
      ConfirmationCode: '000000',
      Password: 'Another-horse-8',
    }),
    harness.call('ConfirmSignUp', { ClientId, Username: name, ConfirmationCode: '000000' }),
    harness.call('ResendConfirmationCode', { ClientId, Username: name }),
  ].map(told);
}

for (const PreventUserExistenceErrors of ['LEGACY', 'ENABLED'] as const) {
  test(`a sub that is not a user name cannot be used to sign in, ${PreventUserExistenceErrors} (F8)`, async (t) => {
    const harness = await openHarness(t);
    for (const settings of [{}, ignoringCase, mailAlias]) {
      const made = await harness.makePool(
        mutable({ AutoVerifiedAttributes: ['email'], ...settings }),
        { PreventUserExistenceErrors },
      );
      const id = await addUser(harness, made, 'ada', {
        email: 'ada@example.com',
        email_verified: 'true',
      });
      const nobody = id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      const asKnown = await Promise.all(flows(harness, made, id, goodPassword));
      const asUnknown = await Promise.all(flows(harness, made, nobody, goodPassword));
      assert.deepEqual(asKnown, asUnknown);
      assert.equal((await harness.messages()).length, 0);
      const named = { UserPoolId: made.UserPoolId, Username: id };
      assert.equal((await harness.call('AdminGetUser', named)).Username, 'ada');
    }
  });
}

test('a sub is the user name if addresses are names, and administrators can name anybody by it', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ ...ignoringCase, UsernameAttributes: ['email'] });
  const id = await addUser(harness, made, 'ada@example.com');
  await signIn(harness, made, id);
  await signIn(harness, made, id.toUpperCase());
  const plain = await harness.makePool(ignoringCase);
  const Username = (await addUser(harness, plain, 'ada')).toUpperCase();
  const named = { UserPoolId: plain.UserPoolId, Username };
  assert.equal((await harness.call('AdminGetUser', named)).Username, 'ada');
  await harness.call('CreateGroup', { UserPoolId: plain.UserPoolId, GroupName: 'g' });
  await harness.call('AdminAddUserToGroup', { ...named, GroupName: 'g' });
  await harness.call('AdminListGroupsForUser', named);
  await harness.call('AdminRemoveUserFromGroup', { ...named, GroupName: 'g' });
  await harness.call('AdminSetUserPassword', { ...named, Password: goodPassword, Permanent: true });
  await harness.call('AdminUserGlobalSignOut', named);
  await harness.call('AdminDisableUser', named);
  await harness.call('AdminEnableUser', named);
  await harness.call('AdminDeleteUserAttributes', { ...named, UserAttributeNames: ['name'] });
  await harness.call('AdminUpdateUserAttributes', {
    ...named,
    UserAttributes: attributes({ name: 'Ada' }),
  });
  await harness.call('AdminDeleteUser', named);
});
