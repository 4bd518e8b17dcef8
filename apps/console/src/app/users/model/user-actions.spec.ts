import { TestBed } from '@angular/core/testing';
import type { OperationName } from '@poolhouse/model';
import { Requests } from '../../api/request';
import { FakeServer } from '../../../testing/fake-server';
import { operationOf, UserActions, type UserAction } from './user-actions';
import { UserLists } from './user-lists';

const pool = 'local_shop00001';
const key = { UserPoolId: pool, Username: 'ann' };

function setUp(server = new FakeServer()) {
  TestBed.configureTestingModule({ providers: [{ provide: Requests, useValue: server }] });
  return { server, actions: TestBed.inject(UserActions), lists: TestBed.inject(UserLists) };
}

describe('what is done with a user', () => {
  const simple: readonly UserAction[] = [
    'enable',
    'disable',
    'confirm',
    'reset',
    'sign-out',
    'delete',
  ];

  it.each(simple)('%s is its operation, of that user alone', async (action) => {
    const { server, actions } = setUp();
    const operation: OperationName = operationOf[action];
    server.at(operation, () => ({}));
    await actions.run(action, pool, 'ann');
    expect(server.inputs(operation as string)).toEqual([key]);
  });

  it('a group is joined by its name, and left', async () => {
    const { server, actions } = setUp();
    server.on('AdminAddUserToGroup', {}).on('AdminRemoveUserFromGroup', {});
    await actions.run('add-to-group', pool, 'ann', 'staff');
    await actions.removeFromGroup(pool, 'ann', 'staff');
    expect(server.inputs('AdminAddUserToGroup')).toEqual([{ ...key, GroupName: 'staff' }]);
    expect(server.inputs('AdminRemoveUserFromGroup')).toEqual([{ ...key, GroupName: 'staff' }]);
  });

  it('an invitation is sent again by every way that there is', async () => {
    const { server, actions } = setUp();
    server
      .on('AdminGetUser', {
        Username: 'ann',
        UserAttributes: [
          { Name: 'email', Value: 'ann@example.com' },
          { Name: 'phone_number', Value: '+4930123456' },
        ],
      })
      .on('AdminCreateUser', {});
    await actions.run('resend', pool, 'ann');
    expect(server.inputs('AdminCreateUser')).toEqual([
      { ...key, MessageAction: 'RESEND', DesiredDeliveryMediums: ['EMAIL', 'SMS'] },
    ]);
  });

  it('what fails is not hidden', async () => {
    const { server, actions } = setUp();
    server.failNext('AdminDisableUser', 'X', 'Not now.');
    await expect(actions.run('disable', pool, 'ann')).rejects.toThrow('Not now.');
  });
});

describe('groups to choose from', () => {
  it('are read to the last page', async () => {
    const { server, actions } = setUp();
    server.on('ListGroups', ({ NextToken }) =>
      NextToken === undefined
        ? { Groups: [{ GroupName: 'a' }], NextToken: 'next' }
        : { Groups: [{ GroupName: 'b' }] },
    );
    expect((await actions.groups(pool)).map(({ GroupName }) => GroupName)).toEqual(['a', 'b']);
    expect(server.inputs('ListGroups').map(({ NextToken }) => NextToken)).toEqual([
      undefined,
      'next',
    ]);
  });

  it('end where there are more than a choice can show', async () => {
    const { server, actions } = setUp();
    server.on('ListGroups', { Groups: [{ GroupName: 'a' }], NextToken: 'more' });
    expect(await actions.groups(pool, 3)).toHaveLength(3);
  });

  it('of a user are read to the last page, too', async () => {
    const { server, actions } = setUp();
    server.on('AdminListGroupsForUser', ({ NextToken }) =>
      NextToken === undefined
        ? { Groups: [], NextToken: 'next' }
        : { Groups: [{ GroupName: 'a' }] },
    );
    expect(await actions.groupsOf(pool, 'ann')).toEqual([{ GroupName: 'a' }]);
  });
});

describe('lists of users', () => {
  const LIST = `POST pools/${pool}/users/list`;

  it('are asked for with filter, order, token and length', async () => {
    const { server, lists } = setUp();
    server.at(LIST, () => ({ users: [{ Username: 'ann' }], next: 'more' }));
    const page = await lists.pagesOf(pool, 'a-z')('name ^= "a"', 'token', 10);
    expect(page).toEqual({ users: [{ Username: 'ann' }], next: 'more' });
    expect(server.inputs(LIST)).toEqual([
      { filter: 'name ^= "a"', sort: 'a-z', token: 'token', limit: 10 },
    ]);
  });

  it('tell when somebody signed in last, where that is known', async () => {
    const { server, lists } = setUp();
    server.at(LIST, ({ filter }: { filter: string }) => ({
      users: filter === 'sub = "one"' ? [{ LastSignInDate: 7 }] : [],
    }));
    expect([await lists.lastSignInOf(pool, 'one'), await lists.lastSignInOf(pool, 'two')]).toEqual([
      7,
      undefined,
    ]);
  });
});
