import { openConsole } from '../../testing/open-console';
import { SHOP } from '../../testing/shop';
import { peopleServer, USERS } from './testing/people';

async function openDialog(server = peopleServer().on('AdminCreateUser', made)) {
  const page = await openConsole(USERS, server);
  await page.press('Create user');
  return { page, server };
}

const made = {
  User: { Username: 'mara', Attributes: [{ Name: 'sub', Value: 'sub-of-mara' }] },
};

describe('creating a user', () => {
  it('invites somebody, says so, and opens the page', async () => {
    const { page, server } = await openDialog();
    await page.type('User name', ' mara ');
    await page.type(/^Email/, 'mara@example.com');
    await page.press('Create user');
    expect(server.inputs('AdminCreateUser')).toEqual([
      expect.objectContaining({
        UserPoolId: SHOP.Id,
        Username: 'mara',
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    ]);
    expect(await page.toasts()).toEqual(['mara is created and invited.']);
    expect(page.url).toBe(`${USERS}/sub-of-mara`);
  });

  it('says what is missing, and sends nothing', async () => {
    const { page, server } = await openDialog();
    await page.press('Create user');
    expect(await page.problem('User name')).toBe('Enter a user name without spaces.');
    await page.type(/^Email/, 'nobody');
    expect(await page.problem(/^Email/)).toBe('Enter an email address such as mara@example.com.');
    expect(server.writes).toEqual([]);
  });

  it('says nothing of a field before it was left', async () => {
    const { page } = await openDialog();
    expect(await page.problem('User name')).toBe('');
    await page.type('User name', 'two words');
    expect(await page.problem('User name')).toBe('Enter a user name without spaces.');
  });

  it('makes a lasting password by the rules of the pool, and shows it once', async () => {
    const { page, server } = await openDialog();
    server.on('AdminSetUserPassword', {});
    await page.type('User name', 'mara');
    await page.choose('With a permanent password');
    const password = await page.value('Password');
    expect(password.length).toBeGreaterThanOrEqual(8);
    await page.press('Create user');
    expect(server.inputs('AdminSetUserPassword')).toEqual([
      {
        UserPoolId: SHOP.Id,
        Username: 'sub-of-mara',
        Password: password,
        Permanent: true,
      },
    ]);
    expect(await page.heading()).toBe('mara is created');
    expect(await page.code()).toContain(password);
    await page.press('Done');
    expect([await page.dialog(), page.url]).toEqual([undefined, USERS]);
  });

  it('refuses a weak password', async () => {
    const { page, server } = await openDialog();
    await page.type('User name', 'mara');
    await page.choose('With a temporary password');
    await page.type('Password', 'short');
    await page.press('Create user');
    expect(await page.notices()).toEqual(['The password does not meet the rules yet.']);
    expect(server.writes).toEqual([]);
  });

  it('keeps what was typed when the server refuses it', async () => {
    const { page, server } = await openDialog();
    server.failNext('AdminCreateUser', 'UsernameExistsException', 'User account already exists');
    await page.type('User name', 'ann');
    await page.type(/^Email/, 'ann@example.com');
    await page.press('Create user');
    expect(await page.notices()).toEqual(['User account already exists']);
    expect(await page.value('User name')).toBe('ann');
    expect(await (await page.button('Create user')).isOff()).toBe(false);
  });

  it('does not make the user twice when only the password failed', async () => {
    const { page, server } = await openDialog();
    server.on('AdminSetUserPassword', {});
    server.failNext('AdminSetUserPassword', 'InternalErrorException', 'Not now.');
    await page.type('User name', 'mara');
    await page.choose('With a permanent password');
    await page.press('Create user');
    expect(await page.notices()).toEqual([
      'The user is created, but the password was not set: Not now.',
    ]);
    await page.press('Set the password again');
    expect(server.inputs('AdminCreateUser')).toHaveLength(1);
    expect(server.inputs('AdminSetUserPassword')).toHaveLength(2);
    expect(await page.heading()).toBe('mara is created');
  });

  it('is left by Esc', async () => {
    const { page, server } = await openDialog();
    await (await page.dialog())?.dismiss();
    expect([await page.dialog(), server.writes]).toEqual([undefined, []]);
  });
});
