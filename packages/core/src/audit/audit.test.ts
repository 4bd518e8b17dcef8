import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationNames, type InputOf } from '@poolhouse/model';
import { Failure } from '../failure.ts';
import type { AuditEntry } from '../ports/stores/audit.ts';
import { poolId } from '../domain/ids.ts';
import { registry } from '../registry.ts';
import { openHouse, type House } from '../testing/house.ts';
import { isAudited } from './audited-operations.ts';
import { CHAIN_START, isAuthentic } from './entry.ts';
import { peopleKey, showEntry, type ShownEntry } from './people.ts';
import { chainKey, walkChain } from './walk-chain.ts';

async function trail(house: House): Promise<readonly AuditEntry[]> {
  return (await house.storage.stores.audit.list({}, 1000)).items;
}

/** The trail as administrators read it, newest first. */
async function shownTrail({ storage, world }: House): Promise<readonly ShownEntry[]> {
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
    'AdminAddUserToGroup',
    'AdminConfirmSignUp',
    'AdminCreateUser',
    'AdminDeleteUser',
    'AdminDeleteUserAttributes',
    'AdminDisableUser',
    'AdminEnableUser',
    'AdminRemoveUserFromGroup',
    'AdminResetUserPassword',
    'AdminSetUserPassword',
    'AdminUpdateUserAttributes',
    'AdminUserGlobalSignOut',
    'CreateGroup',
    'CreateUserPool',
    'CreateUserPoolClient',
    'DeleteGroup',
    'DeleteUserPool',
    'DeleteUserPoolClient',
    'TagResource',
    'UntagResource',
    'UpdateGroup',
    'UpdateUserPool',
    'UpdateUserPoolClient',
  ]);
});

test('who changed what, before and after, in one chain', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool({}, { GenerateSecret: true });
  const user = { UserPoolId, Username: 'mara' };
  const group = { UserPoolId, GroupName: 'readers' };
  const attribute = (Name: string, Value: string) => ({ Name, Value });
  await house.call('CreateGroup', { ...group, Precedence: 5 });
  await house.call('UpdateGroup', { ...group, Precedence: 7 });
  await house.call('AdminCreateUser', {
    ...user,
    TemporaryPassword: 'Canary-12345',
    UserAttributes: [attribute('email', 'mara@example.com')],
    MessageAction: 'SUPPRESS',
  });
  await house.call('AdminAddUserToGroup', { ...group, Username: 'mara' });
  await house.call('AdminUpdateUserAttributes', {
    ...user,
    UserAttributes: [attribute('name', 'Mara')],
  });
  await house.call('AdminSetUserPassword', { ...user, Password: 'Canary-67890', Permanent: true });
  await house.call('AdminDisableUser', user);
  await house.call('AdminUserGlobalSignOut', user);
  await house.call('AdminRemoveUserFromGroup', { ...group, Username: 'mara' });
  const whileThere = await shownTrail(house);
  await house.call('AdminDeleteUser', user);
  await house.call('DeleteGroup', group);
  await house.call('TagResource', {
    ResourceArn: `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${UserPoolId}`,
    Tags: { team: 'shop' },
  });
  await house.call('DeleteUserPoolClient', { UserPoolId, ClientId });
  await house.call('DeleteUserPool', { UserPoolId });
  const entries = (await trail(house)).toReversed();
  const find = (operation: string) => entries.filter((entry) => entry.operation === operation);

  const key = await chainKey(house.world.vault);
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
    (await walkChain(house.storage.stores.audit, key, { pageSize: 3 })).fault,
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
  // As administrators read it: what is stored of people is sealed as a whole.
  const all = JSON.stringify(whileThere);
  for (const secret of ['Canary', 'argon2', '$test$', 'sealed']) assert.ok(!all.includes(secret));
});

