import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '../../domain/ids.ts';
import { finishJobs } from '../../testing/finish-jobs.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { addUser, signIn } from '../../testing/signed-in.ts';

const notFound = ['ResourceNotFoundException', 'Group not found.'] as const;
const noPool = ['ResourceNotFoundException', 'User pool eu-west-1_none does not exist.'] as const;

async function harnessWithUsers(
  t: Parameters<typeof openHarness>[0],
  ...names: string[]
): Promise<{ harness: Harness; UserPoolId: string }> {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  for (const Username of names) {
    await harness.call('AdminCreateUser', { UserPoolId, Username, MessageAction: 'SUPPRESS' });
  }
  return { harness, UserPoolId };
}

test('a group is made, shown, changed in what is named, and deleted', async (t) => {
  const { harness, UserPoolId } = await harnessWithUsers(t);
  const place = { UserPoolId, GroupName: 'admins' };
  const times = { CreationDate: 1795424400, LastModifiedDate: 1795424400 };
  const made = await harness.call('CreateGroup', { ...place, Precedence: 0 });
  assert.deepEqual(made, { Group: { ...place, Precedence: 0, ...times } });
  assert.deepEqual(await harness.call('GetGroup', place), made);
  await harness.refuses(
    'CreateGroup',
    { ...place, Description: 'x' },
    'GroupExistsException',
    'A group with the name already exists',
  );
  harness.advance(1000);
  const RoleArn = 'arn:aws:iam::000000000000:role/admin';
  const changed = await harness.call('UpdateGroup', { ...place, Description: 'All', RoleArn });
  assert.deepEqual(changed, {
    Group: {
      ...place,
      Precedence: 0,
      Description: 'All',
      RoleArn,
      CreationDate: 1795424400,
      LastModifiedDate: 1795424401,
    },
  });
  assert.deepEqual(await harness.call('DeleteGroup', place), {});
  for (const name of ['GetGroup', 'UpdateGroup', 'DeleteGroup', 'ListUsersInGroup'] as const) {
    await harness.refuses(name, place, ...notFound);
    await harness.refuses(name, { ...place, UserPoolId: 'eu-west-1_none' }, ...noPool);
  }
});

test('groups of one pool are unknown in another', async (t) => {
  const { harness, UserPoolId } = await harnessWithUsers(t);
  const other = await harness.makePool();
  await harness.call('CreateGroup', { UserPoolId, GroupName: 'g' });
  await harness.refuses('GetGroup', { UserPoolId: other.UserPoolId, GroupName: 'g' }, ...notFound);
  await harness.call('CreateGroup', { UserPoolId: other.UserPoolId, GroupName: 'g' });
  assert.equal((await harness.call('ListGroups', { UserPoolId })).Groups?.length, 1);
});

test('users join and leave groups, both as often as one likes', async (t) => {
  const { harness, UserPoolId } = await harnessWithUsers(t, 'ann', 'bob');
  await harness.call('CreateGroup', { UserPoolId, GroupName: 'g' });
  const ann = { UserPoolId, Username: 'ann', GroupName: 'g' };
  const members = async () =>
    (await harness.call('ListUsersInGroup', { UserPoolId, GroupName: 'g' })).Users;
  assert.deepEqual(await harness.call('AdminRemoveUserFromGroup', ann), {});
  assert.deepEqual(await members(), []);
  assert.deepEqual(await harness.call('AdminAddUserToGroup', ann), {});
  assert.deepEqual(await harness.call('AdminAddUserToGroup', ann), {});
  const [member, ...others] = (await members()) ?? [];
  assert.deepEqual(others, []);
  const { Users } = await harness.call('ListUsers', { UserPoolId, Filter: 'username = "ann"' });
  assert.deepEqual(member, Users?.[0]);
  assert.doesNotMatch(JSON.stringify(member), /sealed|lastFailed|names/);
  const groups = await harness.call('AdminListGroupsForUser', { UserPoolId, Username: 'ann' });
  assert.deepEqual(
    groups.Groups?.map(({ GroupName }) => GroupName),
    ['g'],
  );
  assert.deepEqual(await harness.call('AdminListGroupsForUser', { UserPoolId, Username: 'bob' }), {
    Groups: [],
  });
  await harness.call('AdminRemoveUserFromGroup', ann);
  assert.deepEqual(await members(), []);

  for (const name of ['AdminAddUserToGroup', 'AdminRemoveUserFromGroup'] as const) {
    await harness.refuses(
      name,
      { ...ann, Username: 'nobody' },
      'UserNotFoundException',
      'User does not exist.',
    );
    await harness.refuses(name, { ...ann, GroupName: 'none' }, ...notFound);
    await harness.refuses(name, { ...ann, UserPoolId: 'eu-west-1_none' }, ...noPool);
  }
  await harness.refuses(
    'AdminListGroupsForUser',
    { UserPoolId, Username: 'nobody' },
    'UserNotFoundException',
  );
});

