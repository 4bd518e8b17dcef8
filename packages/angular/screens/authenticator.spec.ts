import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  type AttributeName,
  englishTexts,
  mergeTexts,
  POOLHOUSE_TEXTS,
  type PoolhouseConfig,
  type SignUpField,
} from '@poolhouse/angular';
import { FakeAuth, type FakePoolhouse, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { Authenticator } from './authenticator';
import type { Next } from './forms/carried';
import { provideJourney } from './journey/journey-provider';
import { SignIn } from './sign-in';
import { SignUp } from './sign-up';
import { SignedInContent } from './signed-in-content';
import { type DrivenPage, pageOf } from '../fields/testing/driven-page';

const PASSWORD = 'Abcdef1!';

@Component({
  imports: [Authenticator, SignedInContent],
  template: `
    <ph-authenticator appName="Shop" [signUpAttributes]="attributes()" (next)="heard.push($event)">
      <small phFooter>Terms</small>
      <ng-template phSignedIn let-user>Hello {{ user.username }}</ng-template>
    </ph-authenticator>
  `,
})
class Page {
  readonly attributes = signal<readonly (AttributeName | SignUpField)[] | undefined>(undefined);
  readonly heard: Next[] = [];
}

@Component({
  imports: [Authenticator],
  template: `<ph-authenticator appName="Shop"><b phHeader>Our shop</b></ph-authenticator>`,
})
class Bare {}

@Component({
  imports: [SignIn, SignUp],
  providers: [provideJourney()],
  template: `
    @if (shown() === 'sign-in') {
      <ph-sign-in (next)="shown.set($event)" />
    } @else {
      <ph-sign-up (next)="shown.set($event)" />
    }
  `,
})
class Parts {
  readonly shown = signal<Next>('sign-in');
}

async function open(
  config: Partial<PoolhouseConfig> = {},
  fake: FakePoolhouse = {},
  providers: unknown[] = [],
) {
  TestBed.configureTestingModule({ providers: [provideFakePoolhouse(fake, config), providers] });
  const fixture = TestBed.createComponent(Page);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  return { fixture, auth: TestBed.inject(FakeAuth), page: pageOf(fixture) };
}

async function signUpAs(page: DrivenPage) {
  await page.press('Create an account');
  await page.type('User name', 'mara');
  await page.type('Email address', 'mara@example.com');
  await page.type('Password', PASSWORD);
  await page.press('Create account');
}

afterEach(() => document.body.replaceChildren());

describe('signing in', () => {
  it('shows the content of the application, and tells of it once', async () => {
    const { fixture, auth, page } = await open();
    await page.type('User name', 'mara');
    await page.type('Password', PASSWORD);
    await page.press('Sign in');
    expect(page.root.textContent?.trim()).toBe('Hello mara');
    expect(fixture.componentInstance.heard).toEqual(['signed-in']);
    await auth.signOut();
    await fixture.whenStable();
    expect(page.title()).toBe('Sign in');
    expect([page.field('User name').value, page.field('Password').value]).toEqual(['', '']);
  });

  it('says in words that it failed, and keeps what was typed', async () => {
    const { auth, page } = await open();
    await page.type('User name', 'mara');
    await page.type('Password', 'wrong');
    auth.failNext('signIn', 'wrong-credentials');
    await page.press('Sign in');
    expect(page.said('alert')).toBe(englishTexts.errors['wrong-credentials']);
    expect(page.root.textContent).not.toMatch(/Exception|Error/);
    expect([page.field('User name').value, page.field('Password').value]).toEqual([
      'mara',
      'wrong',
    ]);
  });

  it('points at what is missing, and focuses the first of it', async () => {
    const { auth, page } = await open();
    await page.press('Sign in');
    expect(auth.calls).toEqual([]);
    expect(document.activeElement).toBe(page.field('User name'));
    expect(page.field('User name').getAttribute('aria-invalid')).toBe('true');
    expect(page.described('User name')).toBe('Enter your user name.');
    await page.type('User name', 'mara');
    expect(page.field('User name').getAttribute('aria-invalid')).toBe('false');
    await page.press('Sign in');
    expect(document.activeElement).toBe(page.field('Password'));
  });

  it('keeps button and focus while an answer is awaited, and sends once', async () => {
    const { fixture, auth, page } = await open();
    let answer = () => {};
    const signIn = vi.fn(
      () => new Promise<never>((_, reject) => (answer = () => reject(new Error('late')))),
    );
    auth.signIn = signIn;
    await page.type('User name', 'mara');
    await page.type('Password', PASSWORD);
    page.button('Sign in').focus();
    await page.press('Sign in');
    expect(page.button('Sign in').getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(page.button('Sign in'));
    expect(page.said('status')).toContain('One moment');
    await page.press('Sign in');
    expect(signIn).toHaveBeenCalledTimes(1);
    answer();
    await vi.waitFor(() => expect(page.said('alert')).toBe(englishTexts.errors.unknown));
    await fixture.whenStable();
    expect(page.button('Sign in').getAttribute('aria-disabled')).toBeNull();
  });

  it('lets browsers fill in, and nobody correct, names and passwords', async () => {
    const { page } = await open({ signInNames: ['username', 'email'] });
    const name = page.field('User name or email');
    expect(name.autocomplete).toBe('username');
    expect(name.getAttribute('autocapitalize')).toBe('none');
    expect(page.field('Password').autocomplete).toBe('current-password');
  });

  it('shows a password on request', async () => {
    const { page } = await open();
    await page.press('Show password');
    expect(page.field('Password').type).toBe('text');
    await page.press('Hide password');
    expect(page.field('Password').type).toBe('password');
  });

  it('reaches the password by one tab, and the reset after it', async () => {
    const { page } = await open();
    const order = [...page.root.querySelectorAll('form input, form button')];
    expect(order.indexOf(page.field('Password'))).toBe(1);
    expect(order.indexOf(page.button('Forgot password?'))).toBeGreaterThan(1);
  });
});

describe('a problem with a field', () => {
  it('shows when the field is left, in the place of the help', async () => {
    const { page } = await open();
    await page.press('Create an account');
    expect(page.described('Email address')).toBe(
      'We will send a message there to confirm that it is yours.',
    );
    await page.type('Email address', 'mara@');
    expect(page.field('Email address').getAttribute('aria-invalid')).toBe('false');
    await page.leave('Email address');
    expect(page.described('Email address')).toBe('Enter an address like name@example.com.');
  });

  it('does not move the button away while the mouse is down on it', async () => {
    const { fixture, page } = await open();
    await page.press('Create an account');
    await page.type('Email address', 'mara@');
    const screen = page.root.querySelector('ph-screen');
    screen?.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await page.leave('Email address');
    expect(page.field('Email address').getAttribute('aria-invalid')).toBe('false');
    document.dispatchEvent(new Event('pointerup'));
    await vi.waitFor(async () => {
      await fixture.whenStable();
      expect(page.field('Email address').getAttribute('aria-invalid')).toBe('true');
    });
  });
});

describe('signing up', () => {
  it('is built from what the pool requires', async () => {
    const { fixture, page } = await open();
    fixture.componentInstance.attributes.set([
      'email',
      { name: 'phone_number', required: false },
      {
        name: 'custom:size',
        label: 'Shirt size',
        options: [
          { value: 's', label: 'Small' },
          { value: 'm', label: 'Medium' },
        ],
      },
    ]);
    await page.press('Create an account');
    expect(page.field('Phone number (optional)').type).toBe('tel');
    expect(page.field('Phone number (optional)').getAttribute('aria-required')).toBe('false');
    const size = page.field('Shirt size');
    size.value = 'm';
    size.dispatchEvent(new Event('change'));
    await page.type('User name', 'mara');
    await page.type('Email address', 'mara@example.com');
    await page.type('Password', PASSWORD);
    await page.press('Create account');
    expect(TestBed.inject(FakeAuth).calls.at(-1)?.args).toEqual([
      {
        username: 'mara',
        password: PASSWORD,
        attributes: { email: 'mara@example.com', 'custom:size': 'm' },
      },
    ]);
  });

  it('shows no rule of a policy that it was not told', async () => {
    const { auth, page } = await open();
    await page.press('Create an account');
    expect(page.root.querySelector('.ph-rules')).toBeNull();
    await page.type('User name', 'mara');
    await page.type('Email address', 'mara@example.com');
    await page.type('Password', 'pond-light-gravel');
    await page.press('Create account');
    expect(auth.calls.map(({ method }) => method)).toEqual(['signUp']);
  });

  it('shows the rules of the password being met while one types', async () => {
    const { page } = await open({ passwordPolicy: {} });
    await page.press('Create an account');
    const rules = () =>
      [...page.root.querySelectorAll('.ph-rules li')].map((rule) =>
        rule.textContent?.replace(/\s+/g, ' ').trim(),
      );
    await page.type('Password', 'abc1');
    expect(rules()).toEqual([
      '8 or more characters missing',
      'a small letter done',
      'a capital letter missing',
      'a digit done',
      'a symbol such as ! or - missing',
    ]);
    expect(page.field('Password').autocomplete).toBe('new-password');
    expect(page.field('Password').getAttribute('aria-invalid')).toBe('false');
  });

  it('asks for the code where it was sent, and signs in with it', async () => {
    const { page } = await open();
    await signUpAs(page);
    expect(page.title()).toBe('Enter the code');
    expect(page.root.textContent).toContain('We sent a code to mara@example.com');
    expect(document.activeElement).toBe(page.field('Code'));
    expect(page.field('Code').autocomplete).toBe('one-time-code');
    expect(page.field('Code').getAttribute('inputmode')).toBe('numeric');
    await page.type('Code', '000000');
    await page.press('Confirm');
    expect(page.root.textContent).toContain(englishTexts.errors['wrong-code']);
    await page.type('Code', '123 456');
    await page.press('Confirm');
    expect(page.root.textContent?.trim()).toBe('Hello mara');
  });

  it('by link asks to check the mail, and for nothing else', async () => {
    const { fixture, auth, page } = await open({ signUpVerification: 'link' });
    const before = auth.signUp.bind(auth);
    auth.signUp = async (input) => ({ ...(await before(input)), verification: 'link' });
    await signUpAs(page);
    expect(page.title()).toBe('Check your mail');
    expect(page.root.querySelectorAll('input')).toHaveLength(0);
    expect(document.activeElement?.textContent?.trim()).toBe('Check your mail');
    await page.press('Send it again');
    expect(page.said('status')).toContain('Sent again to mara@example.com.');
    await auth.confirmSignUp('mara', '123456');
    await fixture.whenStable();
    await page.press('I have confirmed it, sign me in');
    expect(page.root.textContent?.trim()).toBe('Hello mara');
  });

  it('is not offered where it is closed', async () => {
    const { page } = await open({ signUp: { open: false } });
    expect(page.root.textContent).not.toContain('Create an account');
  });

  it('keeps what was typed when the person looks elsewhere', async () => {
    const { page } = await open();
    await page.type('User name', 'mara');
    await page.press('Create an account');
    expect(page.field('User name').value).toBe('mara');
    expect(document.activeElement).toBe(page.field('Email address'));
    await page.type('Email address', 'mara@example.com');
    await page.press('Sign in');
    await page.press('Create an account');
    expect(page.field('Email address').value).toBe('mara@example.com');
  });
});

describe('a forgotten password', () => {
  it('is changed with a code, and the name goes along', async () => {
    const { auth, page } = await open();
    await page.type('User name', 'mara');
    await page.press('Forgot password?');
    expect(page.field('User name').value).toBe('mara');
    await page.press('Send the code');
    expect(page.title()).toBe('Choose a new password');
    expect(page.root.querySelector<HTMLInputElement>('[autocomplete=username]')?.value).toBe(
      'mara',
    );
    await page.type('Code', '123456');
    await page.type('New password', PASSWORD);
    await page.press('Change password');
    expect(auth.user()?.username).toBe('mara');
  });
});

describe('a password that an administrator gave', () => {
  it('has to be replaced', async () => {
    const { auth, page } = await open({ passwordPolicy: {} });
    auth.askForNewPassword('mara');
    await page.type('User name', 'mara');
    await page.type('Password', 'temporary');
    await page.press('Sign in');
    expect(page.title()).toBe('Choose your password');
    expect(document.activeElement).toBe(page.field('New password'));
    await page.type('New password', 'short');
    await page.press('Save and continue');
    expect(page.described('New password')).toContain('Still missing: 8 or more characters');
    await page.type('New password', PASSWORD);
    await page.press('Save and continue');
    expect(page.root.textContent?.trim()).toBe('Hello mara');
  });
});

describe('the frame', () => {
  it('shows neither screen nor content before anything is known', async () => {
    const { fixture, auth, page } = await open();
    auth.beUnknown();
    await fixture.whenStable();
    expect(page.root.querySelector('form')).toBeNull();
    expect(page.said('status')).toBe('Loading');
  });

  it('has slots above, below, and for whoever is signed in', async () => {
    const { page } = await open();
    expect(page.root.querySelector('.ph-brand')?.textContent).toContain('Shop');
    expect(page.root.textContent).toContain('to continue to Shop');
    expect(page.root.textContent).toContain('Terms');
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [provideFakePoolhouse({ user: {} })] });
    const bare = TestBed.createComponent(Bare);
    await bare.whenStable();
    expect(bare.nativeElement.textContent).toContain('Our shop');
    expect(bare.nativeElement.querySelector('.ph-brand')).toBeNull();
    expect(bare.nativeElement.textContent).toContain('You are signed in');
    bare.nativeElement.querySelector('button').click();
    await bare.whenStable();
    expect(bare.nativeElement.textContent).toContain('Forgot password?');
  });

  it('comes in parts, which share what was typed where the application says so', async () => {
    TestBed.configureTestingModule({ providers: [provideFakePoolhouse()] });
    const parts = TestBed.createComponent(Parts);
    document.body.append(parts.nativeElement);
    await parts.whenStable();
    const page = pageOf(parts);
    await page.type('User name', 'mara');
    await page.press('Create an account');
    expect(page.title()).toBe('Create an account');
    expect(page.field('User name').value).toBe('mara');
  });

  it('speaks the language of the application', async () => {
    const texts = mergeTexts(englishTexts, {
      screens: { signInTitle: 'Anmelden', problemMissing: '{label} fehlt.', password: 'Kennwort' },
    });
    const { page } = await open({}, {}, [{ provide: POOLHOUSE_TEXTS, useValue: texts }]);
    expect(page.title()).toBe('Anmelden');
    await page.press('Sign in');
    expect(page.described('Kennwort')).toBe('Kennwort fehlt.');
  });

  it('leaves focus alone on arrival', async () => {
    await open();
    expect(document.activeElement).toBe(document.body);
  });
});
