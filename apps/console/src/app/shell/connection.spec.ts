import { TestBed } from '@angular/core/testing';
import { Connection } from '../api/connection';
import { Toasts } from '../shared/dialogs/toasts';
import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';

const GROUPS = `/p/${SHOP.Id}/groups`;
const banner = () => document.querySelector('pc-connection-banner')?.textContent?.trim() ?? '';
const server = () => shopServer().on('ListGroups', { Groups: [{ GroupName: 'staff' }] });

describe('a server that does not answer', () => {
  it('is told of above the page, which stays as it is', async () => {
    const page = await openConsole(GROUPS, server());
    expect(banner()).toBe('');
    TestBed.inject(Connection).failed();
    await page.rest();
    expect(banner()).toContain('The server does not answer.');
    expect(await page.hasTable()).toBe(true);
  });

  it('is looked for when somebody asks, and greeted when it is back', async () => {
    const asked = server();
    const page = await openConsole(GROUPS, asked);
    const connection = TestBed.inject(Connection);
    connection.failed();
    await page.rest();
    asked.at('GET session', () => {
      connection.answered();
      return asked.session();
    });
    await page.press('Try again');
    expect(banner()).toBe('');
    expect(await page.toasts()).toEqual(['The server answers again.']);
  });

  it('is looked for as soon as the browser is online again', async () => {
    const asked = server();
    const page = await openConsole(GROUPS, asked);
    const before = asked.inputs('GET session').length;
    window.dispatchEvent(new Event('online'));
    await page.rest();
    expect(asked.inputs('GET session')).toHaveLength(before + 1);
  });

  it('gives what failed meanwhile once it is back, without anybody asking', async () => {
    const asked = server().failNext('ListGroups', 'Unreachable', 'The server does not answer.');
    const page = await openConsole(GROUPS, asked);
    const connection = TestBed.inject(Connection);
    connection.failed();
    await page.rest();
    expect((await page.notices()).join()).toContain('It will load as soon as the server answers.');
    connection.answered();
    await page.rest();
    expect(await page.hasTable()).toBe(true);
  });
});

describe('a console that cannot be opened', () => {
  it('says why, and opens when it is tried again', async () => {
    const asked = server().failNext('GET session', 'Unavailable', 'Not now.');
    const page = await openConsole('/', asked);
    expect(await page.heading()).toBe('The console did not open');
    expect((await page.notices())[0]).toContain('Not now.');
    await page.press('Try again');
    await vi.waitFor(async () => expect(await page.heading()).toBe('User pools'));
  });
});

describe('titles of the window', () => {
  it('name record, page, pool and product', async () => {
    const asked = server()
      .on('GetGroup', { Group: { GroupName: 'staff' } })
      .on('ListUsersInGroup', {});
    const page = await openConsole(`${GROUPS}/staff`, asked);
    expect(document.title).toBe('staff · Groups · shop · Poolhouse');
    await page.go(GROUPS);
    expect(document.title).toBe('Groups · shop · Poolhouse');
    await page.go('/account');
    expect(document.title).toBe('Your account · Poolhouse');
  });
});

describe('short messages', () => {
  const shown = () =>
    TestBed.inject(Toasts)
      .toasts()
      .map(({ text }) => text);
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('go by themselves, later where they can be taken back', () => {
    const toasts = TestBed.inject(Toasts);
    toasts.show('Saved.');
    toasts.show('Removed.', { undo: () => undefined });
    vi.advanceTimersByTime(5_000);
    expect(shown()).toEqual(['Removed.']);
    vi.advanceTimersByTime(5_000);
    expect(shown()).toEqual([]);
  });

  it('are three at the most, the latest', () => {
    for (const text of ['a', 'b', 'c', 'd']) TestBed.inject(Toasts).show(text);
    expect(shown()).toEqual(['b', 'c', 'd']);
  });

  it('stay while somebody points at them', () => {
    const toasts = TestBed.inject(Toasts);
    toasts.show('Saved.');
    const [toast] = toasts.toasts();
    toasts.hold(toast?.id ?? 0);
    vi.advanceTimersByTime(60_000);
    expect(shown()).toEqual(['Saved.']);
    toasts.release(toast?.id ?? 0);
    vi.advanceTimersByTime(3_000);
    expect(shown()).toEqual([]);
  });
});

describe('a message on the page', () => {
  it('is dismissed, and says why something could not be taken back', async () => {
    const page = await openConsole(GROUPS, server());
    const toasts = TestBed.inject(Toasts);
    toasts.show('Removed.', { undo: () => Promise.reject(new Error('Too late.')) });
    await page.pressToast('Undo');
    await page.rest();
    expect(await page.toasts()).toEqual(['Too late.']);
    await page.press('Dismiss');
    expect(await page.toasts()).toEqual([]);
  });
});

describe('the focus', () => {
  const focused = () => document.activeElement?.textContent?.trim();

  it('goes to the heading of a page that is led to', async () => {
    const page = await openConsole(GROUPS, server());
    await page.go('/account');
    await vi.waitFor(() => expect(focused()).toBe('Your account'));
  });

  it('comes back to what opened a dialog', async () => {
    const page = await openConsole(GROUPS, server());
    const button = [...document.querySelectorAll<HTMLElement>('main button')].find(
      (one) => one.textContent?.trim() === 'Create group',
    );
    button?.focus();
    await page.press('Create group');
    await page.press('Cancel');
    expect(focused()).toBe('Create group');
  });

  it('finds a place when what had it is gone', async () => {
    const page = await openConsole(GROUPS, server());
    const [first, second] = ['one', 'two'].map((text) => {
      const button = document.createElement('button');
      button.textContent = text;
      document.querySelector('main')?.append(button);
      return button;
    });
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    first?.focus();
    second?.focus();
    second?.remove();
    await page.rest();
    expect(focused()).toBe('one');
    first?.remove();
    await page.rest();
    expect(document.activeElement?.tagName).toBe('MAIN');
  });
});