test('lists go on where they stopped, and their tokens fit no other list', async (t) => {
  const { harness, UserPoolId } = await harnessWithUsers(t, 'ann', 'bob', 'cyd');
  for (const GroupName of ['c', 'a', 'b']) {
    await harness.call('CreateGroup', { UserPoolId, GroupName });
    for (const Username of ['ann', 'bob', 'cyd']) {
      await harness.call('AdminAddUserToGroup', { UserPoolId, GroupName, Username });
    }
  }
  const read = async (
    list: (NextToken?: string) => Promise<{ items: string[]; next?: string }>,
  ) => {
    const first = await list();
    assert.equal(first.items.length, 2);
    const last = await list(first.next);
    assert.equal(last.next, undefined);
    return { items: [...first.items, ...last.items], token: first.next ?? '' };
  };
  const groups = await read(async (NextToken) => {
    const page = await harness.call('ListGroups', { UserPoolId, Limit: 2, NextToken });
    return { items: page.Groups!.map((group) => group.GroupName!), next: page.NextToken };
  });
  const ofAnn = await read(async (NextToken) => {
    const input = { UserPoolId, Username: 'ann', Limit: 2, NextToken };
    const page = await harness.call('AdminListGroupsForUser', input);
    return { items: page.Groups!.map((group) => group.GroupName!), next: page.NextToken };
  });
  const users = await read(async (NextToken) => {
    const input = { UserPoolId, GroupName: 'a', Limit: 2, NextToken };
    const page = await harness.call('ListUsersInGroup', input);
    return { items: page.Users!.map((user) => user.Username!), next: page.NextToken };
  });
  assert.deepEqual(groups.items, ['a', 'b', 'c']);
  assert.deepEqual(ofAnn.items, ['a', 'b', 'c']);
  assert.deepEqual(users.items.sort(), ['ann', 'bob', 'cyd']);
  const refused = ['InvalidParameterException', 'Invalid pagination token'] as const;
  const other = await harness.makePool();
  await harness.refuses('ListGroups', { UserPoolId, NextToken: users.token }, ...refused);
  await harness.refuses(
    'ListGroups',
    { UserPoolId: other.UserPoolId, NextToken: groups.token },
    ...refused,
  );
  await harness.refuses(
    'ListUsersInGroup',
    { UserPoolId, GroupName: 'b', NextToken: users.token },
    ...refused,
  );
  await harness.refuses(
    'AdminListGroupsForUser',
    { UserPoolId, Username: 'bob', NextToken: ofAnn.token },
    ...refused,
  );
  assert.equal((await harness.call('ListGroups', { UserPoolId, Limit: 0 })).Groups?.length, 3);
});

test('a pool has at most 10,000 groups, a user at most 100 of them', async (t) => {
  const { harness, UserPoolId } = await harnessWithUsers(t, 'ann');
  const id = poolId(UserPoolId);
  const ann = await harness.storage.stores.users.byName(id, 'ann');
  assert(ann);
  const group = { poolId: id, createdAtMs: 0, modifiedAtMs: 0 };
  await harness.storage.transaction(async ({ groups }) => {
    for (let at = 0; at < 10_000; at += 1)
      await groups.createIfAbsent({ ...group, name: `g${at}` });
    for (let at = 0; at < 99; at += 1) await groups.addMember(ann, `g${at}`, 0);
  });
  await harness.refuses(
    'CreateGroup',
    { UserPoolId, GroupName: 'more' },
    'LimitExceededException',
    'User pools have at most 10000 groups.',
  );
  const joins = ['g100', 'g101', 'g102', 'g103'].map((GroupName) =>
    harness.call('AdminAddUserToGroup', { UserPoolId, Username: 'ann', GroupName }),
  );
  const outcomes = await Promise.allSettled(joins);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  const again = { UserPoolId, Username: 'ann', GroupName: 'g1' };
  assert.deepEqual(await harness.call('AdminAddUserToGroup', again), {});
});

test('a large group that is deleted is in no token any more, nor is one that is made under its name', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = made;
  const group = { UserPoolId, GroupName: 'all' };
  await harness.call('CreateGroup', group);
  const Username = 'ann';
  await addUser(harness, made, Username);
  await harness.call('AdminAddUserToGroup', { ...group, Username });
  for (let number = 0; number < 100; number += 1) {
    const user = { UserPoolId, Username: `user-${number}` };
    await harness.call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
    await harness.call('AdminAddUserToGroup', { ...group, Username: user.Username });
  }
  const groupsOf = async () => {
    const { IdToken } = await signIn(harness, made, Username);
    const claims = Buffer.from(IdToken.split('.')[1] ?? '', 'base64url').toString();
    return (JSON.parse(claims) as { readonly 'cognito:groups'?: unknown })['cognito:groups'];
  };
  assert.deepEqual(await groupsOf(), ['all']);
  await harness.call('DeleteGroup', group);
  assert.equal(await groupsOf(), undefined);
  await harness.refuses('GetGroup', group, 'ResourceNotFoundException');
  await harness.call('CreateGroup', group);
  assert.equal(await groupsOf(), undefined);
  assert.deepEqual((await harness.call('ListUsersInGroup', group)).Users, []);
  await finishJobs(harness);
  assert.equal(await groupsOf(), undefined);
  await harness.call('AdminAddUserToGroup', { ...group, Username });
  assert.deepEqual(await groupsOf(), ['all']);
});
