import { TestBed } from '@angular/core/testing';
import { ConsoleApi } from './console-api';
import { Sessions } from './session';
import { answer, fakeFetch, OLGA, refusal } from './testing/fake-fetch';

const UserPoolId = 'eu-west-1_abcdefghi';

async function signedIn() {
  fakeFetch(answer(OLGA));
  const sessions = TestBed.inject(Sessions);
  await sessions.load();
  return { sessions, api: TestBed.inject(ConsoleApi) };
}

afterEach(() => vi.unstubAllGlobals());

describe('a call of an operation', () => {
  it('goes to the region that the pool’s id begins with, with the session’s token', async () => {
    const { api } = await signedIn();
    const sent = fakeFetch(answer({ Users: [] }));
    expect(await api.call('ListUsers', { UserPoolId })).toEqual({ Users: [] });
    expect(sent).toEqual([
      {
        method: 'POST',
        url: '/console/api/operations/ListUsers',
        headers: { 'content-type': 'application/json', 'x-poolhouse-csrf': 'first' },
        body: { region: 'eu-west-1', input: { UserPoolId } },
      },
    ]);
  });

  it('goes to the chosen region where the input names no pool, or to the one it is given', async () => {
    const { api } = await signedIn();
    const sent = fakeFetch(answer({}), answer({}));
    await api.call('ListUserPools', { MaxResults: 1 });
    await api.call('ListUserPools', { MaxResults: 1 }, { region: 'eu-north-1' });
    expect(sent.map(({ body }) => (body as { region: string }).region)).toEqual([
      'ph-local-1',
      'eu-north-1',
    ]);
  });

  it('waits for the person to sign in again, and is then sent once more with the new token', async () => {
    const { api, sessions } = await signedIn();
    fakeFetch(refusal(401, 'SignedOut', 'You are signed out.'));
    const call = api.call('ListUsers', { UserPoolId });
    await vi.waitFor(() => expect(sessions.lost()).toBe(true));
    expect(sessions.session()?.username).toBe('olga');
    const sent = fakeFetch(answer({ ...OLGA, csrfToken: 'second' }), answer({ Users: [] }));
    await sessions.begin('access-token');
    expect(await call).toEqual({ Users: [] });
    expect(sent[1]?.headers['x-poolhouse-csrf']).toBe('second');
    expect(sessions.lost()).toBe(false);
  });

  it('fails when the sign-in is given up', async () => {
    const { api, sessions } = await signedIn();
    fakeFetch(refusal(401, 'SignedOut', 'You are signed out.'));
    const call = api.call('ListUsers', { UserPoolId });
    await vi.waitFor(() => expect(sessions.lost()).toBe(true));
    sessions.giveUp();
    await expect(call).rejects.toMatchObject({ code: 'SignedOut' });
    expect(sessions.session()).toBeUndefined();
  });

  it('learns the token that another tab has got', async () => {
    const { api } = await signedIn();
    const sent = fakeFetch(
      refusal(403, 'Csrf', 'This page is out of date.'),
      answer({ ...OLGA, csrfToken: 'second' }),
      answer({}),
    );
    await api.call('AdminDeleteUser', { UserPoolId, Username: 'ann' });
    expect(sent.map(({ headers }) => headers['x-poolhouse-csrf'])).toEqual([
      'first',
      undefined,
      'second',
    ]);
  });

  it('reads the role again when it was forbidden', async () => {
    const { api, sessions } = await signedIn();
    fakeFetch(
      refusal(403, 'Forbidden', 'Your role does not allow this.'),
      answer({ ...OLGA, role: 'viewer' }),
    );
    await expect(
      api.call('AdminDeleteUser', { UserPoolId, Username: 'ann' }),
    ).rejects.toMatchObject({
      code: 'Forbidden',
    });
    await vi.waitFor(() => expect(sessions.role()).toBe('viewer'));
  });

  it('is not sent twice for any other reason', async () => {
    const { api } = await signedIn();
    const sent = fakeFetch(refusal(500, 'InternalErrorException', 'x'));
    await expect(api.call('AdminDeleteUser', { UserPoolId, Username: 'ann' })).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });
});

describe('reports', () => {
  it('are read with what the query has, and without a token', async () => {
    const { api } = await signedIn();
    const sent = fakeFetch(answer({ days: [] }), answer({}));
    await api.read('pools/x/metrics', { days: 30, until: undefined });
    await api.read('audit');
    expect(sent.map(({ url, method }) => `${method} ${url}`)).toEqual([
      'GET /console/api/pools/x/metrics?days=30',
      'GET /console/api/audit',
    ]);
    expect(sent[0]?.headers).toEqual({});
  });

  it('are written as JSON', async () => {
    const { api } = await signedIn();
    const sent = fakeFetch(answer({}));
    await api.write('administrators/add', { username: 'jun' });
    expect(sent[0]).toMatchObject({ method: 'POST', body: { username: 'jun' } });
  });
});
