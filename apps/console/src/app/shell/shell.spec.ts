import type { Role } from '../api/session';
import type { ConsolePage } from '../../testing/console-page';
import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';

const GROUPS = `/p/${SHOP.Id}/groups`;
const server = (role: Role = 'owner') =>
  shopServer(role)
    .on('ListGroups', { Groups: [{ GroupName: 'staff' }] })
    .on('ListUserPoolClients', { UserPoolClients: [{ ClientId: 'web-id', ClientName: 'web' }] })
    .on('GetGroup', { Group: { GroupName: 'staff' } })
    .on('ListUsersInGroup', {})
    .at(`POST pools/${SHOP.Id}/users/list`, () => ({ users: [] }))
    .on('ListUsers', { Users: [] });

/** Presses a key on the page. */
async function key(page: ConsolePage, name: string, parts: KeyboardEventInit = {}) {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...parts }));
  await page.rest();
}

const rail = () =>
  [...document.querySelectorAll('pc-rail nav a')].map((link) =>
    (link.textContent ?? '').replace(/\s+/g, ' ').trim(),
  );

describe('the rail', () => {
  it('shows the pages of the pool, and how many users it has', async () => {
    await openConsole(GROUPS, server());
    expect(rail()).toEqual([
      'Overview',
      'Users 2',
      'Groups',
      'App clients',
      'Resource servers',
      'Sign-in',
      'Messages',
      'Audit',
      'Settings',
    ]);
    expect(document.querySelector('pc-rail [aria-current=page]')?.textContent).toContain('Groups');
  });

  it.each([
    ['owner', ['All user pools', 'Create a user pool', 'Administrators']],
    ['viewer', ['All user pools']],
  ] as const)('offers an %s what they may do', async (role, pages) => {
    await openConsole('/', server(role));
    expect(rail()).toEqual(pages);
  });

  it('leads to another pool', async () => {
    const asked = server().on('ListUserPools', {
      UserPools: [{ Id: 'local_market', Name: 'market' }],
    });
    const page = await openConsole(GROUPS, asked);
    document.querySelector<HTMLElement>('#pool-menu')?.showPopover();
    await page.rest();
    expect(document.querySelector('#pool-menu')?.textContent).toContain('market');
  });
});

describe('the account’s menu', () => {
  it('signs out, and leads to the sign-in', async () => {
    const asked = server();
    const page = await openConsole(GROUPS, asked);
    await page.press('Sign out');
    expect(asked.role).toBeUndefined();
    expect(page.url).toBe('/sign-in');
  });

  it('says why somebody could not be signed out', async () => {
    const page = await openConsole(GROUPS, server().failNext('DELETE session', 'X', 'Not now.'));
    await page.press('Sign out');
    expect(await page.toasts()).toEqual(['Not now.']);
    expect(page.url).toBe(GROUPS);
  });

  it('turns the colours, and remembers them', async () => {
    const page = await openConsole(GROUPS, server());
    await page.press('Dark');
    expect(await (await page.button('Dark')).isPressed()).toBe(true);
    expect(JSON.stringify({ ...localStorage })).toContain('dark');
  });
});

describe('shortcuts', () => {
  it('lead to pages by two letters', async () => {
    const page = await openConsole(GROUPS, server());
    await key(page, 'g');
    await key(page, 'u');
    expect(page.url).toBe(`/p/${SHOP.Id}/users`);
    await key(page, 'g');
    await key(page, 'p');
    expect(page.url).toBe('');
  });

  it('do nothing while somebody types', async () => {
    const page = await openConsole(`/p/${SHOP.Id}/users`, server());
    document.querySelector<HTMLElement>('[data-search]')?.focus();
    await key(page, '?');
    expect(await page.dialog()).toBeUndefined();
  });

  it('are listed, and can be turned off', async () => {
    const page = await openConsole(GROUPS, server());
    await key(page, '?');
    expect(await page.heading()).toBe('Shortcuts');
    await page.press('Close');
    await page.press(/^Keyboard shortcuts/);
    await key(page, 'g');
    await key(page, 'u');
    expect(page.url).toBe(GROUPS);
  });

  it('bring the focus to the search', async () => {
    const page = await openConsole(`/p/${SHOP.Id}/users`, server());
    await key(page, '/');
    expect(document.activeElement?.hasAttribute('data-search')).toBe(true);
  });
});

describe('the command palette', () => {
  const input = () => document.querySelector<HTMLInputElement>('pc-command-palette input');
  const shown = () =>
    [...document.querySelectorAll('pc-command-palette [role=option]')].map((one) =>
      (one.textContent ?? '').replace(/\s+/g, ' ').trim(),
    );

  async function open(asked = server()) {
    const page = await openConsole(GROUPS, asked);
    await key(page, 'k', { ctrlKey: true });
    return page;
  }

  async function type(page: ConsolePage, text: string) {
    const field = input();
    if (field === null) throw new Error('the palette is not open');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await page.rest();
  }

  it('finds pages, groups and app clients by their names', async () => {
    const page = await open();
    await type(page, 'audit');
    expect(shown()[0]).toContain('Audit');
    await type(page, 'staff');
    expect(shown()).toEqual([expect.stringContaining('Group')]);
    await type(page, 'web');
    expect(shown()).toEqual([expect.stringContaining('App client')]);
  });

  it('leads to what is chosen with the arrow keys', async () => {
    const page = await open();
    await type(page, 'staff');
    input()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
    input()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await vi.waitFor(() => expect(page.url).toBe(`${GROUPS}/staff`));
    expect(input()).toBeNull();
  });

  it('leads to what is pressed', async () => {
    const page = await open();
    await type(page, 'settings');
    document.querySelector<HTMLElement>('pc-command-palette [role=option]')?.click();
    await vi.waitFor(() => expect(page.url).toBe(`/p/${SHOP.Id}/settings`));
  });

  it('finds users at the server, once nobody types any more', async () => {
    const asked = server().on('ListUsers', {
      Users: [{ Username: 'mara', Attributes: [{ Name: 'sub', Value: 'sub-of-mara' }] }],
    });
    const page = await open(asked);
    await type(page, 'mara');
    await vi.waitFor(() => expect(shown().join()).toContain('mara'));
    expect(JSON.stringify(asked.inputs('ListUsers'))).toContain('mara');
  });

  it('says that nothing is called so', async () => {
    const page = await open();
    await type(page, 'zzz');
    await vi.waitFor(() =>
      expect(document.querySelector('pc-command-palette')?.textContent).toContain(
        'Nothing is called that.',
      ),
    );
  });

  it('is closed by Esc and by its own keys', async () => {
    const page = await open();
    await key(page, 'k', { ctrlKey: true });
    expect(input()).toBeNull();
  });
});
