import { openConsole } from '../../testing/open-console';
import { shopServer, SHOP } from '../../testing/shop';
import { LIST, listed, peopleServer, USERS } from './testing/people';

describe('the list of users', () => {
  it('shows each with name, address and state', async () => {
    const users = [listed('ann'), listed('ben', { Enabled: false })];
    const page = await openConsole(USERS, peopleServer({ users }));
    const rows = await (await page.table()).rows();
    expect(rows.map((cells) => cells.slice(1, 4))).toEqual([
      [expect.stringContaining('ann'), 'ann@example.com', 'Confirmed'],
      [expect.stringContaining('ben'), 'ben@example.com', 'Disabled'],
    ]);
    expect(await page.text()).toContain('1 to 2 of 2');
  });

  it('holds the place while the users are fetched', async () => {
    const server = peopleServer();
    const release = server.hold(LIST);
    const page = await openConsole(USERS, server);
    expect([await page.isLoading(), await page.hasTable()]).toEqual([true, false]);
    release();
    expect([await page.hasTable(), await page.isLoading()]).toEqual([true, false]);
  });

  it('says that nobody is there, and offers to make somebody', async () => {
    const page = await openConsole(USERS, peopleServer({ users: [] }));
    expect(await page.empty()).toBe('No users yet');
    expect(await page.text()).not.toContain('Clear the search');
  });

  it('says that nobody was found, and leads back to all', async () => {
    const server = peopleServer({ users: [] });
    const page = await openConsole(`${USERS}?q=zoe`, server);
    expect(await page.empty()).toBe('Nobody found');
    peopleServer({ server });
    await page.press('Clear the search');
    expect(page.url).toBe(USERS);
    expect(await page.hasTable()).toBe(true);
  });

  it('tells what failed, with the request to ask about, and tries again', async () => {
    const page = await openConsole(
      USERS,
      peopleServer().failNext(LIST, 'InternalErrorException', 'The disk is full.'),
    );
    const [notice] = await page.notices();
    expect(notice).toMatch(/This could not be loaded\..*The disk is full\..*request-1/);
    await page.press('Try again');
    expect([await page.hasTable(), await page.notices()]).toEqual([true, []]);
  });

  it('asks the server as the address says: order, filter, page size', async () => {
    const server = peopleServer();
    await openConsole(`${USERS}?sort=a-z`, server);
    expect(server.inputs(LIST).at(-1)).toMatchObject({ sort: 'a-z', limit: 25 });
  });

  it('searches once nobody types any more', async () => {
    const server = peopleServer();
    const page = await openConsole(USERS, server);
    await page.search('mar');
    await vi.waitFor(() => expect(page.url).toBe(`${USERS}?q=mar`));
    await page.text();
    await vi.waitFor(() =>
      expect(JSON.stringify(server.inputs(LIST).at(-1))).toContain('^= \\"mar\\"'),
    );
  });

  it('goes on to the next page and back by the token of the server', async () => {
    const server = shopServer().at(LIST, ({ token }: { token?: string }) =>
      token === undefined
        ? { users: Array.from({ length: 25 }, (_, at) => listed(`u${at}`)), next: 'second' }
        : { users: [listed('zoe')] },
    );
    const page = await openConsole(USERS, server);
    expect(await (await page.button('Previous')).isOff()).toBe(true);
    await page.press('Next');
    expect(page.url).toBe(`${USERS}?page=2`);
    expect(await (await page.table()).row('zoe')).toBeDefined();
    expect(await (await page.button('Next')).isOff()).toBe(true);
    await page.press('Previous');
    expect(await (await page.table()).rows()).toHaveLength(25);
  });

  it('turns the order round at the head of a column', async () => {
    const server = peopleServer();
    const page = await openConsole(USERS, server);
    await page.press(/^User$/);
    expect(page.url).toContain('sort=a-z');
    await page.press(/^User$/);
    expect(page.url).toContain('sort=z-a');
    expect(server.inputs(LIST).at(-1)).toMatchObject({ sort: 'z-a' });
  });

  it('lets a viewer read, and says why a button does nothing', async () => {
    const server = peopleServer({ server: shopServer('viewer') });
    const page = await openConsole(USERS, server);
    const create = await page.button('Create user');
    expect([await create.isOff(), await create.reason()]).toEqual([
      true,
      'Only operators and owners may do this; you are signed in as a viewer.',
    ]);
    await create.press();
    expect(await page.dialog()).toBeUndefined();
  });
});

describe('many users at once', () => {
  async function chosen(server = peopleServer()) {
    const page = await openConsole(USERS, server);
    for (const name of ['ann', 'ben']) await (await (await page.table()).row(name)).pick();
    return { page, server };
  }

  it('are disabled together, and enabled again when that is taken back', async () => {
    const server = peopleServer().on('AdminDisableUser', {}).on('AdminEnableUser', {});
    const { page } = await chosen(server);
    expect(await page.text()).toContain('2 users chosen');
    await page.press('Disable');
    expect(await page.heading()).toBe('Disable 2 users?');
    await page.press('Disable');
    expect(await page.toasts()).toEqual(['2 users are disabled, and signed out everywhere.']);
    expect(server.inputs('AdminDisableUser').map(({ Username }) => Username)).toEqual([
      'sub-of-ann',
      'sub-of-ben',
    ]);
    await page.pressToast('Undo');
    expect(server.inputs('AdminEnableUser')).toHaveLength(2);
  });

  it('are deleted only after a phrase was typed', async () => {
    const server = peopleServer().on('AdminDeleteUser', {});
    const { page } = await chosen(server);
    await page.press('Delete');
    expect(await (await page.button('Delete')).isOff()).toBe(true);
    await page.type(/^To confirm, type/, 'delete 3');
    expect(await (await page.button('Delete')).isOff()).toBe(true);
    await page.type(/^To confirm, type/, 'delete 2');
    await page.press('Delete');
    expect(server.inputs('AdminDeleteUser')).toHaveLength(2);
    expect(await page.dialog()).toBeUndefined();
  });

  it('are put into a group that is chosen', async () => {
    const server = peopleServer().on('AdminAddUserToGroup', {});
    const { page } = await chosen(server);
    await page.press('Add to group');
    expect(await (await page.button('Add to group')).isOff()).toBe(true);
    await (await page.field('Group')).choose('testers');
    await page.press('Add to group');
    expect(server.inputs('AdminAddUserToGroup')[0]).toEqual({
      UserPoolId: SHOP.Id,
      Username: 'sub-of-ann',
      GroupName: 'testers',
    });
  });

  it('are told apart where some fail, and those are tried again', async () => {
    const server = peopleServer().on('AdminUserGlobalSignOut', {});
    server.failNext('AdminUserGlobalSignOut', 'NotAuthorizedException', 'Not this one.');
    const { page } = await chosen(server);
    await page.press('Sign out everywhere');
    await page.press('Sign out everywhere');
    const [notice] = await page.notices();
    expect(notice).toContain('1 user could not be changed:');
    expect(notice).toContain('Not this one.');
    await page.press('Try these again');
    expect(server.inputs('AdminUserGlobalSignOut')).toHaveLength(3);
    expect(await page.dialog()).toBeUndefined();
  });
});
