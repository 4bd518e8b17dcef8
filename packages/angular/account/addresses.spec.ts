import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type AuthUser, type ClientSettings, PoolSettings } from '@poolhouse/angular';
import { englishScreenTexts as words } from '@poolhouse/angular/fields';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { pageOf } from '../fields/testing/driven-page';
import { Addresses } from './addresses';
import { SecondFactors } from './second-factors';

@Component({
  imports: [Addresses, SecondFactors],
  template: `
    <ph-addresses (changed)="factors.reload()" />
    <ph-second-factors #factors />
  `,
})
class AccountPage {}

async function open(
  user: Partial<AuthUser> = {},
  changeableAddresses: ClientSettings['changeableAddresses'] = ['email', 'phone_number'],
) {
  TestBed.configureTestingModule({
    providers: [
      provideFakePoolhouse({ user: { username: 'ann', ...user } }),
      { provide: PoolSettings, useValue: { current: signal({ changeableAddresses }) } },
    ],
  });
  const auth = TestBed.inject(FakeAuth);
  const fixture = TestBed.createComponent(AccountPage);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const page = pageOf(fixture);
  const row = (name: string) =>
    page.root.querySelector(`ph-addresses [data-row=${name}]`)?.textContent?.replace(/\s+/g, ' ');
  const called = (method: string) =>
    auth.calls.filter((one) => one.method === method).map(({ args }) => args);
  return { auth, fixture, page, row, called };
}

afterEach(() => document.body.replaceChildren());

it('a phone number is added, proved by its code, and then a second factor', async () => {
  const { page, row, called } = await open();
  expect(row('email')).toContain('Verified');
  expect(row('phone_number')).toContain(words.addressNone);
  expect(page.root.textContent).not.toContain(words.factorSms);
  await page.press('Add: Phone number');
  expect(document.activeElement).toBe(page.field('Phone number'));
  expect(page.field('Phone number').type).toBe('tel');
  await page.type('Phone number', '030 901820');
  await page.press(words.addressSave);
  expect(page.described('Phone number')).toContain(words.problemPhone);
  expect(document.activeElement).toBe(page.field('Phone number'));
  await page.type('Phone number', '+49 (30) 901820');
  await page.press(words.addressSave);
  expect(called('updateAttributes')).toEqual([[{ phone_number: '+4930901820' }]]);
  expect(page.said('status')).toContain('Phone number: saved.');
  expect(row('phone_number')).toContain('Not verified');
  expect(page.root.textContent).toContain(words.factorSms);

  await page.press('Verify: Phone number');
  expect(called('sendAttributeCode')).toEqual([['phone_number']]);
  expect(row('phone_number')).toContain('We sent a code to a***@e***.');
  await page.type('Code', '000000');
  await page.press(words.addressVerify);
  expect(page.described('Code')).toContain('This code is not correct.');
  await page.type('Code', '123 456');
  await page.press(words.addressVerify);
  expect(page.said('status')).toContain('Phone number: verified.');
  expect(row('phone_number')).toMatch(/\+4930901820/);
  expect(row('phone_number')).not.toContain('Not verified');
});

it('a changed address is proved at once where the pool sent a code', async () => {
  const { page, auth, row, called } = await open();
  vi.spyOn(auth, 'updateAttributes').mockResolvedValue([
    { medium: 'email', address: 'n***@e***', attribute: 'email' },
  ]);
  await page.press('Change: Email address');
  expect(page.field('Email address').value).toBe('ann@example.com');
  await page.type('Email address', 'new@example.com');
  await page.press(words.addressSave);
  expect(row('email')).toContain('We sent a code to n***@e***.');
  expect(document.activeElement).toBe(page.field('Code'));
  await page.press(words.factorCancel);
  expect(document.activeElement?.getAttribute('data-row')).toBe('email');
  expect(called('sendAttributeCode')).toEqual([]);
});

it('what the pool refuses stands where it was typed, and what it does not let change is only shown', async () => {
  const { page, auth } = await open();
  await page.press('Change: Email address');
  auth.failNext('updateAttributes', 'alias-taken');
  await page.type('Email address', 'ben@example.com');
  await page.press(words.addressSave);
  expect(page.said('alert')).toContain('Another account already uses this address or number.');
  expect(page.field('Email address').value).toBe('ben@example.com');
  TestBed.resetTestingModule();
  document.body.replaceChildren();

  const fixed = await open({}, []);
  expect(fixed.row('email')).toContain('ann@example.com');
  expect(fixed.row('phone_number')).toBeUndefined();
  expect(fixed.page.root.querySelector('ph-addresses button')).toBeNull();
});

it('says when the addresses cannot be read, and reads them again', async () => {
  TestBed.configureTestingModule({ providers: [provideFakePoolhouse({ user: {} })] });
  const auth = TestBed.inject(FakeAuth);
  auth.failNext('loadAttributes', 'network');
  const fixture = TestBed.createComponent(AccountPage);
  await fixture.whenStable();
  const page = pageOf(fixture);
  expect(page.said('alert')).toContain('We cannot reach the server.');
  await page.press(words.tryAgain);
  expect(page.root.querySelector('[data-row=email]')?.textContent).toContain('ann@example.com');
});
