import { TestBed } from '@angular/core/testing';
import { type AuthUser, englishTexts } from '@poolhouse/angular';
import { englishScreenTexts as screenTexts } from '@poolhouse/angular/fields';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { SecondFactors } from './second-factors';
import { pageOf } from '../fields/testing/driven-page';

const ANN = { username: 'ann', attributes: { phone_number: '+49301234589' } };

async function open(
  user: Partial<AuthUser> = ANN,
  prepare: (auth: FakeAuth) => unknown = () => undefined,
) {
  TestBed.configureTestingModule({ providers: [provideFakePoolhouse({ user })] });
  const auth = TestBed.inject(FakeAuth);
  prepare(auth);
  const fixture = TestBed.createComponent(SecondFactors);
  document.body.append(fixture.nativeElement);
  const page = pageOf(fixture);
  await settled();
  const rows = () =>
    [...page.root.querySelectorAll('li')].map((row) =>
      [...row.querySelectorAll('.ph-what b, .ph-what .ph-state')]
        .map(({ textContent }) => textContent?.trim())
        .join(' '),
    );
  async function settled() {
    await fixture.whenStable();
    await new Promise((done) => setTimeout(done));
    await fixture.whenStable();
  }
  const press = async (name: string) => {
    page.button(name).focus();
    await page.press(name);
    await settled();
  };
  return { auth, page, fixture, rows, press };
}

afterEach(() => document.body.replaceChildren());

it('shows each factor that the account could use, and where its codes go', async () => {
  const { page, rows } = await open();
  expect(rows()).toEqual(['Authenticator application Off', 'Email Off', 'Text message Off']);
  expect(page.root.textContent).toContain('Codes go to ann@example.com.');
  expect(page.root.textContent).toContain('Codes go to +49301234589.');
  TestBed.resetTestingModule();
  document.body.replaceChildren();
  const other = await open({ username: 'ben' });
  expect(other.rows()).toEqual(['Authenticator application Off', 'Email Off']);
});

it('turns factors on and off, and puts one first where there are several', async () => {
  const { auth, page, rows, press } = await open();
  await press('Turn on: Email');
  expect(rows()[1]).toBe('Email On');
  expect(page.said('status')).toBe('Email: turned on.');
  expect(document.activeElement).toBe(page.button('Turn off: Email'));
  expect(() => page.button('Ask for this first: Email')).toThrow();
  await press('Turn on: Text message');
  await press('Ask for this first: Email');
  expect(rows()).toEqual([
    'Authenticator application Off',
    'Email On Asked for first',
    'Text message On',
  ]);
  expect(auth.calls.at(-1)?.args).toEqual(['email', 'preferred']);
  await press('Let me choose each time: Email');
  expect(auth.calls.at(-1)?.args).toEqual(['email', 'on']);
  await press('Turn off: Email');
  expect(rows()[1]).toBe('Email Off');
});

it('sets an application up: a wrong code stays, the right one turns it on, and the focus goes on from there', async () => {
  const { auth, page, rows, press } = await open();
  await press('Set up: Authenticator application');
  expect(page.root.querySelector('code')?.textContent).toContain('JBSW Y3DP');
  expect(page.root.textContent).not.toContain(screenTexts.factorReplaceIntro);
  await page.type('Code', '000 000');
  await press('Turn on');
  expect(page.described('Code')).toBe(englishTexts.errors['wrong-code']);
  expect(document.activeElement).toBe(page.field('Code'));
  await page.type('Code', '123 456');
  await press('Turn on');
  expect(rows()[0]).toBe('Authenticator application On');
  expect(page.said('status')).toContain('Authenticator application: turned on.');
  expect(document.activeElement?.getAttribute('data-factor')).toBe('authenticator');

  await press('Replace: Authenticator application');
  expect(page.root.textContent).toContain(screenTexts.factorReplaceIntro);
  await press('Cancel');
  expect(page.root.querySelector('code')).toBeNull();
  expect(rows()[0]).toBe('Authenticator application On');
  await press('Turn off: Authenticator application');
  expect(rows()[0]).toBe('Authenticator application Off');
  expect(auth.calls.at(-1)?.args).toEqual(['authenticator', 'off']);
});

it('a refusal stands with the factor that it is about', async () => {
  const { auth, page, press } = await open();
  auth.failNext('setFactor', 'factor-not-offered');
  await press('Turn on: Email');
  const said = [...page.root.querySelectorAll('li')].map((row) =>
    row.querySelector('[role=alert]')?.textContent?.trim(),
  );
  expect(said).toEqual(['', englishTexts.errors['factor-not-offered'], '']);
});

it('what could not be read can be read again', async () => {
  const { page, rows, press } = await open(ANN, (auth) => auth.failNext('loadFactors', 'network'));
  expect(page.said('alert')).toBe(englishTexts.errors.network);
  await press('Try again');
  expect(rows()).toHaveLength(3);
});

it('shows only what the application says is offered, and what is on', async () => {
  const { fixture, rows, press } = await open();
  await press('Turn on: Text message');
  fixture.componentRef.setInput('offered', ['authenticator']);
  await fixture.whenStable();
  expect(rows()).toEqual(['Authenticator application Off', 'Text message On']);
});
