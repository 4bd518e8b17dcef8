import {
  HttpClient,
  HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import type { PoolhouseConfig } from '../config/poolhouse-config';
import { poolhouseInterceptor } from './poolhouse-interceptor';

function setUp(config: Partial<PoolhouseConfig> = {}, groups: string[] | undefined = []) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([poolhouseInterceptor])),
      provideHttpClientTesting(),
      provideFakePoolhouse({ groups }, config),
    ],
  });
  const http = TestBed.inject(HttpClient);
  const server = TestBed.inject(HttpTestingController);
  return {
    fake: TestBed.inject(FakeAuth),
    server,
    get(url: string, headers: Record<string, string> = {}) {
      const answer = firstValueFrom(http.get(url, { headers })).catch((error: unknown) => error);
      return { answer };
    },
    /** The next request that reaches the network. */
    request: (url: string) =>
      vi.waitFor(() => {
        const [found] = server.match((request) => request.url === url);
        if (!found) throw new Error(`no request for ${url}`);
        return found;
      }),
  };
}

const bearer = (request: { request: { headers: { get(name: string): string | null } } }) =>
  request.request.headers.get('Authorization');

describe('poolhouseInterceptor', () => {
  it('sends the token to what is on the list', async () => {
    const { get, request } = setUp();
    const { answer } = get('/api/me');
    const sent = await request('/api/me');
    expect(bearer(sent)).toBe('Bearer access-token-ann-1');
    sent.flush({ ok: true });
    expect(await answer).toEqual({ ok: true });
  });

  it('sends the ID token by choice', async () => {
    const { get, request } = setUp({ attach: 'id' });
    get('/api/me');
    expect(bearer(await request('/api/me'))).toBe('Bearer id-token-ann-1');
  });

  for (const url of [
    'https://elsewhere.example/api/me',
    '//elsewhere.example/api/me',
    '/apis/me',
    '/other',
    '/api/../other',
  ]) {
    it(`sends nothing to ${url}, not even after a refusal`, async () => {
      const { fake, get, request } = setUp();
      const { answer } = get(url);
      const sent = await request(url);
      expect(bearer(sent)).toBeNull();
      sent.flush('no', { status: 401, statusText: 'Unauthorized' });
      expect(await answer).toBeInstanceOf(HttpErrorResponse);
      expect(fake.calls).toEqual([]);
    });
  }

  it('leaves requests alone that bring a header, and those of nobody', async () => {
    const { fake, get, request } = setUp();
    get('/api/mine', { Authorization: 'Basic x' });
    expect(bearer(await request('/api/mine'))).toBe('Basic x');
    await fake.signOut();
    get('/api/me');
    expect(bearer(await request('/api/me'))).toBeNull();
  });

  it('renews a refused token and tries once more', async () => {
    const { fake, get, request } = setUp();
    const { answer } = get('/api/me');
    (await request('/api/me')).flush('no', { status: 401, statusText: 'Unauthorized' });
    const second = await request('/api/me');
    expect(bearer(second)).toBe('Bearer access-token-ann-2');
    second.flush({ ok: true });
    expect(await answer).toEqual({ ok: true });
    expect(fake.calls.filter(({ method }) => method === 'refresh')).toHaveLength(1);
  });

  it('tries no third time', async () => {
    const { get, request, server } = setUp();
    const { answer } = get('/api/me');
    (await request('/api/me')).flush('no', { status: 401, statusText: 'Unauthorized' });
    (await request('/api/me')).flush('no', { status: 401, statusText: 'Unauthorized' });
    expect(((await answer) as HttpErrorResponse).status).toBe(401);
    server.verify();
  });

  it('does not try again what was refused for another reason', async () => {
    const { fake, get, request, server } = setUp();
    const { answer } = get('/api/admin');
    (await request('/api/admin')).flush('no', { status: 403, statusText: 'Forbidden' });
    expect(((await answer) as HttpErrorResponse).status).toBe(403);
    expect(fake.calls.some(({ method }) => method === 'refresh')).toBe(false);
    server.verify();
  });

  it('gives the refusal back when no new token is to be had', async () => {
    const { fake, get, request, server } = setUp();
    fake.failNext('refresh', 'network');
    const { answer } = get('/api/me');
    (await request('/api/me')).flush('no', { status: 401, statusText: 'Unauthorized' });
    expect(((await answer) as HttpErrorResponse).status).toBe(401);
    server.verify();
  });

  it('sends what is public although the token cannot be had, and says why where one is needed', async () => {
    const { fake, get, request, server } = setUp();
    fake.failNext('accessToken', 'network');
    const open = get('/api/public');
    const sent = await request('/api/public');
    expect(bearer(sent)).toBeNull();
    sent.flush({ open: true });
    expect(await open.answer).toEqual({ open: true });

    fake.failNext('accessToken', 'network');
    const closed = get('/api/me');
    (await request('/api/me')).flush('no', { status: 401, statusText: 'Unauthorized' });
    const failure = (await closed.answer) as HttpErrorResponse;
    expect(failure.status).toBe(0);
    expect(failure.error).toMatchObject({ code: 'network' });

    fake.failNext('accessToken', 'network');
    const broken = get('/api/me');
    (await request('/api/me')).flush('no', { status: 500, statusText: 'Broken' });
    expect(((await broken.answer) as HttpErrorResponse).status).toBe(500);
    server.verify();
  });

  it('takes prefixes and patterns of other origins', async () => {
    const { get, request } = setUp({
      attachTokensTo: ['https://api.example.com/v1', /^https:\/\/[a-z]+\.internal\.test\//g],
    });
    const urls: Record<string, boolean> = {
      'https://api.example.com/v1/me': true,
      'https://api.example.com/v2/me': false,
      'https://orders.internal.test/x': true,
      'https://prices.internal.test/x': true,
      '/api/me': false,
    };
    for (const [url, expected] of Object.entries(urls)) {
      get(url);
      expect([url, bearer(await request(url)) !== null]).toEqual([url, expected]);
    }
  });
});
