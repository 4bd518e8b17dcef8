import { openConsole } from '../../testing/open-console';
import { shopServer, SHOP } from '../../testing/shop';
import { described, peopleServer, USERS } from './testing/people';

const ANN = `${USERS}/sub-of-ann`;
const key = { UserPoolId: SHOP.Id, Username: 'sub-of-ann' };

describe('the page of a user', () => {
  it('shows who it is, and what is known', async () => {
    const page = await openConsole(ANN, peopleServer());
    expect(await page.heading()).toBe('ann');
    expect(await page.chips()).toContain('Confirmed');
    expect(await page.value(/^Email/)).toBe('ann@example.com');
    expect(await page.facts()).toMatchObject({ 'May sign in': 'yes' });
    expect(document.title).toContain('ann');
  });

  it('holds the place while the user is fetched', async () => {
    const server = peopleServer();
    const release = server.hold('AdminGetUser');
    const page = await openConsole(ANN, server);
    expect(await page.isLoading()).toBe(true);
    release();
    expect([await page.heading(), await page.isLoading()]).toEqual(['ann', false]);
  });

  it('says that nobody is called so', async () => {
    const page = await openConsole(
      ANN,
      peopleServer().failNext('AdminGetUser', 'UserNotFoundException', 'User does not exist.'),
    );
    expect(await page.heading()).toBe('There is no such user');
    await page.press('Users');
    expect(page.url).toBe(USERS);
  });

  it('tells what failed, and tries again', async () => {
    const page = await openConsole(ANN, peopleServer().failNext('AdminGetUser'));
    expect(await page.notices()).toEqual([expect.stringContaining('It went wrong here.')]);
    await page.press('Try again');
    expect(await page.heading()).toBe('ann');
  });

  it('disables at once, and takes it back', async () => {
    const server = peopleServer().on('AdminDisableUser', {}).on('AdminEnableUser', {});
    const page = await openConsole(ANN, server);
    await page.press('Disable');
    expect(server.inputs('AdminDisableUser')).toEqual([key]);
    expect(await page.toasts()).toEqual(['Disabled. Every session has ended.']);
    await page.pressToast('Undo');
    expect(server.inputs('AdminEnableUser')).toEqual([key]);
  });

  it('says in a message what kept it from disabling', async () => {
    const server = peopleServer().failNext('AdminDisableUser', 'X', 'The database is away.');
    const page = await openConsole(ANN, server);
    await page.press('Disable');
    expect(await page.toasts()).toEqual(['The database is away.']);
  });

  it('asks before it deletes, by the name, and leads to the list', async () => {
    const server = peopleServer().on('AdminDeleteUser', {});
    const page = await openConsole(ANN, server);
    await page.press('Delete');
    expect(await page.heading()).toBe('Delete ann?');
    expect(await (await page.button('Delete')).isOff()).toBe(true);
    await page.type(/^To confirm, type/, 'ann');
    await page.press('Delete');
    expect(server.inputs('AdminDeleteUser')).toEqual([key]);
    expect([page.url, await page.toasts()]).toEqual([USERS, ['Deleted.']]);
  });

  it('keeps the question open when the deletion failed', async () => {
    const server = peopleServer().failNext('AdminDeleteUser', 'X', 'Not now.');
    const page = await openConsole(ANN, server);
    await page.press('Delete');
    await page.type(/^To confirm, type/, 'ann');
    await page.press('Delete');
    expect(await page.notices()).toEqual(['Not now.']);
    expect(await page.heading()).toBe('Delete ann?');
  });

  it.each([
    ['UNCONFIRMED', 'Confirm'],
    ['FORCE_CHANGE_PASSWORD', 'Send the invitation again'],
    ['CONFIRMED', 'Reset password'],
  ] as const)('offers of a user who is %s: %s', async (UserStatus, verb) => {
    const server = peopleServer().on('AdminGetUser', described({ UserStatus }));
    const page = await openConsole(ANN, server);
    expect(await page.hasButton(verb)).toBe(true);
  });

  it('sends the invitation again to where the user can be reached', async () => {
    const server = peopleServer()
      .on('AdminGetUser', described({ UserStatus: 'FORCE_CHANGE_PASSWORD' }))
      .on('AdminCreateUser', {});
    const page = await openConsole(ANN, server);
    await page.press('Send the invitation again');
    await page.press('Send the invitation again');
    expect(server.inputs('AdminCreateUser')).toEqual([
      { ...key, MessageAction: 'RESEND', DesiredDeliveryMediums: ['EMAIL'] },
    ]);
  });

  it('lets a viewer look and change nothing', async () => {
    const page = await openConsole(ANN, peopleServer({ server: shopServer('viewer') }));
    for (const name of ['Set a password', 'Disable', 'Delete', 'Add']) {
      expect(await (await page.button(name)).isOff(), name).toBe(true);
    }
    expect(await page.text()).toContain('Only operators and owners may do this');
  });
});

