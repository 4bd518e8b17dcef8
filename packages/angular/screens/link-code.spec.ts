import { PlatformLocation } from '@angular/common';
import { MockPlatformLocation } from '@angular/common/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { englishScreenTexts as words } from '@poolhouse/angular/fields';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { Authenticator } from './authenticator';
import { pageOf } from '../fields/testing/driven-page';

@Component({
  imports: [Authenticator],
  template: `<ph-authenticator appName="Shop" (next)="went.push($event)" />`,
})
class Page {
  readonly went: string[] = [];
}

/** The application, opened by the link of a mail. */
async function open(prepare: (auth: FakeAuth) => unknown = () => undefined) {
  const location = new MockPlatformLocation({
    startUrl: 'https://shop.example/sign-in#sign-in-code=12345678',
  });
  TestBed.configureTestingModule({
    providers: [
      provideFakePoolhouse({ accounts: { mara: 'Abcdef1!' } }, { signInFlow: 'choice' }),
      { provide: PlatformLocation, useValue: location },
    ],
  });
  const auth = TestBed.inject(FakeAuth);
  await prepare(auth);
  const fixture = TestBed.createComponent(Page);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const root: HTMLElement = fixture.nativeElement;
  await vi.waitFor(() => expect(root.textContent).not.toContain(words.loading));
  await fixture.whenStable();
  return { auth, location, fixture, page: pageOf(fixture), went: fixture.componentInstance.went };
}

async function askForMail(auth: FakeAuth): Promise<void> {
  auth.askForWay('mara', ['email']);
  await auth.signIn({ username: 'mara', way: 'email' });
}

function clipboard(writeText: (text: string) => Promise<void>): void {
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
}

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  sessionStorage.clear();
});

it('a link signs in where the sign-in began', async () => {
  const { auth, location, went } = await open(askForMail);
  expect(location.hash).toBe('');
  expect(auth.user()?.username).toBe('mara');
  expect(went).toEqual(['signed-in']);
});

it('a link shows its code elsewhere, to be copied, and says what to beware of', async () => {
  const { page, auth, location, went, fixture } = await open();
  expect(location.hash).toBe('');
  expect(page.title()).toBe(words.linkCodeTitle);
  expect(document.title).toBe(`${words.linkCodeTitle} · Shop`);
  expect(page.root.querySelector('.ph-code')?.textContent?.trim()).toBe('1234 5678');
  expect(page.root.textContent).toContain(words.linkCodeWarning);
  expect(JSON.stringify(Object.entries(sessionStorage))).not.toContain('12345678');
  expect(auth.user()).toBeNull();

  clipboard(() => Promise.reject(new Error('no')));
  await page.press(words.linkCodeAction);
  expect(page.said('alert')).toContain(words.linkCodeNotCopied);
  const copied: string[] = [];
  clipboard((text) => Promise.resolve(void copied.push(text)));
  await page.press(words.linkCodeAction);
  expect(copied).toEqual(['12345678']);
  expect(page.said('status')).toContain(words.keyCopied);

  await page.press(words.linkCodeHere);
  expect(page.title()).toBe(words.signInTitle);
  expect(page.root.textContent).not.toContain(words.keyCopied);
  expect(went).toEqual(['link-code', 'sign-in']);
  location.back();
  await fixture.whenStable();
  expect(page.title()).toBe(words.linkCodeTitle);
});

it('a link whose code is wrong leads to the field for it; what did not arrive is still there', async () => {
  const wrong = await open(async (auth) => {
    await askForMail(auth);
    auth.failNext('enterLinkCode', 'wrong-code');
  });
  expect(wrong.page.title()).toBe(words.secondFactorTitle);
  expect(wrong.page.said('alert')).toContain('This code is not correct.');
  expect(wrong.page.field('Code').value).toBe('');
  wrong.page.button('Send it again');
  TestBed.resetTestingModule();
  document.body.replaceChildren();

  const lost = await open(async (auth) => {
    await askForMail(auth);
    auth.failNext('enterLinkCode', 'network');
  });
  expect(lost.page.said('alert')).toContain('We cannot reach the server.');
  expect(lost.page.field('Code').value).toBe('12345678');
});

it('a link that comes too late leads back to the beginning, and says so', async () => {
  const { page } = await open((auth) => auth.failNext('enterLinkCode', 'challenge-expired'));
  expect(page.title()).toBe(words.signInTitle);
  expect(page.said('status')).toContain('This took too long.');
});

it('a link does nothing for who is signed in, but leaves the address', async () => {
  const { auth, location } = await open((auth) => auth.signInAs({ username: 'ben' }));
  expect(location.hash).toBe('');
  expect(auth.calls.map(({ method }) => method)).not.toContain('enterLinkCode');
  expect(auth.user()?.username).toBe('ben');
});

it('a link that is opened in the tab itself is read before a router can keep its address', async () => {
  const { page, auth, location, fixture } = await open();
  await page.press(words.linkCodeHere);
  await askForMail(auth);
  location.pushState(null, '', '/sign-in#sign-in-code=87654321');
  window.dispatchEvent(new PopStateEvent('popstate', { state: null }));
  expect(location.hash).toBe('');
  await vi.waitFor(() => expect(auth.user()?.username).toBe('mara'));
  expect(auth.calls.at(-1)?.args).toEqual(['87654321']);
  await fixture.whenStable();
});
