import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationNames, type InputOf } from '@poolhouse/model';
import { Failure } from '../failure.ts';
import type { AuditEntry } from '../ports/stores/audit.ts';
import { poolId } from '../domain/ids.ts';
import { registry } from '../registry.ts';
import { confirmedDevice } from '../testing/devices.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, goodPassword, sessionOf, signIn } from '../testing/signed-in.ts';
import { isAudited } from './audited-operations.ts';
import { CHAIN_START, isAuthentic } from './entry.ts';
import { peopleKey, showEntry, type ShownEntry } from './people.ts';
import { chainKey, walkChain } from './walk-chain.ts';

async function trail(harness: Harness): Promise<readonly AuditEntry[]> {
  return (await harness.storage.stores.audit.list({}, 1000)).items;
}

/** The trail as administrators read it, newest first. */
async function shownTrail({ storage, world }: Harness): Promise<readonly ShownEntry[]> {
  const { audit, pools, users } = storage.stores;
  const { items } = await audit.list({}, 1000);
  return Promise.all(
    items.map((entry) =>
      showEntry(
        entry,
        async (id) => (await pools.get(poolId(id))) && peopleKey(await world.vault.of(id)),
        (id, sub) => users.bySub({ poolId: poolId(id), sub }),
      ),
    ),
  );
}

test('every signed operation that changes something is audited, and no other', () => {
  const audited = operationNames.filter((name) => registry.has(name) && isAudited(name));
  assert.deepEqual(audited, [
    'AddCustomAttributes',
    'AddUserPoolClientSecret',
    'AdminAddUserToGroup',
    'AdminConfirmSignUp',
    'AdminCreateUser',
    'AdminDeleteSoftwareToken',
    'AdminDeleteUser',
    'AdminDeleteUserAttributes',
    'AdminDisableProviderForUser',
    'AdminDisableUser',
    'AdminEnableUser',
    'AdminForgetDevice',
    'AdminLinkProviderForUser',
    'AdminRemoveUserFromGroup',
    'AdminResetUserPassword',
    'AdminRevokeUserSession',
    'AdminSetUserMFAPreference',
    'AdminSetUserPassword',
    'AdminSetUserSettings',
    'AdminUpdateAuthEventFeedback',
    'AdminUpdateDeviceStatus',
    'AdminUpdateUserAttributes',
    'AdminUserGlobalSignOut',
    'CreateGroup',
    'CreateIdentityProvider',
    'CreateResourceServer',
    'CreateUserImportJob',
    'CreateUserPool',
    'CreateUserPoolClient',
    'DeleteGroup',
    'DeleteIdentityProvider',
    'DeleteResourceServer',
    'DeleteUserPool',
    'DeleteUserPoolClient',
    'DeleteUserPoolClientSecret',
    'SetLogDeliveryConfiguration',
    'SetRiskConfiguration',
    'SetUserPoolClientSessionConfiguration',
    'SetUserPoolMfaConfig',
    'SetUserPoolSessionConfiguration',
    'StartUserImportJob',
    'StopUserImportJob',
    'TagResource',
    'UntagResource',
    'UpdateGroup',
    'UpdateIdentityProvider',
    'UpdateResourceServer',
    'UpdateUserPool',
    'UpdateUserPoolClient',
  ]);
});