describe('attributes of a user', () => {
  it('are saved together: what changed, and what was emptied', async () => {
    const server = peopleServer()
      .on(
        'AdminGetUser',
        described({
          UserAttributes: [...(described().UserAttributes ?? []), { Name: 'name', Value: 'Ann' }],
        }),
      )
      .on('AdminUpdateUserAttributes', {})
      .on('AdminDeleteUserAttributes', {});
    const page = await openConsole(ANN, server);
    expect(await page.hasButton('Save changes')).toBe(false);
    await page.type(/^Email/, 'ann@shop.example');
    await page.type(/^Name/, '');
    await page.press('Save changes');
    expect(server.inputs('AdminUpdateUserAttributes')[0]?.UserAttributes).toContainEqual({
      Name: 'email',
      Value: 'ann@shop.example',
    });
    expect(server.inputs('AdminDeleteUserAttributes')).toEqual([
      { ...key, UserAttributeNames: ['name'] },
    ]);
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it('stay as they were typed when the server refuses them', async () => {
    const server = peopleServer().failNext(
      'AdminUpdateUserAttributes',
      'AliasExistsException',
      'It is taken.',
    );
    const page = await openConsole(ANN, server);
    await page.type(/^Email/, 'ben@example.com');
    await page.press('Save changes');
    expect(await page.notices()).toContain('It is taken.');
    expect(await page.value(/^Email/)).toBe('ben@example.com');
    await page.press('Discard');
    expect(await page.value(/^Email/)).toBe('ann@example.com');
  });

  it('are not sent while one of them is wrong', async () => {
    const page = await openConsole(ANN, peopleServer());
    await page.type(/^Email/, 'nobody');
    await page.press('Save changes');
    expect(await page.problem(/^Email/)).toBe('Enter an email address such as mara@example.com.');
  });

  it('are not left without a question', async () => {
    const page = await openConsole(ANN, peopleServer());
    await page.type(/^Email/, 'ann@shop.example');
    const leaving = page.go(USERS);
    expect(await page.heading()).toBe('Leave without saving?');
    await page.press('Stay on the page');
    expect([await leaving, page.url]).toEqual([false, ANN]);
  });
});

describe('groups of a user', () => {
  it('say what roles they give', async () => {
    const server = peopleServer().on('AdminListGroupsForUser', {
      Groups: [
        { GroupName: 'staff', Precedence: 2, RoleArn: 'arn:staff' },
        { GroupName: 'testers', Precedence: 1, RoleArn: 'arn:testers' },
      ],
    });
    const page = await openConsole(ANN, server);
    const text = await page.text();
    expect(text).toContain('The preferred role comes from testers');
    expect(text).toContain('Already in every group of this pool.');
  });

  it('are joined and left, and each is taken back', async () => {
    const server = peopleServer()
      .on('AdminListGroupsForUser', { Groups: [{ GroupName: 'staff' }] })
      .on('AdminAddUserToGroup', {})
      .on('AdminRemoveUserFromGroup', {});
    const page = await openConsole(ANN, server);
    await page.press('Add');
    expect(server.inputs('AdminAddUserToGroup')).toEqual([{ ...key, GroupName: 'testers' }]);
    await page.press('Remove from staff');
    expect(server.inputs('AdminRemoveUserFromGroup')).toEqual([{ ...key, GroupName: 'staff' }]);
    expect(await page.toasts()).toContain('Removed from staff.');
  });

  it('stay as they are when the server refuses', async () => {
    const server = peopleServer().failNext(
      'AdminAddUserToGroup',
      'LimitExceededException',
      'Too many groups.',
    );
    const page = await openConsole(ANN, server);
    await page.press('Add');
    expect(await page.notices()).toEqual(['Too many groups.']);
    expect(await page.toasts()).toEqual([]);
  });
});

describe('setting a password', () => {
  it('sets it as temporary, shows it once, and reads the user again', async () => {
    const server = peopleServer().on('AdminSetUserPassword', {});
    const page = await openConsole(ANN, server);
    await page.press('Set a password');
    await page.type('Password', 'long-enough');
    await page.press('Set the password');
    expect(server.inputs('AdminSetUserPassword')).toEqual([
      { ...key, Password: 'long-enough', Permanent: false },
    ]);
    expect(await page.heading()).toBe('The password is set.');
    await page.press('Done');
    expect(server.inputs('AdminGetUser')).toHaveLength(2);
  });

  it('makes a good one, and sets it for good where that is chosen', async () => {
    const server = peopleServer().on('AdminSetUserPassword', {});
    const page = await openConsole(ANN, server);
    await page.press('Set a password');
    await page.press('Generate');
    await page.choose('Permanent');
    await page.press('Set the password');
    expect(server.inputs('AdminSetUserPassword')[0]?.Permanent).toBe(true);
  });

  it('says what is wrong with a weak one, and with the server', async () => {
    const server = peopleServer().failNext('AdminSetUserPassword', 'X', 'Used before.');
    const page = await openConsole(ANN, server);
    await page.press('Set a password');
    await page.type('Password', 'short');
    await page.press('Set the password');
    expect(await page.notices()).toEqual(['The password does not meet the rules yet.']);
    await page.type('Password', 'long-enough');
    await page.press('Set the password');
    expect(await page.notices()).toEqual(['Used before.']);
    expect(await page.value('Password')).toBe('long-enough');
  });
});
