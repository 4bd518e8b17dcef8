import { PlatformLocation } from '@angular/common';
import { MockPlatformLocation } from '@angular/common/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { PoolhouseConfig, SignInWay } from '@poolhouse/angular';
import { englishScreenTexts as words } from '@poolhouse/angular/fields';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { Authenticator } from './authenticator';
import { pageOf } from '../fields/testing/driven-page';

@Component({
  imports: [Authenticator],
  template: `<ph-authenticator appName="Shop" />`,
})
class Page {}

/** The screens of an application whose people choose how they sign in. */
async function open(ways: readonly SignInWay[], config: Partial<PoolhouseConfig> = {}) {
  const location = new MockPlatformLocation();
  TestBed.configureTestingModule({
    providers: [
      provideFakePoolhouse({ accounts: { mara: 'Abcdef1!' } }, { signInFlow: 'choice', ...config }),
      { provide: PlatformLocation, useValue: location },
    ],
  });
  const auth = TestBed.inject(FakeAuth);
  auth.askForWay('mara', ways);
  const fixture = TestBed.createComponent(Page);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const page = pageOf(fixture);
  const called = () => auth.calls.filter(({ method }) => method !== 'ready');
  const back = async () => {
    location.back();
    await fixture.whenStable();
  };
  const choose = async (name: string) => {
    const label = [...page.root.querySelectorAll('label')].find(
      (one) => one.querySelector('span')?.textContent === name,
    );
    label?.querySelector('input')?.click();
    await fixture.whenStable();
    await page.press('Continue');
  };
  return { auth, page, called, back, choose };
}

async function named(ways: readonly SignInWay[], config: Partial<PoolhouseConfig> = {}) {
  const opened = await open(ways, config);
  await opened.page.type('User name', 'mara');
  await opened.page.press('Continue');
  return opened;
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  // What the tests' browser has no types or functions for.
  vi.stubGlobal(
    'PublicKeyCredential',
    class {
      static readonly parseRequestOptionsFromJSON = (json: object) => json;
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

it('asks for the name alone, then for the way', async () => {
  const { page } = await open(['passkey', 'email', 'password']);
  expect(page.field('User name').autocomplete).toBe('username webauthn');
  expect(page.root.querySelector('[type=password]')).toBeNull();
  await page.press('Continue');
  expect(page.described('User name')).toContain('Enter your user name.');
  await page.type('User name', 'mara');
  await page.press('Continue');
  expect(page.title()).toBe(words.chooseWayTitle);
  expect(document.title).toBe(`${words.chooseWayTitle} · Shop`);
  expect(page.root.textContent).toContain('as mara');
  const choices = [...page.root.querySelectorAll('.ph-choices span')].map((one) => one.textContent);
  expect(choices).toEqual([words.wayPasskey, words.wayEmail, words.password]);
});

it('a code of eight digits signs in, and another way stays possible', async () => {
  const { page, auth, called, choose, back } = await named(['email', 'password']);
  await choose(words.wayEmail);
  expect(page.title()).toBe(words.secondFactorTitle);
  expect(page.root.textContent).toContain('We sent a code to a***@e***.');
  expect(page.field('Code').autocomplete).toBe('one-time-code');
  expect(page.field('Code').inputMode).toBe('numeric');
  expect(page.described('Code')).toContain(words.codeLongHelp);
  await page.type('Code', '12345');
  await page.press('Continue');
  expect(page.described('Code')).toContain(words.problemLongCode);
  await page.type('Code', 'Your code is 1234 5678.');
  await page.press('Continue');
  expect(page.described('Code')).toContain('This code is not correct.');
  expect(called().at(-1)).toEqual({ method: 'enterCode', args: ['12345678'] });
  await page.press('Send it again');
  expect(called().at(-1)?.args).toEqual([{ username: 'mara', way: 'email' }]);
  expect(page.said('status')).toContain('Sent again to a***@e***.');
  await page.press(words.secondFactorOther);
  expect(page.title()).toBe(words.chooseWayTitle);
  await back();
  await page.type('Code', '123456');
  await page.press('Continue');
  expect(auth.user()?.username).toBe('mara');
});

it('the password stays possible, and is asked for at once where there is nothing else', async () => {
  const { page, auth, choose } = await named(['email', 'password']);
  await choose(words.password);
  expect(page.title()).toBe(words.enterPasswordTitle);
  expect(page.field('Password').autocomplete).toBe('current-password');
  expect(page.root.querySelector<HTMLInputElement>('[autocomplete=username]')?.value).toBe('mara');
  await page.type('Password', 'wrong');
  await page.press('Sign in');
  expect(page.said('alert')).toContain('The user name or password is not correct.');
  await page.type('Password', 'Abcdef1!');
  await page.press('Sign in');
  expect(auth.user()?.username).toBe('mara');
  TestBed.resetTestingModule();
  document.body.replaceChildren();

  const only = await named(['password']);
  expect(only.page.title()).toBe(words.enterPasswordTitle);
  expect(only.page.root.textContent).not.toContain(words.secondFactorOther);
  await only.page.press(words.otherName);
  expect(only.page.title()).toBe('Sign in');
});

it('a passkey that was not used leaves the choice, with what to do', async () => {
  const { page, auth, choose } = await named(['passkey', 'email']);
  auth.failNext('chooseWay', 'passkey-cancelled');
  await choose(words.wayPasskey);
  expect(page.title()).toBe(words.chooseWayTitle);
  expect(page.said('alert')).toContain('The passkey was not used.');
  await page.press('Continue');
  expect(auth.user()?.username).toBe('mara');
});

it('offers no passkey in a browser that has none', async () => {
  vi.unstubAllGlobals();
  const { page } = await named(['passkey', 'password']);
  expect(page.title()).toBe(words.enterPasswordTitle);
});

it('goes on with the passkey of a remembered name at once', async () => {
  localStorage.setItem('poolhouse.passkey.fake', 'mara');
  const { auth, called } = await named(['passkey', 'email']);
  expect(called().map(({ method }) => method)).toEqual(['offerPasskey', 'signIn']);
  expect(called()[1]?.args).toEqual([{ username: 'mara', way: 'passkey' }]);
  // Whatever was offered is not offered any more.
  expect((called()[0]?.args[1] as AbortSignal).aborted).toBe(true);
  expect(auth.user()?.username).toBe('mara');
});

it.each([
  ['optional', true],
  ['none', false],
] as const)('an account needs no password where it is %s', async (password, isAsked) => {
  const { page, called } = await open(['email'], { signUp: { password } });
  await page.press('Create an account');
  expect(page.root.querySelector('[type=password]') !== null).toBe(isAsked);
  await page.type('User name', 'nora');
  await page.type('Email address', 'nora@example.com');
  await page.press('Create account');
  expect(called().at(-1)?.args).toEqual([
    { username: 'nora', attributes: { email: 'nora@example.com' } },
  ]);
  expect(page.title()).toBe('Enter the code');
});
