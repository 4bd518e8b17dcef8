import { PlatformLocation } from '@angular/common';
import { MockPlatformLocation } from '@angular/common/testing';
import { TestBed } from '@angular/core/testing';
import { POOLHOUSE_CONFIG } from '@poolhouse/angular';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { Authenticator } from '../authenticator';
import { confirmationAsker, watchConfirmation } from './confirmation-watch';
import { pageOf } from '../../fields/testing/driven-page';

const CONFIG = {
  userPoolId: 'local_Pool00001',
  clientId: 'web',
  endpoint: 'https://id.example.com/',
};

let visibility: DocumentVisibilityState = 'visible';

/** The person leaves the tab, or comes back to it. */
function turn(to: DocumentVisibilityState) {
  visibility = to;
  document.dispatchEvent(new Event('visibilitychange'));
}

function answers(status: number, body: unknown = {}) {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched as unknown as ReturnType<typeof vi.fn<typeof fetch>>;
}

beforeEach(() => {
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe('the pool is asked', () => {
  it('at its own address, without anything that tells who asks', async () => {
    const fetched = answers(200, { confirmed: false });
    expect(await confirmationAsker(CONFIG, true)?.('sealed')).toBe('waiting');
    const [url, { method, body, credentials } = {}] = fetched.mock.calls[0] ?? [];
    expect([url, method, body, credentials]).toEqual([
      'https://id.example.com/local_Pool00001/clients/web/confirmation',
      'POST',
      '{"session":"sealed"}',
      'omit',
    ]);
  });

  it('and its answer is read; what does not know the question is not asked again', async () => {
    const ask = confirmationAsker(CONFIG, true);
    answers(200, { confirmed: true });
    expect(await ask?.('x')).toBe('confirmed');
    for (const [status, body] of [
      [404, { message: 'Not Found' }],
      [200, {}],
      [200, null],
      [400, { confirmed: 'yes' }],
    ] as const) {
      answers(status, body);
      expect(await ask?.('x')).toBe('never');
    }
    for (const status of [429, 500, 503]) {
      answers(status);
      await expect(ask?.('x')).rejects.toThrow();
    }
  });

  it('nowhere but at Poolhouse, and not by a server', () => {
    expect(confirmationAsker({ ...CONFIG, endpoint: undefined }, true)).toBeNull();
    expect(confirmationAsker({ ...CONFIG, endpoint: '' }, true)).toBeNull();
    expect(confirmationAsker(CONFIG, false)).toBeNull();
  });
});

describe('a page that waits', () => {
  it('asks ever less often, while it is seen, and at once when it is seen again', async () => {
    vi.useFakeTimers();
    const ask = vi.fn(async () => 'waiting' as const);
    const stop = watchConfirmation(document, ask, () => undefined);
    const askedIn = async (ms: number) => {
      ask.mockClear();
      await vi.advanceTimersByTimeAsync(ms);
      return ask.mock.calls.length;
    };
    expect(await askedIn(60_000)).toBe(6);
    expect(await askedIn(300_000)).toBe(10);
    turn('hidden');
    expect(await askedIn(3_600_000)).toBe(0);
    turn('visible');
    expect(await askedIn(2_000)).toBe(1);
    turn('hidden');
    stop();
    turn('visible');
    expect(await askedIn(3_600_000)).toBe(0);
  });

  it('goes on asking through trouble, and stops for good where it is told nothing', async () => {
    vi.useFakeTimers();
    const ask = vi.fn<() => Promise<'waiting' | 'never'>>(async () => {
      throw new TypeError('no connection');
    });
    watchConfirmation(document, ask, () => undefined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(6);
    ask.mockResolvedValue('never');
    await vi.advanceTimersByTimeAsync(3_600_000);
    turn('visible');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(ask).toHaveBeenCalledTimes(7);
  });
});

describe('the screen "Check your mail"', () => {
  async function open(endpoint = CONFIG.endpoint, location = new MockPlatformLocation()) {
    TestBed.resetTestingModule();
    document.body.replaceChildren();
    TestBed.configureTestingModule({
      providers: [
        provideFakePoolhouse(),
        { provide: PlatformLocation, useValue: location },
        { provide: POOLHOUSE_CONFIG, useValue: { ...CONFIG, endpoint } },
      ],
    });
    const auth = TestBed.inject(FakeAuth);
    const signUp = auth.signUp.bind(auth);
    auth.signUp = async (input) => ({
      ...(await signUp(input)),
      verification: 'link',
      session: 'sealed',
    });
    const fixture = TestBed.createComponent(Authenticator);
    document.body.append(fixture.nativeElement);
    await fixture.whenStable();
    return { auth, fixture, location, page: pageOf(fixture) };
  }

  async function signUp({ page }: Awaited<ReturnType<typeof open>>) {
    await page.press('Create an account');
    await page.type('User name', 'mara');
    await page.type('Email address', 'mara@example.com');
    await page.type('Password', 'Abcdef1!');
    await page.press('Create account');
    expect(page.title()).toBe('Check your mail');
  }

  it('goes on to be signed in once the link was opened elsewhere', async () => {
    answers(404);
    const opened = await open();
    await signUp(opened);
    await opened.auth.confirmSignUp('mara', '123456');
    answers(200, { confirmed: true });
    turn('visible');
    await vi.waitFor(() => expect(opened.page.title()).toBe('You are signed in'));
  });

  it('after a reload asks for the password, in a polite word', async () => {
    answers(404);
    const before = await open();
    await signUp(before);
    const { page } = await open(CONFIG.endpoint, before.location);
    expect(page.title()).toBe('Check your mail');
    const fetched = answers(200, { confirmed: true });
    turn('visible');
    await vi.waitFor(() => expect(page.title()).toBe('Sign in'));
    expect(fetched.mock.calls.at(-1)?.[1]?.body).toBe('{"session":"sealed"}');
    await vi.waitFor(() =>
      expect(page.said('status')).toBe('Your account is confirmed. You can sign in now.'),
    );
    expect(page.field('User name').value).toBe('mara');
  });

  it('keeps its button, which is all there is at Amazon Cognito', async () => {
    const fetched = answers(500);
    const opened = await open('');
    await signUp(opened);
    turn('visible');
    await opened.fixture.whenStable();
    expect(fetched).not.toHaveBeenCalled();
    expect(opened.page.button('I have confirmed it, sign me in')).toBeTruthy();
  });

  it('asks no more once the person has left it', async () => {
    answers(404);
    const opened = await open();
    await signUp(opened);
    const fetched = answers(200, { confirmed: true });
    await opened.page.press('Back to sign in');
    turn('visible');
    await opened.fixture.whenStable();
    expect(fetched).not.toHaveBeenCalled();
    expect(opened.page.title()).toBe('Sign in');
  });
});
