import { PlatformLocation } from '@angular/common';
import { MockPlatformLocation } from '@angular/common/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { englishTexts, mergeTexts, POOLHOUSE_TEXTS, type SecondFactor } from '@poolhouse/angular';
import { englishScreenTexts as screenTexts } from '@poolhouse/angular/fields';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { Authenticator } from './authenticator';
import { pageOf } from '../fields/testing/driven-page';

@Component({
  imports: [Authenticator],
  template: `<ph-authenticator appName="Shop" />`,
})
class Page {}

/** Signs in as somebody who needs a second factor, or has to set one up. */
async function signIn(
  factors: readonly SecondFactor[],
  providers: unknown[] = [],
  needs: 'askForSecondFactor' | 'askToSetUpFactor' = 'askForSecondFactor',
) {
  const location = new MockPlatformLocation();
  const tab = { provide: PlatformLocation, useValue: location };
  TestBed.configureTestingModule({ providers: [provideFakePoolhouse(), tab, providers] });
  const auth = TestBed.inject(FakeAuth);
  auth[needs]('mara', factors);
  const fixture = TestBed.createComponent(Page);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const page = pageOf(fixture);
  await page.type('User name', 'mara');
  await page.type('Password', 'Abcdef1!');
  await page.press('Sign in');
  const forward = async () => {
    location.forward();
    await fixture.whenStable();
  };
  const back = async () => {
    location.back();
    await fixture.whenStable();
  };
  const called = () => auth.calls.map(({ method }) => method);
  return { auth, page, fixture, back, forward, called };
}

async function choose(
  { page, fixture }: Pick<Awaited<ReturnType<typeof signIn>>, 'page' | 'fixture'>,
  name: string,
) {
  const radio = [...page.root.querySelectorAll('label')]
    .find((label) => label.querySelector('span')?.textContent === name)
    ?.querySelector('input');
  if (!radio) throw new Error(`no choice ${name}`);
  radio.click();
  await fixture.whenStable();
  await page.press('Continue');
}

const setUp = (factors: readonly SecondFactor[]) => signIn(factors, [], 'askToSetUpFactor');

beforeEach(() => sessionStorage.clear());
afterEach(() => document.body.replaceChildren());

it('a code of the application signs in, also pasted with spaces, and a wrong one may be tried again', async () => {
  const { auth, page } = await signIn(['authenticator']);
  expect(page.title()).toBe('Enter your code');
  expect(document.title).toBe('Enter your code · Shop');
  expect(page.root.textContent).toContain(screenTexts.secondFactorApp);
  expect(page.root.textContent).not.toContain(screenTexts.nothingThere);
  const field = page.field('Code');
  expect(document.activeElement).toBe(field);
  expect([field.autocomplete, field.inputMode]).toEqual(['one-time-code', 'numeric']);
  await page.type('Code', '12345');
  await page.press('Continue');
  expect(page.described('Code')).toBe('The code has six digits.');
  await page.type('Code', '654 321');
  await page.press('Continue');
  expect(page.described('Code')).toBe(englishTexts.errors['wrong-code']);
  expect(document.activeElement).toBe(page.field('Code'));
  await page.type('Code', ' 123 456 ');
  await page.press('Continue');
  expect(auth.status()).toBe('signed-in');
  expect(page.title()).toBe('You are signed in');
});

it('a code that was sent can be sent again, for which the sign-in begins anew', async () => {
  const { auth, page, called } = await signIn(['sms']);
  expect(page.root.textContent).toContain('We sent a code to +*******89.');
  auth.failNext('signIn', 'network');
  await page.press('Send it again');
  expect(page.said('alert')).toBe(englishTexts.errors.network);
  await page.press('Send it again');
  expect(page.said('status')).toContain('Sent again to +*******89.');
  expect(auth.calls.at(-1)?.args).toEqual([{ username: 'mara', password: 'Abcdef1!' }]);
  await page.type('Code', '123456');
  await page.press('Continue');
  expect(auth.status()).toBe('signed-in');
  expect(called()).not.toContain('resendCode');
});

it('who has several factors chooses, by page or by Back once more, and the choice is kept for another message', async () => {
  const tab = await signIn(['email', 'authenticator']);
  const { auth, page, back, called } = tab;
  expect(page.title()).toBe('How do you want to show that it is you?');
  await choose(tab, 'Authenticator application');
  expect(auth.calls.at(-1)?.args).toEqual(['authenticator']);
  expect(page.root.textContent).toContain(screenTexts.secondFactorApp);
  await page.press('Use another way');
  await choose(tab, 'Email');
  expect(called().slice(-2)).toEqual(['signIn', 'chooseFactor']);
  expect(page.root.textContent).toContain('We sent a code to a***@e***.');
  await page.press('Send it again');
  expect(auth.calls.at(-1)?.args).toEqual(['email']);
  await back();
  expect(page.title()).toBe('How do you want to show that it is you?');
  await choose(tab, 'Authenticator application');
  await page.type('Code', '123456');
  await page.press('Continue');
  expect(auth.status()).toBe('signed-in');
});

