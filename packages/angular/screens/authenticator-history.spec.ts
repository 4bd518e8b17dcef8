import { PlatformLocation } from '@angular/common';
import { MockPlatformLocation } from '@angular/common/testing';
import { Component, PLATFORM_ID, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { englishTexts, mergeTexts, POOLHOUSE_TEXTS } from '@poolhouse/angular';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { Authenticator } from './authenticator';
import { type DrivenPage, pageOf } from '../fields/testing/driven-page';

const PASSWORD = 'Abcdef1!';

@Component({
  imports: [Authenticator],
  template: `@if (shown()) {
    <ph-authenticator [appName]="name()" [history]="history()" />
  }`,
})
class Page {
  readonly shown = signal(true);
  readonly name = signal('Shop');
  readonly history = signal(true);
}

/** A tab, which can load its page again. */
class Tab {
  readonly location = new MockPlatformLocation();
  fixture!: ComponentFixture<Page>;
  auth!: FakeAuth;
  page!: DrivenPage;

  /** Loads the page; whatever was in its memory is gone. */
  async load(set: (page: Page) => void = () => undefined, providers: unknown[] = []) {
    TestBed.resetTestingModule();
    document.body.replaceChildren();
    document.title = 'The shop';
    const location = { provide: PlatformLocation, useValue: this.location };
    TestBed.configureTestingModule({ providers: [provideFakePoolhouse(), location, providers] });
    this.fixture = TestBed.createComponent(Page);
    set(this.fixture.componentInstance);
    document.body.append(this.fixture.nativeElement);
    await this.fixture.whenStable();
    this.auth = TestBed.inject(FakeAuth);
    this.page = pageOf(this.fixture);
    return this;
  }

  async back() {
    this.location.back();
    await this.fixture.whenStable();
  }

  async forward() {
    this.location.forward();
    await this.fixture.whenStable();
  }

  /** What the person sees of where they are. */
  get where() {
    return [this.page.title(), document.title];
  }
}

async function signUp({ page }: Tab) {
  await page.press('Create an account');
  await page.type('User name', 'mara');
  await page.type('Email address', 'mara@example.com');
  await page.type('Password', PASSWORD);
  await page.press('Create account');
}

const open = (...args: Parameters<Tab['load']>) => new Tab().load(...args);

beforeEach(() => sessionStorage.clear());
afterEach(() => document.body.replaceChildren());

it('each step is an entry of the history with a title of its own', async () => {
  const tab = await open();
  expect(tab.where).toEqual(['Sign in', 'Sign in · Shop']);
  await signUp(tab);
  expect(tab.where).toEqual(['Enter the code', 'Enter the code · Shop']);
  await tab.back();
  expect(tab.where).toEqual(['Create an account', 'Create an account · Shop']);
  expect(tab.page.field('User name').value).toBe('mara');
  await tab.back();
  expect(tab.where).toEqual(['Sign in', 'Sign in · Shop']);
  await tab.forward();
  await tab.forward();
  expect(tab.where).toEqual(['Enter the code', 'Enter the code · Shop']);
  await tab.page.type('Code', '123456');
  await tab.page.press('Confirm');
  expect(tab.where).toEqual(['You are signed in', 'The shop']);
});

it('both steps of a forgotten password are entries', async () => {
  const tab = await open();
  await tab.page.type('User name', 'mara');
  await tab.page.press('Forgot password?');
  await tab.page.press('Send the code');
  expect(tab.where).toEqual(['Choose a new password', 'Choose a new password · Shop']);
  await tab.back();
  expect(tab.where).toEqual(['Reset your password', 'Reset your password · Shop']);
  await tab.forward();
  expect(tab.page.title()).toBe('Choose a new password');
});

it('a reload keeps step, name and masked destination, and no password', async () => {
  const tab = await open();
  await signUp(tab);
  expect(tab.page.root.textContent).toContain('mara@example.com');
  await tab.load();
  expect(tab.where).toEqual(['Enter the code', 'Enter the code · Shop']);
  expect(tab.page.root.textContent).toContain('We sent a code to a***@e***');
  expect(JSON.stringify([{ ...sessionStorage }, tab.location.getState()])).not.toContain(PASSWORD);
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('mara@example.com');
  await tab.page.type('Code', '123456');
  await tab.page.press('Confirm');
  expect(tab.auth.calls.map(({ args }) => args)).toContainEqual(['mara', '123456']);
  expect(tab.page.title()).toBe('Sign in');
  expect(tab.page.field('User name').value).toBe('mara');
  expect(tab.page.said('status')).toBe('Your account is confirmed. You can sign in now.');

  await tab.page.press('Forgot password?');
  await tab.page.press('Send the code');
  await tab.load();
  expect(tab.page.title()).toBe('Choose a new password');
  await tab.page.type('Code', '123456');
  await tab.page.type('New password', PASSWORD);
  await tab.page.press('Change password');
  expect(tab.auth.calls[0]?.args).toEqual([
    { username: 'mara', code: '123456', password: PASSWORD },
  ]);
});

it('being signed in, another name, and a page that is opened anew forget the person', async () => {
  const tab = await open();
  await signUp(tab);
  await tab.page.type('Code', '123456');
  await tab.page.press('Confirm');
  expect([sessionStorage.length, tab.location.getState()]).toEqual([0, {}]);
  await tab.page.press('Sign out');
  expect(tab.where).toEqual(['Sign in', 'Sign in · Shop']);
  await tab.back();
  expect(tab.page.title()).toBe('Create an account');

  await tab.page.press('Sign in');
  await tab.page.type('User name', 'mara');
  await tab.page.press('Forgot password?');
  await tab.page.press('Send the code');
  expect(sessionStorage.length).toBe(1);
  await tab.page.press('Start again with another name');
  expect(tab.page.field('User name').value).toBe('');
  expect(sessionStorage.length).toBe(0);
  await tab.back();
  expect(tab.page.title()).toBe('Reset your password');

  await tab.page.type('User name', 'mara');
  await tab.page.press('Send the code');
  tab.location.pushState({}, '', '/elsewhere');
  await tab.load();
  expect(tab.page.title()).toBe('Sign in');
  expect([tab.page.field('User name').value, sessionStorage.length]).toEqual(['', 0]);
});

it('a page that is opened by its address begins anew, but not when somebody comes back to it in the application', async () => {
  const tab = await open();
  await signUp(tab);
  const loaded = vi.spyOn(performance, 'getEntriesByType');
  loaded.mockReturnValue([{ type: 'navigate' } as unknown as PerformanceEntry]);
  await tab.load();
  expect([tab.page.title(), sessionStorage.length]).toEqual(['Sign in', 0]);
  await signUp(tab);
  const { shown } = tab.fixture.componentInstance;
  shown.set(false);
  await tab.fixture.whenStable();
  shown.set(true);
  await tab.fixture.whenStable();
  expect(tab.page.title()).toBe('Enter the code');
  for (const type of ['reload', 'back_forward']) {
    loaded.mockReturnValue([{ type } as unknown as PerformanceEntry]);
    await tab.load();
    expect(tab.page.title()).toBe('Enter the code');
  }
  loaded.mockRestore();
});

it('a temporary password has to be proved again after a reload', async () => {
  const tab = await open();
  tab.auth.askForNewPassword('mara');
  await tab.page.type('User name', 'mara');
  await tab.page.type('Password', PASSWORD);
  await tab.page.press('Sign in');
  expect(tab.where).toEqual(['Choose your password', 'Choose your password · Shop']);
  await tab.back();
  await tab.forward();
  expect(tab.page.title()).toBe('Choose your password');
  await tab.load();
  expect(tab.where).toEqual(['Sign in', 'Sign in · Shop']);
  expect(tab.page.said('status')).toContain('temporary password once more');
  expect(tab.page.field('User name').value).toBe('mara');
});

it('a step that is not possible any more gives its entry to the one before', async () => {
  const tab = await open();
  tab.auth.askForNewPassword('mara');
  await tab.page.type('User name', 'mara');
  await tab.page.type('Password', PASSWORD);
  await tab.page.press('Sign in');
  await tab.back();
  tab.auth.cancelChallenge();
  await tab.forward();
  expect(tab.page.title()).toBe('Sign in');
  expect(tab.location.getState()).toEqual({ poolhouseStep: 'sign-in' });
  await tab.page.press('Create an account');
  await tab.back();
  expect(tab.page.title()).toBe('Sign in');
});

it('inside of another page it can leave history, title and storage alone', async () => {
  const tab = await open((page) => page.history.set(false));
  await signUp(tab);
  expect([document.title, tab.location.getState(), sessionStorage.length]).toEqual([
    'The shop',
    null,
    0,
  ]);
});

it('leaves the address and what others keep in the entry as they are', async () => {
  const tab = new Tab();
  tab.location.replaceState({ navigationId: 7 }, '', '/shop/index.html?x=1#top');
  await tab.load();
  await tab.page.press('Create an account');
  expect(tab.location.url).toBe('/shop/index.html?x=1#top');
  expect(tab.location.getState()).toEqual({ navigationId: 7, poolhouseStep: 'sign-up' });
  // An entry of the application.
  tab.location.pushState({ menu: true }, '', '#menu');
  await tab.back();
  await tab.forward();
  expect(tab.page.title()).toBe('Create an account');
});

it('without a name it keeps the page’s title, gives it back, and speaks the language of the application', async () => {
  const texts = mergeTexts(englishTexts, { screens: { documentTitle: '{app}: {screen}' } });
  const tab = await open(
    (page) => page.name.set(''),
    [{ provide: POOLHOUSE_TEXTS, useValue: texts }],
  );
  await tab.page.press('Create an account');
  expect(document.title).toBe('The shop: Create an account');
  tab.fixture.componentInstance.shown.set(false);
  await tab.fixture.whenStable();
  expect(document.title).toBe('The shop');
});

it('works where the browser stores nothing, and does nothing of it on a server', async () => {
  const denied = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  const tab = await open();
  await signUp(tab);
  denied.mockRestore();
  await tab.load();
  expect(tab.page.title()).toBe('Enter the code');
  expect(tab.page.field('User name').value).toBe('');

  const server = await open(undefined, [{ provide: PLATFORM_ID, useValue: 'server' }]);
  expect([document.title, server.location.getState()]).toEqual(['The shop', null]);
});

it('beside a router: guards run once, and pages keep their titles', async () => {
  let asked = 0;
  @Component({ template: 'Home' })
  class Home {}
  const routes = [
    {
      path: 'sign-in',
      title: 'Sign in · Route',
      component: Page,
      canActivate: [() => (asked += 1) > 0],
    },
    { path: '', title: 'Home', component: Home },
  ];
  TestBed.configureTestingModule({ providers: [provideFakePoolhouse(), provideRouter(routes)] });
  const harness = await RouterTestingHarness.create('/');
  TestBed.inject(Router).initialNavigation();
  const location = TestBed.inject(PlatformLocation);
  await harness.navigateByUrl('/sign-in');
  const stable = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await harness.fixture.whenStable();
  };
  const page = pageOf(harness.fixture);
  await page.press('Create an account');
  expect([document.title, asked]).toEqual(['Create an account · Shop', 1]);
  location.back();
  await stable();
  expect([page.title(), document.title, asked]).toEqual(['Sign in', 'Sign in · Shop', 1]);
  location.forward();
  await stable();
  expect([page.title(), asked]).toEqual(['Create an account', 1]);
  location.back();
  location.back();
  await stable();
  expect([harness.fixture.nativeElement.textContent, document.title]).toEqual(['Home', 'Home']);
  location.forward();
  await stable();
  expect([page.title(), asked]).toEqual(['Sign in', 2]);
  location.forward();
  await stable();
  expect([page.title(), document.title, asked]).toEqual([
    'Create an account',
    'Create an account · Shop',
    2,
  ]);
});
