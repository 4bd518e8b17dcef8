import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { AuthError } from '@poolhouse/angular';
import { FakeAuth, type FakePoolhouse, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { POOL_CONFIG } from './pool-config';
import { routes } from './routes';

/** Opens a page as somebody, or as nobody. */
async function open(url: string, who: FakePoolhouse) {
  TestBed.configureTestingModule({
    providers: [
      provideFakePoolhouse(who, {
        routes: { signIn: '/sign-in', home: '/profile', forbidden: '/not-allowed' },
        passwordPolicy: { minimumLength: 12, requireUppercase: false, requireSymbols: false },
      }),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter(routes),
      {
        provide: POOL_CONFIG,
        useValue: { region: 'local', userPoolId: 'local_Fake00000', clientId: 'fake' },
      },
    ],
  });
  const harness = await RouterTestingHarness.create(url);
  const page = harness.routeNativeElement;
  if (page === null) throw new Error(`nothing is at ${url}`);
  const stable = () => harness.fixture.whenStable();
  return { page, stable, http: TestBed.inject(HttpTestingController) };
}

function type(page: HTMLElement, label: string, text: string): HTMLInputElement {
  const found = [...page.querySelectorAll('label')].find(
    (one) => one.textContent?.trim() === label,
  );
  const input = found?.control;
  if (!(input instanceof HTMLInputElement)) throw new Error(`no input is labelled ${label}`);
  input.value = text;
  input.dispatchEvent(new Event('input'));
  return input;
}

const ADMIN: FakePoolhouse = { user: { username: 'root' }, groups: ['admin'] };
const ANN = {
  username: 'ann',
  email: 'ann@example.com',
  status: 'FORCE_CHANGE_PASSWORD',
  enabled: true,
  isAdmin: false,
};

describe('the pages', () => {
  it('the users’ page is for administrators; members learn why, and strangers sign in', async () => {
    const { page } = await open('/admin', { user: { username: 'ann' }, groups: ['member'] });
    expect(page.textContent).toContain('This page is for administrators');
    expect(page.textContent).toContain('ann');
    TestBed.resetTestingModule();
    const stranger = await open('/admin', { accounts: {} });
    expect(stranger.page.querySelector('ph-sign-in')).not.toBeNull();
  });

  it('shows the users with their state in words, and says when the API does not answer', async () => {
    const { page, stable, http } = await open('/admin', ADMIN);
    expect(page.querySelector('[aria-label="Loading the users"]')).not.toBeNull();
    http.expectOne('/api/groups').error(new ProgressEvent('error'));
    http.expectOne('/api/admin').error(new ProgressEvent('error'));
    await stable();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('cannot reach the server');
    expect(page.querySelector('#group-problem')?.textContent).toContain('cannot be read right now');
    page.querySelector<HTMLButtonElement>('[role=alert] button')?.click();
    TestBed.tick();
    const users = [ANN, { ...ANN, username: 'ben', enabled: false }];
    http.expectOne('/api/admin').flush({ users, more: false });
    await stable();
    const rows = [...page.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
    expect(rows).toEqual([
      expect.stringMatching(/ann.*ann@example\.com.*Temp password/s),
      expect.stringMatching(/ben.*Disabled/s),
    ]);
    // Names in another script keep their direction, shown or typed.
    expect(page.querySelectorAll('tbody b[dir=auto], form input[dir=auto]')).toHaveLength(4);
  });

  it('adds a user, and shows the API’s refusal at the field, with everything that was typed', async () => {
    const { page, stable, http } = await open('/admin', ADMIN);
    http.expectOne('/api/groups').flush({ groups: ['admin', 'staff'] });
    http.expectOne('/api/admin').flush({ users: [], more: false });
    await stable();
    const send = () => page.querySelector<HTMLFormElement>('form')?.requestSubmit();
    send();
    await stable();
    expect(page.textContent).toContain('Enter a user name.');
    http.expectNone('/api/users');

    const username = type(page, 'User name', 'ann');
    type(page, 'Email', 'ann@example.com');
    send();
    await Promise.resolve();
    const refusal = { error: 'UsernameExistsException', message: 'Taken.', field: 'username' };
    http.expectOne('/api/users').flush(refusal, { status: 409, statusText: 'Conflict' });
    await stable();
    expect(username.getAttribute('aria-invalid')).toBe('true');
    expect(page.textContent).toContain('Taken.');
    expect(page.textContent).not.toContain('UsernameExistsException');
    expect(username.value).toBe('ann');

    type(page, 'User name', 'anna');
    send();
    await Promise.resolve();
    const trouble = { error: 'PoolUnavailable', message: 'Try later.' };
    http.expectOne('/api/users').flush(trouble, { status: 503, statusText: 'Unavailable' });
    await stable();
    expect(page.querySelector('form [role=alert]')?.textContent).toBe('Try later.');

    // As it is: nothing that was typed was wrong.
    send();
    await Promise.resolve();
    const sent = http.expectOne('/api/users');
    expect(sent.request.body).toEqual({
      username: 'anna',
      email: 'ann@example.com',
      group: '',
    });
    sent.flush(ANN, { status: 201, statusText: 'Created' });
    await vi.waitFor(() => {
      TestBed.tick();
      http.expectOne('/api/admin').flush({ users: [ANN], more: false });
    });
    await stable();
    expect(page.textContent).toContain('The invitation was sent to ann@example.com');
    expect(page.querySelector('form [role=alert]')).toBeNull();
    expect(page.querySelector('tbody')?.textContent).toContain('ann@example.com');
    expect(username.value).toBe('');
  });

  it('offers the groups that exist, and says what was done where only the group failed', async () => {
    const { page, stable, http } = await open('/admin', ADMIN);
    http.expectOne('/api/admin').flush({ users: [], more: false });
    http.expectOne('/api/groups').flush({ groups: ['admin', 'staff'] });
    await stable();
    const group = page.querySelector<HTMLSelectElement>('#group');
    if (group === null) throw new Error('no groups are offered');
    expect([...group.options].map(({ text }) => text)).toEqual(['None', 'admin', 'staff']);
    const username = type(page, 'User name', 'ann');
    type(page, 'Email', 'ann@example.com');
    const choose = (name: string) => {
      group.value = name;
      group.dispatchEvent(new Event('input'));
      group.dispatchEvent(new Event('change'));
    };
    choose('staff');
    const send = async () => {
      page.querySelector<HTMLFormElement>('form')?.requestSubmit();
      await Promise.resolve();
      return http.expectOne('/api/users');
    };
    const gone = await send();
    expect(gone.request.body).toEqual({
      username: 'ann',
      email: 'ann@example.com',
      group: 'staff',
    });
    const noGroup = { error: 'BadRequest', message: 'Nobody was added.', field: 'group' };
    gone.flush(noGroup, { status: 400, statusText: 'Bad Request' });
    await stable();
    expect(page.querySelector('#group-problem')?.textContent).toBe('Nobody was added.');
    expect(username.value).toBe('ann');

    choose('admin');
    const half = await send();
    const notIn = { error: 'NotInGroup', message: 'ann was added, but is not in admin.' };
    half.flush(notIn, { status: 409, statusText: 'Conflict' });
    await vi.waitFor(() => {
      TestBed.tick();
      http.expectOne('/api/admin').flush({ users: [ANN], more: false });
    });
    await stable();
    expect(page.querySelector('form [role=alert]')?.textContent).toBe(notIn.message);
    expect(page.querySelector('tbody')?.textContent).toContain('ann@example.com');
    expect(username.value).toBe('');
  });

  it('the profile shows what the API answers', async () => {
    const { page, stable, http } = await open('/profile', { user: { username: 'ann' } });
    http.expectOne('/api/me').flush({ username: 'ann', groups: [] });
    await stable();
    expect(page.querySelector('pre')?.textContent).toContain('"username": "ann"');
    expect(page.querySelector('h1')?.textContent).toBe('ann');
  });

  it('the profile leads to the second factors', async () => {
    const { page, http } = await open('/profile', { user: { username: 'ann' } });
    http.expectOne('/api/me').flush({});
    expect(page.querySelector('a[href="/account"]')?.textContent).toBe('How you sign in');
    TestBed.resetTestingModule();
    const account = await open('/account', { user: { username: 'ann' } });
    await account.stable();
    expect(account.page.querySelector('h1')?.textContent).toBe('How you sign in');
    expect(account.page.querySelector('ph-second-factors')?.textContent).toContain(
      'Authenticator application',
    );
  });

  it('a new password is held to the pool’s rules, and the pool’s refusal stands at its field', async () => {
    const { page, stable, http } = await open('/profile', { user: { username: 'ann' } });
    http.expectOne('/api/me').flush({});
    const form = page.querySelector<HTMLFormElement>('app-password-form form');
    if (form === null) throw new Error('there is no form');
    const send = async () => {
      form.requestSubmit();
      await stable();
    };
    const auth = TestBed.inject(FakeAuth);
    const changes = () => auth.calls.filter(({ method }) => method === 'changePassword');
    const text = () => form.textContent?.replace(/\s+/g, ' ');
    await send();
    expect(text()).toContain('Enter your present password.');
    expect(document.activeElement).toBe(type(page, 'Present password', 'Abcdef1!'));

    const proposed = type(page, 'New password', 'abcdef1');
    await send();
    expect(text()).toContain('12 or more characters missing a small letter done a digit done');
    expect(text()).toContain('Still missing: 12 or more characters.');
    expect(document.activeElement).toBe(proposed);
    expect(changes()).toEqual([]);

    type(page, 'New password', 'pond-light-gravel-1');
    const refusal = {
      code: 'wrong-password',
      message: 'Not yours.',
      field: 'previousPassword',
    } as const;
    auth.failNext('changePassword', new AuthError(refusal));
    await send();
    expect(text()).toContain('Not yours.');
    const present = type(page, 'Present password', 'Abcdef2!');
    expect(present.getAttribute('aria-invalid')).toBe('true');
    await send();
    expect(text()).toContain('Changed.');
    expect(changes()).toHaveLength(2);
    expect([present.value, proposed.value]).toEqual(['', '']);
    expect(present.getAttribute('aria-invalid')).toBe('false');
  });
});