it('a sign-in that has ended leads to the password, with the name and the reason', async () => {
  const { auth, page } = await signIn(['email']);
  auth.failNext('enterCode', 'challenge-expired');
  await page.type('Code', '123456');
  await page.press('Continue');
  expect(page.title()).toBe('Sign in');
  expect(page.said('status')).toContain(englishTexts.errors['challenge-expired']);
  expect(page.field('User name').value).toBe('mara');
});

it('the words can be others', async () => {
  const screens = { secondFactorTitle: 'Der Code', code: 'Ziffern' };
  const texts = { provide: POOLHOUSE_TEXTS, useValue: mergeTexts(englishTexts, { screens }) };
  const { page } = await signIn(['authenticator'], [texts]);
  expect(page.title()).toBe('Der Code');
  expect(page.field('Ziffern')).toBeDefined();
});

it('an application is set up by a picture and a key in fours, and its code signs in', async () => {
  const { auth, page } = await setUp(['sms', 'authenticator']);
  expect([page.title(), document.title]).toEqual([
    'Set up an authenticator application',
    'Set up an authenticator application · Shop',
  ]);
  await vi.waitFor(() => expect(page.root.querySelector('svg[role=img] path')).not.toBeNull());
  expect(page.root.querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe(
    screenTexts.setUpPicture,
  );
  expect(document.activeElement).toBe(page.root.querySelector('.ph-title'));
  expect(page.root.querySelector('code')?.textContent).toBe(
    'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
  );
  const copied: string[] = [];
  vi.stubGlobal('navigator', {
    clipboard: { writeText: async (text: string) => void copied.push(text) },
  });
  await page.press('Copy the key');
  expect(page.said('status')).toContain('Copied.');
  expect(copied).toEqual(['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP']);
  vi.stubGlobal('navigator', {});
  await page.press('Copy the key');
  expect(page.said('status')).toContain(screenTexts.keyNotCopied);
  vi.unstubAllGlobals();
  await page.type('Code', '000 000');
  await page.press('Continue');
  expect(page.described('Code')).toBe(englishTexts.errors['wrong-code']);
  await page.type('Code', '123 456');
  await page.press('Continue');
  expect(auth.status()).toBe('signed-in');
  expect(auth.calls.filter(({ method }) => method === 'startAuthenticator')).toHaveLength(1);
});

it('a key that could not be had is asked for again by the button', async () => {
  const { auth, page, fixture } = await setUp(['email', 'authenticator']);
  auth.failNext('startAuthenticator', 'network');
  await choose({ page, fixture }, 'Authenticator application');
  await vi.waitFor(() => expect(page.said('alert')).toBe(englishTexts.errors.network));
  expect(page.root.querySelector('code')?.textContent).toBe('');
  await page.press('Continue');
  expect(page.root.querySelector('code')?.textContent).toContain('JBSW');
  expect(page.said('alert')).toBe('');
});

it('the choice of what to set up is a step of its own, and an address leads to its code', async () => {
  const tab = await setUp(['authenticator', 'email']);
  const { auth, page, back, forward } = tab;
  expect(page.title()).toBe('Protect your account with a second step');
  await choose(tab, 'Email');
  expect(page.title()).toBe('Where should we send the code?');
  await back();
  expect(page.title()).toBe('Protect your account with a second step');
  await forward();
  await page.type('Email address', 'mara@');
  await page.press('Send the code');
  expect(page.described('Email address')).toBe('Enter an address like name@example.com.');
  await page.type('Email address', 'mara@example.com');
  await page.press('Send the code');
  expect(auth.calls.at(-1)?.args).toEqual(['mara@example.com']);
  expect(page.title()).toBe('Enter your code');
  await back();
  expect(page.title()).toBe('Sign in');
  expect(page.said('status')).toContain(screenTexts.secondFactorAgain);
});

it('who could only get text messages and has no number learns what to do', async () => {
  const { page } = await setUp(['sms']);
  expect(page.title()).toBe('Your account needs a phone number');
  expect(page.root.textContent).toContain('Ask the people who run this site to add it');
  await page.press('Back to sign in');
  expect(page.title()).toBe('Sign in');
});
