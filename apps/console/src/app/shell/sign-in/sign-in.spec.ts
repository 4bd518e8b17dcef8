import type { FakeServer } from '../../../testing/fake-server';
import { openConsole } from '../../../testing/open-console';
import { SHOP, shopServer } from '../../../testing/shop';

const NEW_PASSWORD = 'a few words of mine';

/** A server that nobody is signed in to, and whose only owner is Olga. */
function closedServer(): FakeServer {
  const server = shopServer();
  server.role = undefined;
  server.signIns.accounts.set('olga', { password: 'secret', role: 'owner' });
  return server;
}

describe('signing in', () => {
  it('leads to where somebody wanted to go', async () => {
    const page = await openConsole(`/p/${SHOP.Id}/groups`, closedServer().on('ListGroups', {}));
    expect(page.url).toBe(`/sign-in?to=${encodeURIComponent(`/p/${SHOP.Id}/groups`)}`);
    await page.type('User name or email', ' olga ');
    await page.type('Password', 'secret');
    await page.press('Sign in');
    expect([page.url, await page.heading()]).toEqual([`/p/${SHOP.Id}/groups`, 'Groups']);
  });

  it('forgets the tokens once there is a session', async () => {
    const server = closedServer();
    const page = await openConsole('/sign-in', server);
    await page.type('User name or email', 'olga');
    await page.type('Password', 'secret');
    await page.press('Sign in');
    expect(server.signIns.opened).toBe(0);
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example'])(
    'leads to no other site: %s',
    async (to) => {
      const page = await openConsole(`/sign-in?to=${encodeURIComponent(to)}`, closedServer());
      await page.type('User name or email', 'olga');
      await page.type('Password', 'secret');
      await page.press('Sign in');
      expect(page.url).toBe('');
    },
  );

  it('asks for what is missing', async () => {
    const page = await openConsole('/sign-in', closedServer());
    await page.press('Sign in');
    expect(await page.problem('User name or email')).toBe('Enter your user name or email.');
    expect(await page.problem('Password')).toBe('Enter your password.');
  });

  it('says that name or password is wrong, and keeps what was typed', async () => {
    const page = await openConsole('/sign-in', closedServer());
    await page.type('User name or email', 'olga');
    await page.type('Password', 'wrong');
    await page.press('Sign in');
    await vi.waitFor(async () => expect(await page.notices()).toHaveLength(1));
    expect(await page.value('User name or email')).toBe('olga');
    expect(page.url).toBe('/sign-in');
  });

  it('says what keeps somebody without a role out', async () => {
    const server = closedServer().failNext('POST session', 'Forbidden', 'You have no role here.');
    const page = await openConsole('/sign-in', server);
    await page.type('User name or email', 'olga');
    await page.type('Password', 'secret');
    await page.press('Sign in');
    expect(await page.notices()).toEqual(['You have no role here.']);
  });

  it('asks for a password of one’s own after a temporary one', async () => {
    const server = closedServer();
    server.signIns.accounts.set('jun', { password: 'first', role: 'viewer', isTemporary: true });
    const page = await openConsole('/sign-in', server);
    await page.type('User name or email', 'jun');
    await page.type('Password', 'first');
    await page.press('Sign in');
    expect(await page.text()).toContain('Choose your password');
    await page.type('New password', NEW_PASSWORD);
    await page.press('Save and continue');
    expect([page.url, server.role]).toEqual(['', 'viewer']);
  });

  it('says that nobody owns the server yet', async () => {
    const server = closedServer();
    server.config = { ...server.config, needsSetUp: true };
    const page = await openConsole('/sign-in', server);
    expect((await page.notices())[0]).toContain('Nobody owns this server yet.');
  });
});

describe('a session that ends while somebody is at work', () => {
  it('is begun anew over the page, which goes on where it was', async () => {
    const server = closedServer();
    server.role = 'owner';
    server.on('ListGroups', { Groups: [{ GroupName: 'staff' }] });
    const page = await openConsole(`/p/${SHOP.Id}/clients`, server.on('ListUserPoolClients', {}));
    server.failNext('ListGroups', 'SignedOut', 'You are signed out.');
    await page.go(`/p/${SHOP.Id}/groups`);
    expect(await page.heading()).toBe('You are signed out');
    await page.type('Password', 'secret');
    await page.press('Sign in');
    expect(await page.dialog()).toBeUndefined();
    expect(await (await page.table()).row('staff')).toBeDefined();
  });
});

describe('setting up', () => {
  const LINK = '/console/set-up?token=printed';
  afterEach(() => history.replaceState(null, '', '/'));

  async function open(server: FakeServer) {
    history.replaceState(null, '', LINK);
    return openConsole('/set-up', server);
  }

  function newServer(): FakeServer {
    const server = closedServer();
    return server.at('POST set-up', ({ username, password }: Record<string, string>) => {
      server.signIns.accounts.set(username ?? '', { password: password ?? '', role: 'owner' });
      return {};
    });
  }

  it('makes the first account, and signs it in', async () => {
    const server = newServer();
    const page = await open(server);
    expect(location.search).toBe('');
    await page.type('User name', 'mara');
    await page.type('Email', 'mara@example.com');
    await page.type('Password', NEW_PASSWORD);
    await page.press('Create account and sign in');
    expect(server.inputs('POST set-up')).toEqual([
      { token: 'printed', username: 'mara', email: 'mara@example.com', password: NEW_PASSWORD },
    ]);
    expect(page.url).toBe('');
  });

  it('says at each field what is wrong', async () => {
    const server = newServer();
    const page = await open(server);
    await page.press('Create account and sign in');
    expect(await page.problem('User name')).toBe(
      'A user name must not have spaces or be an email address.',
    );
    expect(await page.problem('Email')).toBe('Enter an email address, such as mara@example.com.');
    expect(await page.problem('Password')).toBe('The password does not meet the rules below yet.');
    expect(server.inputs('POST set-up')).toEqual([]);
  });

  it('shows the rules being met as one types', async () => {
    const page = await open(newServer());
    await page.type('User name', 'mara');
    await page.type('Password', 'short');
    expect(await page.unmetRules()).toEqual(['At least 15 characters']);
    await page.type('Password', NEW_PASSWORD);
    expect(await page.unmetRules()).toEqual([]);
  });

  it('says why the server refuses, and keeps the form', async () => {
    const page = await open(newServer().failNext('POST set-up', 'Gone', 'The link was used.'));
    await page.type('User name', 'mara');
    await page.type('Email', 'mara@example.com');
    await page.type('Password', NEW_PASSWORD);
    await page.press('Create account and sign in');
    expect(await page.notices()).toEqual(['The link was used.']);
    expect(await page.value('User name')).toBe('mara');
  });

  it('does nothing without the link', async () => {
    const page = await openConsole('/set-up', newServer());
    expect(await page.notices()).toEqual([
      'This page needs the link that the server printed when it started.',
    ]);
    await page.press('Sign in');
    expect(page.url).toBe('/sign-in');
  });
});
