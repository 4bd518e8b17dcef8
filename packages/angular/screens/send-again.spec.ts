import { TestBed } from '@angular/core/testing';
import { englishTexts } from '@poolhouse/angular';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { Authenticator } from './authenticator';
import { pageOf } from '../fields/testing/driven-page';

async function open() {
  TestBed.configureTestingModule({
    providers: [provideFakePoolhouse({}, { passwordPolicy: { minimumLength: 12 } })],
  });
  const fixture = TestBed.createComponent(Authenticator);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const page = pageOf(fixture);
  await page.type('User name', 'mara');
  await page.press('Forgot password?');
  await page.press('Send the code');
  return { fixture, page, auth: TestBed.inject(FakeAuth) };
}

beforeEach(() => sessionStorage.clear());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

it('a message that was sent again is not asked for at once, and the button says for how long', async () => {
  const { fixture, page, auth } = await open();
  const asked = () => auth.calls.filter(({ method }) => method === 'forgotPassword').length;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  await page.press('Send it again');
  expect(asked()).toBe(2);
  const button = page.button('Send it again in 30 s');
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await page.press('Send it again in 30 s');
  expect(asked()).toBe(2);
  vi.advanceTimersByTime(12_000);
  await fixture.whenStable();
  expect(page.button('Send it again in 18 s')).toBe(button);
  vi.advanceTimersByTime(18_000);
  await fixture.whenStable();
  vi.advanceTimersByTime(1000);
  expect(vi.getTimerCount()).toBe(0);
  await page.press('Send it again');
  expect(asked()).toBe(3);
});

it('what was not sent may be asked for again at once, and what was typed above is not blamed', async () => {
  const { page, auth } = await open();
  auth.failNext('forgotPassword', 'network');
  await page.press('Send it again');
  expect(page.said('alert')).toBe(englishTexts.errors.network);
  await page.press('Send it again');
  expect(page.said('alert')).toBe('');
  expect(page.said('status')).toContain('Sent again to');
});

it('a new password is chosen with the rules at hand, for password managers too', async () => {
  const { page } = await open();
  expect(page.field('New password').getAttribute('passwordrules')).toMatch(/^minlength: 12; /);
  expect(page.field('Code').getAttribute('passwordrules')).toBeNull();
});
