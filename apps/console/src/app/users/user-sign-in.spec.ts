import type { AuthFactorType, UserPoolMfaType } from '@poolhouse/model';
import { openConsole } from '../../testing/open-console';
import { shopServer, SHOP } from '../../testing/shop';
import type { Role } from '../api/session';
import { described, peopleServer, USERS } from './testing/people';

const ANN = `${USERS}/sub-of-ann`;
const key = { UserPoolId: SHOP.Id, Username: 'sub-of-ann' };

/** A server whose pool asks like this, and where Ann has turned these on. */
function factorServer({
  on = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
  has = ['PASSWORD', 'SMS_OTP', 'SOFTWARE_TOKEN'],
  mfa = 'OPTIONAL',
  role,
}: {
  on?: readonly string[];
  has?: readonly AuthFactorType[];
  mfa?: UserPoolMfaType;
  role?: Role;
} = {}) {
  return peopleServer({ server: shopServer(role, { MfaConfiguration: mfa }) })
    .on('AdminGetUser', () =>
      described({ UserMFASettingList: on, PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }),
    )
    .on('AdminGetUserAuthFactors', { Username: 'ann', ConfiguredUserAuthFactors: has })
    .on('AdminDeleteSoftwareToken', {})
    .on('AdminSetUserMFAPreference', {});
}

/** A server that tracks sessions, of which there are two pages. */
function sessionServer(role?: Role) {
  return peopleServer({ server: shopServer(role) })
    .on('GetUserPoolSessionConfiguration', { UserSessionTracking: 'ENABLED' })
    .on('AdminListUserSessions', ({ NextToken }) =>
      NextToken === undefined
        ? {
            Sessions: [{ SessionId: 'one', DeviceType: 'Firefox', LastIPAddress: '192.0.2.7' }],
            NextToken: 'more',
          }
        : { Sessions: [{ SessionId: 'two' }] },
    )
    .on('AdminRevokeUserSession', {});
}

describe('how a user signs in', () => {
  it('shows what they have, which factors are on, and which is preferred', async () => {
    const page = await openConsole(ANN, factorServer());
    expect(await page.facts()).toMatchObject({ Has: 'a password, a verified phone number' });
    expect((await page.chips()).filter((chip) => chip === 'On')).toHaveLength(2);
    expect(await page.chips()).toContain('preferred');
    expect(await page.text()).toContain('asks those for a second factor who have turned one on');
  });

  it('shows an application that is set up but turned off', async () => {
    const page = await openConsole(ANN, factorServer({ on: [] }));
    expect(await page.chips()).toContain('Set up, turned off');
    expect(await page.hasButton('Remove the authenticator application')).toBe(true);
    expect(await page.hasButton('Turn off codes by SMS')).toBe(false);
  });

  it('says that there is no second factor', async () => {
    const page = await openConsole(ANN, factorServer({ on: [], has: [], mfa: 'OFF' }));
    expect(await page.facts()).toMatchObject({ Has: 'nothing yet' });
    expect(await page.text()).toContain('None is turned on.');
  });

  it.each([
    ['OFF', 'Sign-in stays as it is'],
    ['OPTIONAL', 'asks for the first factor alone'],
    ['ON', 'they have to set one up'],
  ] as const)('says before it removes one where MFA is %s: %s', async (mfa, words) => {
    const server = factorServer({ mfa });
    const page = await openConsole(ANN, server);
    await page.press('Remove the authenticator application');
    expect(await page.heading()).toBe('Remove the authenticator application?');
    expect(await page.text()).toContain(words);
    expect(server.writes).toEqual([]);
  });

  it('removes a lost application, and reads the user again', async () => {
    const server = factorServer();
    const page = await openConsole(ANN, server);
    await page.press('Remove the authenticator application');
    await page.press('Remove');
    expect(server.inputs('AdminDeleteSoftwareToken')).toEqual([key]);
    expect(await page.toasts()).toEqual(['The authenticator application is removed.']);
    expect(server.inputs('AdminGetUser')).toHaveLength(2);
    expect(server.inputs('AdminGetUserAuthFactors')).toHaveLength(2);
  });

  it.each([
    ['SMS_MFA', 'Turn off codes by SMS', { SMSMfaSettings: { Enabled: false } }],
    ['EMAIL_OTP', 'Turn off codes by email', { EmailMfaSettings: { Enabled: false } }],
  ])('turns off %s and nothing else', async (method, label, settings) => {
    const server = factorServer({ on: [method] });
    const page = await openConsole(ANN, server);
    await page.press(label);
    await page.press('Turn off');
    expect(server.inputs('AdminSetUserMFAPreference')).toEqual([{ ...key, ...settings }]);
    expect(server.writes).toEqual(['AdminSetUserMFAPreference']);
  });

  it('keeps the question open when the server refuses', async () => {
    const page = await openConsole(
      ANN,
      factorServer().failNext('AdminDeleteSoftwareToken', 'X', 'Not now.'),
    );
    await page.press('Remove the authenticator application');
    await page.press('Remove');
    expect(await page.notices()).toEqual(['Not now.']);
  });

  it('tells what failed without hiding the user, and tries again', async () => {
    const page = await openConsole(ANN, factorServer().failNext('AdminGetUserAuthFactors'));
    expect(await page.heading()).toBe('ann');
    await page.press('Try again');
    expect(await page.facts()).toHaveProperty('Has');
  });

  it('lets a viewer look only', async () => {
    const page = await openConsole(ANN, factorServer({ role: 'viewer' }));
    for (const name of ['Remove the authenticator application', 'Turn off codes by SMS']) {
      expect(await (await page.button(name)).isOff(), name).toBe(true);
    }
  });
});

describe('sessions of a user', () => {
  it('are not asked for where the pool does not track them', async () => {
    const server = peopleServer();
    const page = await openConsole(ANN, server);
    expect(server.inputs('AdminListUserSessions')).toEqual([]);
    expect(await page.text()).not.toContain('Sessions');
  });

  it('are all shown, page by page', async () => {
    const page = await openConsole(ANN, sessionServer());
    expect(await page.text()).toContain('192.0.2.7');
    expect(await page.hasButton('End the session: Firefox')).toBe(true);
    expect(await page.hasButton('End the session: Unknown device')).toBe(true);
  });

  it('end one by one, after a question', async () => {
    const server = sessionServer();
    const page = await openConsole(ANN, server);
    await page.press('End the session: Firefox');
    expect(server.writes).toEqual([]);
    await page.press('End the session');
    expect(server.inputs('AdminRevokeUserSession')).toEqual([{ ...key, SessionId: 'one' }]);
    expect(await page.toasts()).toEqual(['The session has ended.']);
    expect(server.inputs('AdminListUserSessions')).toHaveLength(4);
  });

  it('are read again after everything was signed out', async () => {
    const server = sessionServer().on('AdminUserGlobalSignOut', {});
    const page = await openConsole(ANN, server);
    await page.press('Sign out everywhere');
    await page.press('Sign out everywhere');
    expect(server.inputs('AdminListUserSessions')).toHaveLength(4);
  });

  it('are only looked at by a viewer', async () => {
    const page = await openConsole(ANN, sessionServer('viewer'));
    expect(await (await page.button('End the session: Firefox')).isOff()).toBe(true);
  });
});
