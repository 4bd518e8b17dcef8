import { TestBed } from '@angular/core/testing';
import { Sessions } from './session';
import { answer, fakeFetch, OLGA, refusal } from './testing/fake-fetch';

afterEach(() => vi.unstubAllGlobals());

async function signedIn(role: string = OLGA.role) {
  fakeFetch(answer({ ...OLGA, role }));
  const sessions = TestBed.inject(Sessions);
  await sessions.load();
  return sessions;
}

describe('a session', () => {
  it('is nobody’s before the server was asked, and where nobody is signed in', async () => {
    const sessions = TestBed.inject(Sessions);
    expect([sessions.session(), sessions.role()]).toEqual([undefined, undefined]);
    fakeFetch(refusal(401));
    expect(await sessions.load()).toBeUndefined();
  });

  it('tells what cannot be asked', async () => {
    fakeFetch(refusal(503, 'Unavailable', 'Not now.'));
    await expect(TestBed.inject(Sessions).load()).rejects.toThrow('Not now.');
  });

  it.each([
    ['viewer', true, false, false],
    ['operator', true, true, false],
    ['owner', true, true, true],
  ])('lets an administrator who is %s do what the role allows', async (role, ...may) => {
    const sessions = await signedIn(role);
    const names = ['ListUsers', 'AdminDeleteUser', 'DeleteUserPool'] as const;
    expect(names.map((name) => sessions.may(name))).toEqual(may);
    expect((['viewer', 'operator', 'owner'] as const).map((least) => sessions.is(least))).toEqual(
      may,
    );
  });

  it('lets nobody do what the server does not offer, and nobody who is signed out anything', async () => {
    const sessions = await signedIn('owner');
    expect(sessions.may('AdminSetUserMFAPreference')).toBe(false);
    sessions.giveUp();
    expect([sessions.may('ListUsers'), sessions.is('viewer')]).toEqual([false, false]);
  });

  it('begins with the access token of a sign-in, which goes to the server alone', async () => {
    const sent = fakeFetch(answer(OLGA));
    const sessions = TestBed.inject(Sessions);
    await sessions.begin('token');
    expect(sent[0]).toMatchObject({ method: 'POST', url: '/console/api/session' });
    expect(sent[0]?.headers['authorization']).toBe('Bearer token');
    expect(sessions.session()?.username).toBe('olga');
  });

  it('ends on the server, and is over also where it had ended there', async () => {
    const sessions = await signedIn();
    const sent = fakeFetch(refusal(401));
    await sessions.end();
    expect(sent[0]).toMatchObject({ method: 'DELETE', headers: { 'x-poolhouse-csrf': 'first' } });
    expect(sessions.session()).toBeUndefined();
  });

  it('goes on where it could not be ended', async () => {
    const sessions = await signedIn();
    fakeFetch(refusal(500, 'X', 'Not now.'));
    await expect(sessions.end()).rejects.toThrow('Not now.');
    expect(sessions.session()).toBeDefined();
  });

  it('is asked for once, however many wait for it', async () => {
    const sessions = await signedIn();
    const waiting = [sessions.waitForSignIn(), sessions.waitForSignIn()];
    expect(sessions.lost()).toBe(true);
    fakeFetch(answer(OLGA));
    await sessions.load();
    expect(await Promise.all(waiting)).toEqual([true, true]);
    expect(sessions.lost()).toBe(false);
  });

  it('stays on the page while it is lost, so that what was typed stays too', async () => {
    const sessions = await signedIn();
    void sessions.waitForSignIn();
    fakeFetch(refusal(401));
    await sessions.load();
    expect(sessions.session()?.username).toBe('olga');
  });
});
