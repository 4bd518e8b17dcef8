import { newAuth, newClientId } from '../testing/new-auth';
import { lost, PoolDouble, refuse, tokensFor } from '../testing/pool-double';
import { leaseLock } from './tab-lock';
import { memoryStorage, type TokenStorage } from '../storage/token-storage';

const CREDENTIALS = { username: 'ann', password: 'x' };
/** Seconds: less than the minute in which the kit renews, so the first use renews. */
const NEARLY_OVER = 30;
const OVER = -1;

function poolOf(life: number): PoolDouble {
  return new PoolDouble({
    InitiateAuth: () => ({ AuthenticationResult: tokensFor({ life }) }),
    GetTokensFromRefreshToken: () => ({
      AuthenticationResult: { ...tokensFor(), RefreshToken: undefined },
    }),
    RevokeToken: () => ({}),
  });
}

/** Locks as a browser has them, for all tabs of this test. Nobody asks for one name in both modes. */
function browserLocks() {
  const last = new Map<string, Promise<unknown>>();
  const held: { name: string }[] = [];
  return {
    query: () => Promise.resolve({ held }),
    request(name: string, ...rest: (object | (() => unknown))[]): Promise<unknown> {
      const isShared = rest.length === 2;
      const work = rest.at(-1) as () => unknown;
      const run = async () => {
        const lock = { name };
        held.push(lock);
        try {
          return await work();
        } finally {
          held.splice(held.indexOf(lock), 1);
        }
      };
      const turn = isShared ? run() : (last.get(name) ?? Promise.resolve()).then(run);
      last.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
}

/** What two processes see of one storage: what the other one writes is seen with the n-th look. */
function laggingStorages(looks: number): [TokenStorage, TokenStorage] {
  const views = [new Map<string, string>(), new Map<string, string>()] as const;
  const late: { looks: number; see: () => void }[][] = [[], []];
  const storage = (own: 0 | 1): TokenStorage => {
    const write = (change: (view: Map<string, string>) => void) => {
      change(views[own]);
      late[1 - own]!.push({ looks, see: () => change(views[1 - own]!) });
    };
    return {
      get(key) {
        for (const change of late[own]!) if ((change.looks -= 1) === 0) change.see();
        return views[own].get(key) ?? null;
      },
      set: (key, value) => write((view) => view.set(key, value)),
      remove: (key) => write((view) => view.delete(key)),
    };
  };
  return [storage(0), storage(1)];
}

describe('tokens', () => {
  const closers: (() => void)[] = [];
  const tab = (pool: PoolDouble, config: Parameters<typeof newAuth>[1] = {}) => {
    const { auth, close } = newAuth(pool, config);
    closers.push(close);
    return auth;
  };
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    vi.unstubAllGlobals();
  });

  it('are used as they are while they last', async () => {
    const pool = poolOf(3600);
    const auth = tab(pool);
    await auth.signIn(CREDENTIALS);
    expect(await auth.accessToken()).toBe(auth.session()?.accessToken);
    expect(pool.count('GetTokensFromRefreshToken')).toBe(0);
  });

  it('are renewed by one request of ten who ask at once', async () => {
    const pool = poolOf(NEARLY_OVER);
    const auth = tab(pool);
    await auth.signIn(CREDENTIALS);
    const stale = auth.session()?.accessToken;
    const user = auth.user();
    const got = await Promise.all(Array.from({ length: 10 }, () => auth.accessToken()));
    expect(pool.count('GetTokensFromRefreshToken')).toBe(1);
    expect(new Set(got).size).toBe(1);
    expect(got[0]).not.toBe(stale);
    // Whoever shows the person need not draw anew.
    expect(auth.user()).toBe(user);
    expect(auth.status()).toBe('signed-in');
  });

  for (const locks of ['the lock of the browser', 'a lease in the storage'] as const) {
    it(`are renewed by one request of two tabs, with ${locks}`, async () => {
      vi.stubGlobal(
        'navigator',
        locks === 'the lock of the browser' ? { locks: browserLocks() } : {},
      );
      const pool = poolOf(NEARLY_OVER);
      const config = { clientId: newClientId() };
      const first = tab(pool, config);
      await first.signIn(CREDENTIALS);
      const second = tab(pool, config);
      await second.ready();
      expect(second.status()).toBe('signed-in');
      const got = await Promise.all(
        Array.from({ length: 10 }, (_, index) => (index % 2 ? first : second).accessToken()),
      );
      expect(new Set(got).size).toBe(1);
      expect(pool.count('GetTokensFromRefreshToken')).toBe(1);
      expect(Object.keys({ ...localStorage }).filter((key) => key.includes('refresh'))).toEqual([]);
    });
  }

  it('are renewed by one request, also where what another tab stores is seen late', async () => {
    vi.stubGlobal('navigator', { locks: browserLocks() });
    const pool = poolOf(NEARLY_OVER);
    const clientId = newClientId();
    const looks = 4;
    const [one, other] = laggingStorages(looks);
    const first = tab(pool, { clientId, storage: one });
    await first.signIn(CREDENTIALS);
    for (let look = 0; look < looks; look += 1) await other.get('');
    const second = tab(pool, { clientId, storage: other });
    await second.ready();
    const stale = second.session()?.accessToken;
    expect(stale).toBe(first.session()?.accessToken);
    const renewed = await first.accessToken();
    expect(await second.refresh(stale)).toMatchObject({ accessToken: renewed });
    expect(pool.count('GetTokensFromRefreshToken')).toBe(1);
    // A tab that has gone on meanwhile is no reason to wait.
    await second.refresh(renewed!);
    expect(pool.count('GetTokensFromRefreshToken')).toBe(2);
  });

  it('go in one tab also when the news comes before what was stored', async () => {
    const pool = poolOf(3600);
    const clientId = newClientId();
    const looks = 4;
    const [one, other] = laggingStorages(looks);
    const first = tab(pool, { clientId, storage: one });
    await first.signIn(CREDENTIALS);
    for (let look = 0; look < looks; look += 1) await other.get('');
    const second = tab(pool, { clientId, storage: other });
    await second.ready();
    const line = new BroadcastChannel(`poolhouse.${clientId}`);
    const news = new Promise((heard) => (line.onmessage = heard));
    await first.signOut();
    await news;
    line.close();
    // What browsers do in the other tabs, once these can see it.
    while ((await other.get(`poolhouse.${clientId}`)) !== null);
    expect(second.status()).toBe('signed-in');
    globalThis.dispatchEvent(new StorageEvent('storage', { key: `poolhouse.${clientId}` }));
    await vi.waitUntil(() => second.status() === 'signed-out');
    expect([first.ended(), second.ended()]).toEqual(['signed-out', 'in-another-tab']);
    await first.signIn(CREDENTIALS);
    expect(first.ended()).toBeNull();
  });

  it('keep the refresh token, or take the new one where pools rotate it', async () => {
    const pool = poolOf(NEARLY_OVER);
    const sent: string[] = [];
    let next = '';
    pool.answer({
      GetTokensFromRefreshToken: ({ RefreshToken }) => {
        sent.push(RefreshToken);
        return {
          AuthenticationResult: {
            ...tokensFor({ life: NEARLY_OVER }),
            RefreshToken: next || undefined,
          },
        };
      },
    });
    const auth = tab(pool);
    await auth.signIn(CREDENTIALS);
    await auth.accessToken();
    next = 'rotated';
    await auth.accessToken();
    await auth.accessToken();
    expect(sent[1]).toBe(sent[0]);
    expect(sent[2]).toBe('rotated');
  });

  for (const name of [
    'NotAuthorizedException',
    'TokenRevokedException',
    'UserNotFoundException',
    'PasswordResetRequiredException',
    'UserNotConfirmedException',
    'RefreshTokenReuseException',
  ]) {
    it(`end the session when a refresh is refused with ${name}`, async () => {
      const pool = poolOf(NEARLY_OVER);
      const auth = tab(pool);
      await auth.signIn(CREDENTIALS);
      pool.answer({ GetTokensFromRefreshToken: () => refuse('GetTokensFromRefreshToken', name) });
      expect(await auth.accessToken()).toBeNull();
      expect(auth.status()).toBe('signed-out');
    });
  }

  for (const [name, fail] of [
    ['no connection', () => lost('GetTokensFromRefreshToken')],
    [
      'a broken server',
      () => refuse('GetTokensFromRefreshToken', 'InternalErrorException', '', 500),
    ],
    ['too many requests', () => refuse('GetTokensFromRefreshToken', 'TooManyRequestsException')],
  ] as const) {
    it(`survive ${name}`, async () => {
      const pool = poolOf(NEARLY_OVER);
      const auth = tab(pool);
      await auth.signIn(CREDENTIALS);
      pool.answer({ GetTokensFromRefreshToken: fail });
      // What is left of the old one still works.
      expect(await auth.accessToken()).toBe(auth.session()?.accessToken);
      expect(auth.status()).toBe('signed-in');
    });
  }

  it('that are over are not handed out, and the session waits for the server', async () => {
    const pool = poolOf(OVER);
    const config = { clientId: newClientId() };
    await tab(pool, config).signIn(CREDENTIALS);
    pool.answer({ GetTokensFromRefreshToken: () => lost('GetTokensFromRefreshToken') });
    const auth = tab(pool, config);
    await auth.ready();
    expect(auth.status()).toBe('signed-in');
    await expect(auth.accessToken()).rejects.toMatchObject({ code: 'network' });
    pool.answer({ GetTokensFromRefreshToken: () => ({ AuthenticationResult: tokensFor() }) });
    expect(await auth.accessToken()).toBe(auth.session()?.accessToken);
  });

  it('that are over at the start are renewed before anything is shown', async () => {
    const pool = poolOf(OVER);
    const config = { clientId: newClientId() };
    await tab(pool, config).signIn(CREDENTIALS);
    pool.answer({
      GetTokensFromRefreshToken: () =>
        refuse('GetTokensFromRefreshToken', 'NotAuthorizedException'),
    });
    const auth = tab(pool, config);
    expect(auth.status()).toBe('unknown');
    await auth.ready();
    expect(auth.status()).toBe('signed-out');
  });

  it('that come after a sign-out are thrown away', async () => {
    const pool = poolOf(NEARLY_OVER);
    const auth = tab(pool);
    await auth.signIn(CREDENTIALS);
    let resolve = (): void => undefined;
    const promise = new Promise<void>((done) => (resolve = done));
    pool.answer({
      GetTokensFromRefreshToken: async () => {
        await promise;
        return { AuthenticationResult: tokensFor() };
      },
    });
    const token = auth.accessToken();
    await vi.waitUntil(() => pool.count('GetTokensFromRefreshToken') === 1);
    await auth.signOut();
    resolve();
    expect(await token).toBeNull();
    expect(auth.status()).toBe('signed-out');
  });

  it('go in one tab when another signs out, and come when it signs in', async () => {
    const pool = poolOf(3600);
    const config = { clientId: newClientId() };
    const [first, second] = [tab(pool, config), tab(pool, config)];
    await Promise.all([first.ready(), second.ready()]);
    await first.signIn(CREDENTIALS);
    await vi.waitUntil(() => second.status() === 'signed-in');
    expect(second.user()?.username).toBe('ann');
    await second.signOut();
    await vi.waitUntil(() => first.status() === 'signed-out');
    expect(await first.accessToken()).toBeNull();
    expect(pool.count('RevokeToken')).toBe(1);
  });

  it('of tabs with storages of their own go when the same person signs out', async () => {
    const config = { clientId: newClientId(), storage: 'memory' as const };
    const pool = poolOf(3600);
    const tabs = [tab(pool, config), tab(pool, config), tab(pool, config)];
    await tabs[0]!.signIn(CREDENTIALS);
    await tabs[1]!.signIn(CREDENTIALS);
    pool.answer({ InitiateAuth: () => ({ AuthenticationResult: tokensFor({ username: 'ben' }) }) });
    await tabs[2]!.signIn(CREDENTIALS);
    await tabs[0]!.signOut();
    await vi.waitUntil(() => tabs[1]!.status() === 'signed-out');
    expect(tabs[2]!.status()).toBe('signed-in');
  });

  it('go in all tabs without BroadcastChannel too', async () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    const pool = poolOf(3600);
    const config = { clientId: newClientId() };
    const [first, second] = [tab(pool, config), tab(pool, config)];
    await first.signIn(CREDENTIALS);
    await second.ready();
    await first.signOut();
    // What browsers do in the other tabs.
    globalThis.dispatchEvent(new StorageEvent('storage', { key: `poolhouse.${config.clientId}` }));
    await vi.waitUntil(() => second.status() === 'signed-out');
  });

  it('never go through the channel between tabs', async () => {
    const posted: string[] = [];
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        postMessage(data: unknown): void {
          posted.push(JSON.stringify(data));
        }
        close(): void {}
      },
    );
    const pool = poolOf(NEARLY_OVER);
    const auth = tab(pool);
    await auth.signIn(CREDENTIALS);
    await auth.accessToken();
    await auth.signOut();
    expect(posted).toEqual([
      '{"kind":"changed"}',
      '{"kind":"changed"}',
      '{"kind":"signed-out","sub":"sub-ann"}',
    ]);
  });
});

describe('leaseLock', () => {
  it('lets one of many in at a time, and goes on after one that never came back', async () => {
    let now = 0;
    const storage = memoryStorage();
    const pause = (ms: number) => Promise.resolve((now += ms));
    const lock = leaseLock('lease', storage, pause, () => now);
    let [inside, most] = [0, 0];
    const visit = () =>
      lock(async () => {
        most = Math.max(most, (inside += 1));
        await pause(5);
        inside -= 1;
      });
    await storage.set('lease', 'closed-tab 500');
    await Promise.all([visit(), visit(), visit()]);
    expect(most).toBe(1);
    expect(now).toBeGreaterThan(500);
    expect(await storage.get('lease')).toBeNull();
  });
});