test('who changed what, before and after, in one chain', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({}, { GenerateSecret: true });
  const user = { UserPoolId, Username: 'mara' };
  const group = { UserPoolId, GroupName: 'readers' };
  const attribute = (Name: string, Value: string) => ({ Name, Value });
  await harness.call('CreateGroup', { ...group, Precedence: 5 });
  await harness.call('UpdateGroup', { ...group, Precedence: 7 });
  await harness.call('AdminCreateUser', {
    ...user,
    TemporaryPassword: 'Canary-12345',
    UserAttributes: [attribute('email', 'mara@example.com')],
    MessageAction: 'SUPPRESS',
  });
  await harness.call('AdminAddUserToGroup', { ...group, Username: 'mara' });
  await harness.call('AdminUpdateUserAttributes', {
    ...user,
    UserAttributes: [attribute('name', 'Mara')],
  });
  await harness.call('AdminSetUserPassword', {
    ...user,
    Password: 'Canary-67890',
    Permanent: true,
  });
  await harness.call('AdminDisableUser', user);
  await harness.call('AdminUserGlobalSignOut', user);
  await harness.call('AdminRemoveUserFromGroup', { ...group, Username: 'mara' });
  const whileThere = await shownTrail(harness);
  await harness.call('AdminDeleteUser', user);
  await harness.call('DeleteGroup', group);
  await harness.call('TagResource', {
    ResourceArn: `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${UserPoolId}`,
    Tags: { team: 'shop' },
  });
  await harness.call('DeleteUserPoolClient', { UserPoolId, ClientId });
  await harness.call('DeleteUserPool', { UserPoolId });
  const entries = (await trail(harness)).toReversed();
  const find = (operation: string) => entries.filter((entry) => entry.operation === operation);

  const key = await chainKey(harness.world.vault);
  let previous = CHAIN_START;
  for (const [at, entry] of entries.entries()) {
    assert.equal(entry.number, at + 1);
    assert.equal(entry.previousHash, previous);
    assert.ok(isAuthentic(key, entry), `entry ${entry.number}`);
    assert.equal(entry.actor, 'local');
    assert.equal(entry.poolId, UserPoolId);
    previous = entry.hash;
  }
  const [one] = entries;
  assert(one);
  assert.equal(isAuthentic(key, { ...one, actor: 'somebody' }), false);
  assert.equal(isAuthentic(key, { ...one, changes: [] }), false);
  assert.equal(
    (await walkChain(harness.storage.stores.audit, key, { pageSize: 3 })).fault,
    undefined,
  );

  const operations = entries.map(({ operation }) => operation);
  assert.deepEqual(
    new Set(operations),
    new Set(
      'CreateUserPool CreateUserPoolClient CreateGroup UpdateGroup AdminCreateUser AdminAddUserToGroup AdminUpdateUserAttributes AdminSetUserPassword AdminDisableUser AdminUserGlobalSignOut AdminRemoveUserFromGroup AdminDeleteUser DeleteGroup TagResource DeleteUserPoolClient DeleteUserPool'.split(
        ' ',
      ),
    ),
  );
  assert.deepEqual(find('UpdateGroup')[0]?.changes, [
    { record: 'group', name: 'readers', before: { precedence: 5 }, after: { precedence: 7 } },
  ]);
  const shown = (operation: string) =>
    whileThere.find((entry) => entry.operation === operation)?.changes;
  assert.deepEqual(shown('AdminUpdateUserAttributes'), [
    { record: 'user', name: 'mara', before: {}, after: { 'attribute.name': 'Mara' } },
  ]);
  assert.deepEqual(shown('AdminAddUserToGroup'), [
    { record: 'membership', name: 'mara', after: { group: 'readers' } },
  ]);
  // As administrators read it: what is stored about people is sealed as a whole.
  const all = JSON.stringify(whileThere);
  for (const secret of ['Canary', 'argon2', '$test$', 'sealed']) assert.ok(!all.includes(secret));
});

test('an administrator who ends one session of a user is noted, a user who does so is not', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const user = { UserPoolId: made.UserPoolId, Username: 'mara' };
  await harness.call('SetUserPoolSessionConfiguration', {
    UserPoolId: made.UserPoolId,
    UserSessionTracking: 'ENABLED',
    TokenSession: { MaxPerUser: 5 },
  });
  await addUser(harness, made, 'mara');
  const [one, two, { AccessToken }] = [
    await signIn(harness, made, 'mara'),
    await signIn(harness, made, 'mara'),
    await signIn(harness, made, 'mara'),
  ];
  const idOf = async (token: string) => {
    const { Sessions = [] } = await harness.call('ListUserSessions', { AccessToken: token });
    return Sessions.find(({ IsCurrentSession }) => IsCurrentSession)?.SessionId ?? '';
  };
  const before = (await trail(harness)).length;
  await harness.call('RevokeUserSession', { AccessToken, SessionId: await idOf(one.AccessToken) });
  assert.equal((await trail(harness)).length, before);
  const { id } = await sessionOf(harness, two.RefreshToken);
  const SessionId = await idOf(two.AccessToken);
  await harness.call('AdminRevokeUserSession', { ...user, SessionId });
  const [entry, ...others] = await shownTrail(harness);
  assert.equal(others.length, before);
  assert.equal(entry?.operation, 'AdminRevokeUserSession');
  assert.deepEqual(entry.changes, [{ record: 'sign-ins', name: 'mara', after: { revoked: id } }]);
});

test('an entry says which device was forgotten or remembered, and users’ own doing leaves none', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ DeviceConfiguration: {} });
  await addUser(harness, made, 'mara');
  const { UserPoolId } = made;
  const mara = { ...made, username: 'mara', password: goodPassword };
  const { key: DeviceKey, tokens } = await confirmedDevice(harness, mara);
  const { AccessToken = '' } = tokens;
  const before = (await trail(harness)).length;
  const status = { DeviceKey, DeviceRememberedStatus: 'not_remembered' } as const;
  await harness.call('UpdateDeviceStatus', { AccessToken, ...status });
  assert.equal((await trail(harness)).length, before);
  const user = { UserPoolId, Username: 'mara' };
  await harness.call('AdminUpdateDeviceStatus', { ...user, ...status });
  await harness.call('AdminForgetDevice', { ...user, DeviceKey });
  const [forgotten, changed] = await shownTrail(harness);
  const device = { record: 'device', name: 'mara' } as const;
  assert.deepEqual(changed?.changes, [{ ...device, after: { key: DeviceKey, remembered: false } }]);
  assert.deepEqual(forgotten?.changes, [{ ...device, before: { key: DeviceKey } }]);
});

