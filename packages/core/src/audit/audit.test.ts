import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationNames, type InputOf } from '@poolhouse/model';
import { Failure } from '../failure.ts';
import type { AuditEntry } from '../ports/stores/audit.ts';
import { registry } from '../registry.ts';
import { openHouse, type House } from '../testing/house.ts';
import { isAudited } from './audited-operations.ts';
import { CHAIN_START, isIntact } from './entry.ts';

async function trail(house: House): Promise<readonly AuditEntry[]> {
  return (await house.storage.stores.audit.list({}, 1000)).items;
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

  let previous = CHAIN_START;
  for (const [at, entry] of entries.entries()) {
    assert.equal(entry.number, at + 1);
    assert.ok(isIntact(entry, previous), `entry ${entry.number}`);
    assert.equal(entry.actor, 'local');
    assert.equal(entry.poolId, UserPoolId);
    previous = entry.hash;
  }
  const [one] = entries;
  assert(one);
  assert.equal(isIntact({ ...one, actor: 'somebody' }, CHAIN_START), false);
  assert.equal(isIntact({ ...one, changes: [] }, CHAIN_START), false);

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
  assert.deepEqual(find('AdminUpdateUserAttributes')[0]?.changes, [
    { record: 'user', name: 'mara', before: {}, after: { 'attribute.name': 'Mara' } },
  ]);
  assert.deepEqual(find('AdminAddUserToGroup')[0]?.changes, [
    { record: 'membership', name: 'mara', after: { group: 'readers' } },
  ]);
  const all = JSON.stringify(entries);
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
