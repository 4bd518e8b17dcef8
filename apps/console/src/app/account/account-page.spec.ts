import { TestBed } from '@angular/core/testing';
import { Sessions, type Role } from '../api/session';
import { openConsole } from '../../testing/open-console';
import { shopServer } from '../../testing/shop';

const NEW_PASSWORD = 'a few words of mine';

function server(role: Role = 'owner') {
  const made = shopServer(role).at('POST account/sign-out', () => ({}));
  made.signIns.accounts.set('olga', { password: 'secret', role });
  return made;
}

describe('one’s own account', () => {
  it('says who one is, and what one may do', async () => {
    const page = await openConsole('/account', server('viewer'));
    expect(await page.facts()).toEqual({
      'User name': 'olga',
      Email: 'olga@example.com',
      Role: 'Viewer',
    });
    expect(await page.text()).toContain('Ask an owner to make a new link for you.');
  });

  it('gets another password, proved by the one until now', async () => {
    const asked = server();
    const page = await openConsole('/account', asked);
    await page.type('Current password', 'secret');
    await page.type('New password', NEW_PASSWORD);
    await page.press('Change the password');
    expect(await page.toasts()).toEqual([
      'Your password is changed. All your other sessions have ended.',
    ]);
    expect(asked.signIns.accounts.get('olga')?.password).toBe(NEW_PASSWORD);
    expect([await page.value('New password'), asked.signIns.opened]).toEqual(['', 0]);
  });

  it('keeps its password where the one until now is another', async () => {
    const asked = server();
    const page = await openConsole('/account', asked);
    await page.type('Current password', 'guess');
    await page.type('New password', NEW_PASSWORD);
    await page.press('Change the password');
    await vi.waitFor(async () =>
      expect(await page.problem('Current password')).toBe('This is not your password.'),
    );
    expect(await page.value('New password')).toBe(NEW_PASSWORD);
    expect(asked.signIns.opened).toBe(0);
  });

  it('takes no weak password', async () => {
    const page = await openConsole('/account', server());
    await page.type('New password', 'olga@example.com');
    await page.press('Change the password');
    expect(await page.problem('Current password')).toContain('Enter the password');
    expect(await page.problem('New password')).toContain('does not meet the rules');
    expect(await page.unmetRules()).toEqual(['Not your user name or email']);
  });

  it('ends all its sessions, this one too', async () => {
    const asked = server();
    const page = await openConsole('/account', asked);
    await page.press('End all my sessions');
    await page.press('End all my sessions');
    expect(asked.inputs('POST account/sign-out')).toEqual([{}]);
    expect([page.url, await page.toasts()]).toEqual([
      '/sign-in',
      ['All your sessions have ended.'],
    ]);
    expect(TestBed.inject(Sessions).session()).toBeUndefined();
  });

  it('keeps its sessions where they could not be ended', async () => {
    const asked = server().failNext('POST account/sign-out', 'X', 'Not now.');
    const page = await openConsole('/account', asked);
    await page.press('End all my sessions');
    await page.press('End all my sessions');
    expect(await page.notices()).toEqual(['Not now.']);
    expect(page.url).toBe('/account');
  });
});
