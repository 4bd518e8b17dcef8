import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';

const GROUPS = `/p/${SHOP.Id}/groups`;
const STAFF = `${GROUPS}/staff`;
const ROLE = 'arn:aws:iam::123456789012:role/staff';
const staff = { GroupName: 'staff', Description: 'Who works here', Precedence: 3 };
const ann = {
  Username: 'ann',
  Attributes: [
    { Name: 'sub', Value: 'sub-of-ann' },
    { Name: 'email', Value: 'ann@example.com' },
  ],
};

const server = (role: Parameters<typeof shopServer>[0] = 'owner') =>
  shopServer(role)
    .on('ListGroups', { Groups: [staff, { GroupName: 'testers', RoleArn: ROLE }] })
    .on('GetGroup', { Group: staff })
    .on('ListUsersInGroup', { Users: [ann] })
    .on('AdminAddUserToGroup', {})
    .on('AdminRemoveUserFromGroup', {});

describe('the list of groups', () => {
  it('shows each with precedence and role', async () => {
    const page = await openConsole(GROUPS, server());
    const rows = await (await page.table()).rows();
    expect(rows.map((cells) => cells.slice(0, 3))).toEqual([
      [expect.stringMatching(/^staff.*Who works here$/), '3', 'none'],
      ['testers', 'none', ROLE],
    ]);
  });

  it('holds the place, and says that there are none', async () => {
    const empty = server().on('ListGroups', { Groups: [] });
    const release = empty.hold('ListGroups');
    const page = await openConsole(GROUPS, empty);
    expect(await page.isLoading()).toBe(true);
    release();
    expect(await page.empty()).toBe('No groups yet');
  });

  it('tells what failed, and tries again', async () => {
    const page = await openConsole(GROUPS, server().failNext('ListGroups'));
    await page.press('Try again');
    expect(await page.hasTable()).toBe(true);
  });

  it('makes a group, says so, and opens it', async () => {
    const asked = server().on('CreateGroup', {});
    const page = await openConsole(GROUPS, asked);
    await page.press('Create group');
    await page.type('Name', ' support ');
    await page.type('Precedence', '0');
    await page.press('Create group');
    expect(asked.inputs('CreateGroup')).toEqual([
      { UserPoolId: SHOP.Id, GroupName: 'support', Precedence: 0 },
    ]);
    expect([page.url, await page.toasts()]).toEqual([
      `${GROUPS}/support`,
      ['Group support is created.'],
    ]);
  });

  it('keeps a new group that the server refuses', async () => {
    const asked = server().failNext('CreateGroup', 'GroupExistsException', 'It is there already.');
    const page = await openConsole(GROUPS, asked);
    await page.press('Create group');
    await page.press('Create group');
    expect(await page.problem('Name')).toBe('Enter a name.');
    await page.type('Name', 'staff');
    await page.type('Role (ARN)', 'staff');
    expect(await page.problem('Role (ARN)')).toContain('Enter an ARN');
    await page.type('Role (ARN)', ROLE);
    await page.press('Create group');
    expect(await page.notices()).toEqual(['It is there already.']);
    expect(await page.value('Role (ARN)')).toBe(ROLE);
    await page.press('Cancel');
    expect(await page.dialog()).toBeUndefined();
  });

  it('is made by owners only', async () => {
    const page = await openConsole(GROUPS, server('operator'));
    const create = await page.button('Create group');
    expect([await create.isOff(), await create.reason()]).toEqual([
      true,
      'Only owners may do this; you are signed in as an operator.',
    ]);
  });
});

