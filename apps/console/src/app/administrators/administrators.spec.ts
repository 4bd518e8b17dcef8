import type { Role } from '../api/session';
import { openConsole } from '../../testing/open-console';
import { shopServer } from '../../testing/shop';
import type { Administrator } from './administrators-api';

const PAGE = '/administrators';
const olga: Administrator = {
  username: 'olga',
  role: 'owner',
  email: 'olga@example.com',
  status: 'CONFIRMED',
  enabled: true,
};
const jun: Administrator = {
  username: 'jun',
  role: 'viewer',
  status: 'FORCE_CHANGE_PASSWORD',
  enabled: true,
};

const server = (role: Role = 'owner', administrators = [olga, jun]) =>
  shopServer(role)
    .at('GET administrators', () => ({ administrators }))
    .at(/^POST administrators\//, () => ({ link: 'https://shop.example/console/sign-in#x' }));

/** Presses something in the menu of one of them. */
async function choose(page: Awaited<ReturnType<typeof openConsole>>, name: string, verb: string) {
  await (await (await page.table()).row(name)).press(verb);
}

describe('the administrators', () => {
  it('are shown with role and state, oneself marked', async () => {
    const page = await openConsole(PAGE, server('owner', [olga, jun, { ...jun, enabled: false }]));
    const rows = await (await page.table()).rows();
    expect(rows.map(([, role, state]) => [role, state])).toEqual([
      ['Owner', 'Active'],
      [expect.stringContaining('Viewer'), 'Not signed in yet'],
      [expect.stringContaining('Viewer'), 'Disabled'],
    ]);
    expect(rows[0]?.[0]).toContain('(you)');
  });

  it('offer less of oneself than of others', async () => {
    const table = await (await openConsole(PAGE, server())).table();
    expect(await (await table.row('jun')).menu()).toEqual([
      'Change the role',
      'Make a new link',
      'End all sessions',
      'Disable',
      'Remove',
    ]);
    expect(await (await table.row('olga')).menu()).not.toContain('Make a new link');
  });

  it('are for owners alone', async () => {
    const asked = server('operator');
    const page = await openConsole(PAGE, asked);
    expect(await page.text()).toContain('Only owners see the administrators.');
    expect(await page.hasButton('Invite somebody')).toBe(false);
    expect(asked.inputs('GET administrators')).toEqual([]);
  });

  it('hold their place, and are asked for again after a failure', async () => {
    const asked = server();
    const release = asked.hold('GET administrators');
    const page = await openConsole(PAGE, asked);
    expect(await page.isLoading()).toBe(true);
    asked.failNext('GET administrators', 'X', 'Not now.');
    release();
    expect((await page.notices())[0]).toContain('Not now.');
    await page.press('Try again');
    expect(await page.hasTable()).toBe(true);
  });

  it('are invited by a link that is shown once', async () => {
    const asked = server();
    const page = await openConsole(PAGE, asked);
    await page.press('Invite somebody');
    await page.type('User name', ' kim ');
    await page.type(/^Email/, 'kim@example.com');
    await page.choose('Operator');
    await page.press('Make the link');
    expect(asked.inputs('POST administrators/add')).toEqual([
      { username: 'kim', email: 'kim@example.com', role: 'operator' },
    ]);
    expect(await page.heading()).toBe('The link for kim');
    expect(await (await page.dialog())?.text()).toContain('https://shop.example/console/sign-in#x');
    await page.press('Close');
    expect(await page.dialog()).toBeUndefined();
  });

  it('are not invited with what the server would refuse', async () => {
    const asked = server();
    const page = await openConsole(PAGE, asked);
    await page.press('Invite somebody');
    await page.type(/^Email/, 'kim');
    await page.press('Make the link');
    expect(await page.problem('User name')).toBe(
      'A user name must not have spaces or be an email address.',
    );
    expect(await page.problem(/^Email/)).toContain('or leave it empty');
    expect(asked.inputs('POST administrators/add')).toEqual([]);
  });

  it('stay uninvited where the server says no, and the form stays', async () => {
    const asked = server().failNext('POST administrators/add', 'Exists', 'jun is there already.');
    const page = await openConsole(PAGE, asked);
    await page.press('Invite somebody');
    await page.type('User name', 'jun');
    await page.press('Make the link');
    expect(await page.notices()).toEqual(['jun is there already.']);
    expect(await page.value('User name')).toBe('jun');
  });

  it.each([
    ['Disable', 'disable', 'jun is disabled.'],
    ['End all sessions', 'sign-out', 'All sessions of jun have ended.'],
    ['Remove', 'remove', 'jun is removed.'],
  ])('%s: asks, does it, says so, and reads them again', async (verb, action, said) => {
    const asked = server();
    const page = await openConsole(PAGE, asked);
    await choose(page, 'jun', verb);
    expect(await page.heading()).toContain('jun?');
    await page.press(verb);
    expect(asked.inputs(`POST administrators/${action}`)).toEqual([{ username: 'jun' }]);
    expect(await page.toasts()).toEqual([said]);
    expect(asked.inputs('GET administrators')).toHaveLength(2);
  });

  it('keep the last owner: the question says why', async () => {
    const asked = server().failNext('POST administrators/remove', 'LastOwner', 'One must stay.');
    const page = await openConsole(PAGE, asked);
    await choose(page, 'olga', 'Remove');
    await page.press('Remove');
    expect(await page.notices()).toEqual(['One must stay.']);
  });

  it('get a new link for a lost password', async () => {
    const asked = server();
    const page = await openConsole(PAGE, asked);
    await choose(page, 'jun', 'Make a new link');
    await page.press('Make a new link');
    expect(asked.inputs('POST administrators/invite-again')).toEqual([{ username: 'jun' }]);
    expect(await page.heading()).toBe('The link for jun');
  });

  it('get another role', async () => {
    const asked = server();
    const page = await openConsole(PAGE, asked);
    await choose(page, 'jun', 'Change the role');
    expect(await (await page.button('Change the role')).isOff()).toBe(true);
    await page.choose('Owner');
    await page.press('Change the role');
    expect(asked.inputs('POST administrators/change-role')).toEqual([
      { username: 'jun', role: 'owner' },
    ]);
    expect(await page.toasts()).toEqual(['jun is now owner.']);
  });
});
