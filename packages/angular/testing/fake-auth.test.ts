import { TestBed } from '@angular/core/testing';
import { Auth } from '@poolhouse/angular';
import {
  FakeAuth,
  fakeUser,
  provideFakePoolhouse,
  type FakePoolhouse,
} from '@poolhouse/angular/testing';

function setUp(fake?: FakePoolhouse): { auth: Auth; fake: FakeAuth } {
  TestBed.configureTestingModule({ providers: [provideFakePoolhouse(fake)] });
  return { auth: TestBed.inject(Auth), fake: TestBed.inject(FakeAuth) };
}

describe('provideFakePoolhouse', () => {
  it('begins with whom it is told', () => {
    const { auth } = setUp({ user: { username: 'ben', name: 'Ben' }, groups: ['admin'] });
    expect(auth.status()).toBe('signed-in');
    expect(auth.user()).toMatchObject({ username: 'ben', name: 'Ben', groups: ['admin'] });
    expect(auth.session()?.accessToken).toBe('access-token-ben-1');
  });

  it('begins with nobody', async () => {
    const { auth, fake } = setUp();
    fake.beUnknown();
    expect(auth.status()).toBe('unknown');
    await auth.ready();
    expect([auth.status(), auth.user(), await auth.accessToken()]).toEqual([
      'signed-out',
      null,
      null,
    ]);
  });

  it('leads through sign-up and sign-in as a pool does', async () => {
    const { auth, fake } = setUp({ accounts: {} });
    const person = { username: 'ann', password: 'x' };
    await expect(auth.signIn(person)).rejects.toMatchObject({ code: 'wrong-credentials' });
    expect(auth.error()?.code).toBe('wrong-credentials');
    await auth.signUp(person);
    expect(auth.error()).toBeNull();
    expect(auth.step()).toBe('confirmation-required');
    await expect(auth.signUp(person)).rejects.toMatchObject({ code: 'username-taken' });
    expect(await auth.signIn(person)).toMatchObject({ next: 'confirmation-required' });
    await expect(auth.confirmSignUp('ann', '1')).rejects.toMatchObject({ code: 'wrong-code' });
    await auth.confirmSignUp('ann', '123456');
    expect(await auth.signIn(person)).toEqual({ next: 'signed-in' });
    await auth.changePassword({ previous: 'x', proposed: 'y' });
    await auth.updateAttributes({ name: 'Ann' });
    expect(auth.user()?.name).toBe('Ann');
    await auth.signOut();
    expect(auth.status()).toBe('signed-out');
    await expect(auth.loadAttributes()).rejects.toMatchObject({ code: 'signed-out' });
    expect(fake.calls.map(({ method }) => method)).toContain('changePassword');
  });

  it('asks for a new password, and fails, when it is told to', async () => {
    const { auth, fake } = setUp();
    fake.askForNewPassword('ann');
    await auth.signIn({ username: 'ann', password: 'x' });
    expect(auth.challenge()?.kind).toBe('new-password');
    fake.failNext('completeNewPassword', 'invalid-password');
    await expect(auth.completeNewPassword({ password: 'x' })).rejects.toMatchObject({
      code: 'invalid-password',
    });
    await auth.completeNewPassword({ password: 'y' });
    expect([auth.status(), auth.challenge()]).toEqual(['signed-in', null]);
  });

  it('stays signed in as who it is while somebody else is registered', async () => {
    const { auth } = setUp({ user: { username: 'ann' } });
    await auth.signUp({ username: 'ben', password: 'x' });
    expect([auth.status(), auth.step(), auth.user()?.username]).toEqual([
      'signed-in',
      'confirmation-required',
      'ann',
    ]);
  });

  it('makes new tokens', async () => {
    const { auth } = setUp({ user: {} });
    const stale = await auth.accessToken();
    const fresh = await auth.refresh(stale ?? '');
    expect(fresh?.accessToken).not.toBe(stale);
    expect((await auth.refresh(stale ?? ''))?.accessToken).toBe(fresh?.accessToken);
  });
});

it('fakeUser makes up what is absent', () => {
  expect(fakeUser({ groups: ['x'] })).toMatchObject({
    username: 'ann',
    email: 'ann@example.com',
    groups: ['x'],
  });
});

it('second factors are asked for, set up, and turned on and off as with a pool', async () => {
  const { auth, fake } = setUp();
  const credentials = { username: 'ann', password: 'any' };
  fake.askToSetUpFactor('ann', ['authenticator', 'email']);
  expect(await auth.signIn(credentials)).toMatchObject({ next: 'factor-set-up-required' });
  await auth.startAuthenticator();
  await expect(auth.finishAuthenticator({ code: '000000' })).rejects.toMatchObject({
    ...{ code: 'wrong-code', field: 'code' },
  });
  expect(await auth.finishAuthenticator({ code: '123456' })).toEqual({ next: 'signed-in' });
  expect(await auth.loadFactors()).toMatchObject({ on: ['authenticator'] });
  expect(await auth.setFactor('email', 'preferred')).toMatchObject({ preferred: 'email' });
  expect((await auth.setFactor('email', 'off')).preferred).toBeUndefined();
  await auth.signOut();
  await expect(auth.startAuthenticator()).rejects.toMatchObject({ code: 'signed-out' });
  await expect(auth.enterCode('123456')).rejects.toMatchObject({ code: 'challenge-expired' });

  fake.askForSecondFactor('ben', ['sms', 'email']);
  expect(await auth.signIn({ ...credentials, username: 'ben' })).toEqual({
    ...{ next: 'factor-choice-required', factors: ['sms', 'email'] },
  });
  expect(await auth.chooseFactor('sms')).toMatchObject({ next: 'code-required', factor: 'sms' });
  expect(await auth.enterCode('123456')).toEqual({ next: 'signed-in' });
  expect(auth.user()?.username).toBe('ben');
});