describe('the page of a group', () => {
  it('saves what changed', async () => {
    const asked = server().on('UpdateGroup', {});
    const page = await openConsole(STAFF, asked);
    expect(await page.heading()).toBe('staff');
    expect(await page.hasButton('Save changes')).toBe(false);
    await page.type('Description', 'All of us');
    await page.press('Save changes');
    expect(asked.inputs('UpdateGroup')).toEqual([
      { UserPoolId: SHOP.Id, GroupName: 'staff', Description: 'All of us', Precedence: 3 },
    ]);
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it('keeps what the server refuses, until it is discarded', async () => {
    const asked = server().failNext('UpdateGroup', 'X', 'Not now.');
    const page = await openConsole(STAFF, asked);
    await page.type('Description', 'All of us');
    await page.press('Save changes');
    expect(await page.notices()).toEqual(['Not now.']);
    expect(await page.value('Description')).toBe('All of us');
    await page.press('Discard');
    expect(await page.value('Description')).toBe('Who works here');
  });

  it('says that a precedence cannot be taken away', async () => {
    const asked = server();
    const page = await openConsole(STAFF, asked);
    await page.type('Precedence', '');
    await page.press('Save changes');
    expect(await page.problem('Precedence')).toContain('not removed');
    expect(asked.writes).toEqual([]);
  });

  it('is not left with changes without a question', async () => {
    const page = await openConsole(STAFF, server());
    await page.type('Description', 'All of us');
    const leaving = page.go(GROUPS);
    expect(await page.heading()).toBe('Leave without saving?');
    await page.press('Leave');
    expect([await leaving, page.url]).toEqual([true, GROUPS]);
  });

  it('says that there is no such group', async () => {
    const asked = server().failNext('GetGroup', 'ResourceNotFoundException', 'Group not found.');
    const page = await openConsole(STAFF, asked);
    expect(await page.heading()).toBe('There is no such group');
  });

  it('is deleted by its name', async () => {
    const asked = server().on('DeleteGroup', {});
    const page = await openConsole(STAFF, asked);
    await page.press('Delete group');
    await page.type(/^To confirm, type/, 'staff');
    await page.press('Delete group');
    expect(asked.inputs('DeleteGroup')).toEqual([{ UserPoolId: SHOP.Id, GroupName: 'staff' }]);
    expect([page.url, await page.toasts()]).toEqual([GROUPS, ['Group staff is deleted.']]);
  });

  it('can be looked at, and not changed, by operators', async () => {
    const page = await openConsole(STAFF, server('operator'));
    expect(await page.text()).toContain('Only owners may do this');
    expect(await (await page.button('Delete group')).isOff()).toBe(true);
    expect(await (await page.button('Remove ann')).isOff()).toBe(false);
  });
});

describe('members of a group', () => {
  const key = { UserPoolId: SHOP.Id, GroupName: 'staff' };

  it('are listed, removed, and put back', async () => {
    const asked = server();
    const page = await openConsole(STAFF, asked);
    expect((await (await page.table()).rows())[0]?.[1]).toBe('ann@example.com');
    await page.press('Remove ann');
    expect(asked.inputs('AdminRemoveUserFromGroup')).toEqual([{ ...key, Username: 'sub-of-ann' }]);
    expect(await page.toasts()).toEqual(['ann is removed.']);
    await page.pressToast('Undo');
    expect(asked.inputs('AdminAddUserToGroup')).toEqual([{ ...key, Username: 'sub-of-ann' }]);
  });

  it('are added by name', async () => {
    const asked = server();
    const page = await openConsole(STAFF, asked);
    await page.type('Add a member by user name', ' ben ');
    await page.press('Add');
    expect(asked.inputs('AdminAddUserToGroup')).toEqual([{ ...key, Username: 'ben' }]);
    expect(await page.value('Add a member by user name')).toBe('');
    expect(asked.inputs('ListUsersInGroup')).toHaveLength(2);
  });

  it('stay out where nobody is called so', async () => {
    const asked = server().failNext(
      'AdminAddUserToGroup',
      'UserNotFoundException',
      'Who?  No one.',
    );
    const page = await openConsole(STAFF, asked);
    await page.type('Add a member by user name', 'zoe');
    await page.press('Add');
    expect(await page.problem('Add a member by user name')).toBe('Who? No one.');
    expect(await page.value('Add a member by user name')).toBe('zoe');
  });

  it('may be nobody', async () => {
    const page = await openConsole(STAFF, server().on('ListUsersInGroup', { Users: [] }));
    expect(await page.text()).toContain('Nobody is in this group');
  });
});