test('what is refused, read, or done by users leaves no entry', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool();
  const before = (await trail(house)).length;
  const refused: readonly (() => Promise<unknown>)[] = [
    () => house.call('AdminDeleteUser', { UserPoolId, Username: 'nobody' }),
    () => house.call('DeleteGroup', { UserPoolId, GroupName: 'none' }),
    () =>
      house.call('UpdateUserPoolClient', {
        UserPoolId,
        ClientId,
        AccessTokenValidity: 1,
        TokenValidityUnits: { AccessToken: 'seconds' },
      } satisfies InputOf<'UpdateUserPoolClient'>),
  ];
  for (const attempt of refused) await assert.rejects(attempt, Failure);
  await house.call('DescribeUserPool', { UserPoolId });
  await house.call('ListUsers', { UserPoolId });
  await house.call('SignUp', { ClientId, Username: 'ada', Password: 'Right-1234' });
  assert.equal((await trail(house)).length, before);
  assert.deepEqual(house.figures, ['sign-up']);
});

test('an entry that cannot be written undoes the change', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool();
  const { transaction } = house.storage;
  house.storage.transaction = ((work) =>
    transaction.call(house.storage, (stores) =>
      work({
        ...stores,
        audit: { ...stores.audit, append: () => Promise.reject(new Error('disk')) },
      }),
    )) as typeof transaction;
  await assert.rejects(house.call('CreateGroup', { UserPoolId, GroupName: 'lost' }), /disk/);
  house.storage.transaction = transaction;
  await house.refuses('GetGroup', { UserPoolId, GroupName: 'lost' }, 'ResourceNotFoundException');
});

test('what the audit says of people is sealed, and goes with them', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool();
  const email = [{ Name: 'email', Value: 'canary@example.com' }];
  const make = (Username: string) =>
    house.call('AdminCreateUser', {
      UserPoolId,
      Username,
      UserAttributes: email,
      MessageAction: 'SUPPRESS',
    });
  await make('canary-one');
  await make('canary-two');
  await house.call('CreateGroup', { UserPoolId, GroupName: 'readers' });
  for (const Username of ['canary-one', 'canary-two']) {
    await house.call('AdminAddUserToGroup', { UserPoolId, GroupName: 'readers', Username });
    await house.call('AdminUserGlobalSignOut', { UserPoolId, Username });
    await house.call('AdminDisableUser', { UserPoolId, Username });
  }
  assert.ok(!JSON.stringify(await trail(house)).includes('canary'), 'as it is stored');
  const before = await shownTrail(house);
  assert.equal(JSON.stringify(before).match(/"canary-one"/g)?.length, 6);
  await house.call('AdminDeleteUser', { UserPoolId, Username: 'canary-one' });

  const after = await shownTrail(house);
  assert.ok(!JSON.stringify(after).includes('canary-one'), 'of who is gone nothing can be read');
  assert.ok(JSON.stringify(after).includes('canary-two'), 'of the other all');
  const erased = after.flatMap(({ changes }) => changes).filter((change) => change.erased);
  assert.equal(erased.length, 5);
  const key = await chainKey(house.world.vault);
  const check = await walkChain(house.storage.stores.audit, key, { pageSize: 100 });
  assert.deepEqual([check.fault, check.count], [undefined, after.length]);

  // The same name again is another person.
  await make('canary-one');
  const again = (await shownTrail(house)).flatMap(({ changes }) => changes);
  assert.equal(again.filter((change) => change.erased).length, 5);
});

test('a user who deletes the own account takes along what administrators changed', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool();
  const { AccessToken, username: Username } = await signUpAndIn(house, UserPoolId, ClientId);
  await house.call('AdminUpdateUserAttributes', {
    UserPoolId,
    Username,
    UserAttributes: [{ Name: 'name', Value: 'Canary' }],
  });
  assert.ok(JSON.stringify(await shownTrail(house)).includes('Canary'));
  await house.call('DeleteUser', { AccessToken });
  assert.ok(!JSON.stringify(await shownTrail(house)).includes('Canary'));
});

async function signUpAndIn(house: House, UserPoolId: string, ClientId: string) {
  const username = 'ada';
  const Password = 'Right-1234';
  await house.call('SignUp', { ClientId, Username: username, Password });
  await house.call('AdminConfirmSignUp', { UserPoolId, Username: username });
  const { AuthenticationResult } = await house.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: Password },
  });
  return { AccessToken: AuthenticationResult?.AccessToken ?? '', username };
}