test('refusals, reads and users’ own actions leave no entry', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const before = (await trail(harness)).length;
  const refused: readonly (() => Promise<unknown>)[] = [
    () => harness.call('AdminDeleteUser', { UserPoolId, Username: 'nobody' }),
    () => harness.call('DeleteGroup', { UserPoolId, GroupName: 'none' }),
    () =>
      harness.call('UpdateUserPoolClient', {
        UserPoolId,
        ClientId,
        AccessTokenValidity: 1,
        TokenValidityUnits: { AccessToken: 'seconds' },
      } satisfies InputOf<'UpdateUserPoolClient'>),
  ];
  for (const attempt of refused) await assert.rejects(attempt, Failure);
  await harness.call('DescribeUserPool', { UserPoolId });
  await harness.call('ListUsers', { UserPoolId });
  await harness.call('SignUp', { ClientId, Username: 'ada', Password: 'Right-1234' });
  assert.equal((await trail(harness)).length, before);
  assert.deepEqual(harness.metrics, ['sign-up']);
});

test('an entry that cannot be written undoes the change', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const { transaction } = harness.storage;
  harness.storage.transaction = ((work) =>
    transaction.call(harness.storage, (stores) =>
      work({
        ...stores,
        audit: { ...stores.audit, append: () => Promise.reject(new Error('disk')) },
      }),
    )) as typeof transaction;
  await assert.rejects(harness.call('CreateGroup', { UserPoolId, GroupName: 'lost' }), /disk/);
  harness.storage.transaction = transaction;
  await harness.refuses('GetGroup', { UserPoolId, GroupName: 'lost' }, 'ResourceNotFoundException');
});

test('what the audit says about people is sealed, and is erased with them', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const email = [{ Name: 'email', Value: 'canary@example.com' }];
  const make = (Username: string) =>
    harness.call('AdminCreateUser', {
      UserPoolId,
      Username,
      UserAttributes: email,
      MessageAction: 'SUPPRESS',
    });
  await make('canary-one');
  await make('canary-two');
  await harness.call('CreateGroup', { UserPoolId, GroupName: 'readers' });
  for (const Username of ['canary-one', 'canary-two']) {
    await harness.call('AdminAddUserToGroup', { UserPoolId, GroupName: 'readers', Username });
    await harness.call('AdminUserGlobalSignOut', { UserPoolId, Username });
    await harness.call('AdminDisableUser', { UserPoolId, Username });
  }
  assert.ok(!JSON.stringify(await trail(harness)).includes('canary'), 'as it is stored');
  const before = await shownTrail(harness);
  assert.equal(JSON.stringify(before).match(/"canary-one"/g)?.length, 6);
  await harness.call('AdminDeleteUser', { UserPoolId, Username: 'canary-one' });

  const after = await shownTrail(harness);
  assert.ok(!JSON.stringify(after).includes('canary-one'), 'of who is gone nothing can be read');
  assert.ok(JSON.stringify(after).includes('canary-two'), 'of the other all');
  const erased = after.flatMap(({ changes }) => changes).filter((change) => change.erased);
  assert.equal(erased.length, 5);
  const key = await chainKey(harness.world.vault);
  const check = await walkChain(harness.storage.stores.audit, key, { pageSize: 100 });
  assert.deepEqual([check.fault, check.count], [undefined, after.length]);

  // A new user with the same name is another person.
  await make('canary-one');
  const again = (await shownTrail(harness)).flatMap(({ changes }) => changes);
  assert.equal(again.filter((change) => change.erased).length, 5);
});

test('deleting one’s own account also erases what administrators changed', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const { AccessToken, username: Username } = await signUpAndIn(harness, UserPoolId, ClientId);
  await harness.call('AdminUpdateUserAttributes', {
    UserPoolId,
    Username,
    UserAttributes: [{ Name: 'name', Value: 'Canary' }],
  });
  assert.ok(JSON.stringify(await shownTrail(harness)).includes('Canary'));
  await harness.call('DeleteUser', { AccessToken });
  assert.ok(!JSON.stringify(await shownTrail(harness)).includes('Canary'));
});

async function signUpAndIn(harness: Harness, UserPoolId: string, ClientId: string) {
  const username = 'ada';
  const Password = 'Right-1234';
  await harness.call('SignUp', { ClientId, Username: username, Password });
  await harness.call('AdminConfirmSignUp', { UserPoolId, Username: username });
  const { AuthenticationResult } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: Password },
  });
  return { AccessToken: AuthenticationResult?.AccessToken ?? '', username };
}
