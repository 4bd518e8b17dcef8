import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';

const SERVERS = `/p/${SHOP.Id}/resource-servers`;
const orders = {
  ...{ UserPoolId: SHOP.Id, Identifier: 'https://orders.example', Name: 'Orders' },
  Scopes: [
    { ScopeName: 'read', ScopeDescription: 'Reads orders' },
    { ScopeName: 'write', ScopeDescription: 'Changes orders' },
  ],
};

const server = (role: Parameters<typeof shopServer>[0] = 'owner') =>
  shopServer(role)
    .on('ListResourceServers', { ResourceServers: [orders] })
    .on('CreateResourceServer', { ResourceServer: orders })
    .on('UpdateResourceServer', { ResourceServer: orders })
    .on('DeleteResourceServer', {});

describe('the list of resource servers', () => {
  it('shows each with its scopes', async () => {
    const page = await openConsole(SERVERS, server());
    const [row] = await (await page.table()).rows();
    expect(row?.slice(0, 2)).toEqual([
      expect.stringMatching(/Orders.*https:\/\/orders\.example/),
      'read, write',
    ]);
  });

  it('holds the place, and says that there are none', async () => {
    const empty = server().on('ListResourceServers', { ResourceServers: [] });
    const release = empty.hold('ListResourceServers');
    const page = await openConsole(SERVERS, empty);
    expect(await page.isLoading()).toBe(true);
    release();
    expect(await page.empty()).toBe('No API is known to this pool yet');
  });

  it('tells what failed, and tries again', async () => {
    const page = await openConsole(SERVERS, server().failNext('ListResourceServers'));
    await page.press('Try again');
    expect(await page.hasTable()).toBe(true);
  });

  it('makes one with its scopes, after it has said what is missing', async () => {
    const asked = server();
    const page = await openConsole(SERVERS, asked);
    await page.press('Create resource server');
    await page.press('Add a scope');
    await page.press('Create resource server');
    expect([
      await page.problem('Name'),
      await page.problem('Identifier'),
      await page.problem('Scope 1'),
      await page.problem('What it permits 1'),
    ]).toEqual([
      'Enter a name.',
      'Enter an identifier.',
      'Enter the name of the scope, or remove it.',
      'Say what the scope permits.',
    ]);
    expect(asked.writes).toEqual([]);
    await page.type('Name', ' Orders ');
    await page.type('Identifier', ' api ');
    await page.type('Scope 1', 'a/b');
    expect(await page.problem('Scope 1')).toContain('without spaces, slashes');
    await page.type('Scope 1', 'read');
    await page.type('What it permits 1', 'Reads');
    await page.press('Create resource server');
    expect(asked.inputs('CreateResourceServer')).toEqual([
      {
        ...{ UserPoolId: SHOP.Id, Identifier: 'api', Name: 'Orders' },
        Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }],
      },
    ]);
    expect([await page.dialog(), await page.toasts()]).toEqual([
      undefined,
      ['Resource server Orders is created.'],
    ]);
    expect(asked.inputs('ListResourceServers')).toHaveLength(2);
  });

  it('keeps what the server refuses', async () => {
    const asked = server().failNext('UpdateResourceServer', 'X', 'Not now.');
    const page = await openConsole(SERVERS, asked);
    await page.press('Edit Orders');
    await page.press('Remove read');
    await page.press('Save changes');
    expect(await page.notices()).toEqual(['Not now.']);
    await page.press('Save changes');
    expect(asked.inputs('UpdateResourceServer')[1]).toEqual({
      ...orders,
      Scopes: orders.Scopes.slice(1),
    });
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it('deletes one, after it has said what that means', async () => {
    const asked = server();
    const page = await openConsole(SERVERS, asked);
    await page.press('Delete Orders');
    expect(await (await page.dialog())?.text()).toContain('App clients that name one keep it');
    await page.press('Delete resource server');
    expect(asked.inputs('DeleteResourceServer')).toEqual([
      { UserPoolId: SHOP.Id, Identifier: 'https://orders.example' },
    ]);
    expect(await page.toasts()).toEqual(['Resource server Orders is deleted.']);
  });

  it('can be looked at, and not changed, by operators', async () => {
    const page = await openConsole(SERVERS, server('operator'));
    for (const name of ['Create resource server', 'Edit Orders', 'Delete Orders']) {
      expect(await (await page.button(name)).isOff()).toBe(true);
    }
  });
});
