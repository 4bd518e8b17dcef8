import type { UserPoolType } from '@poolhouse/model';
import type { FakeServer } from '../../testing/fake-server';
import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';
import type { Role } from '../api/session';

const SIGN_IN = `/p/${SHOP.Id}/sign-in`;

function server(role: Role = 'owner', pool: Partial<UserPoolType> = {}): FakeServer {
  return shopServer(role, pool)
    .on('GetUserPoolMfaConfig', { MfaConfiguration: 'OFF' })
    .on('GetUserPoolSessionConfiguration', {
      UserPoolId: SHOP.Id ?? '',
      UserSessionTracking: 'DISABLED',
      TokenSession: { MaxPerUser: 20 },
    })
    .on('UpdateUserPool', {})
    .on('SetUserPoolMfaConfig', {})
    .on('SetUserPoolSessionConfiguration', {
      UserPoolId: SHOP.Id ?? '',
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 20 },
    });
}

describe('the sign-in of a pool', () => {
  it('is reached from the rail, and shows what is', async () => {
    const page = await openConsole(
      `/p/${SHOP.Id}/overview`,
      server().at(/^GET pools/, () => ({})),
    );
    await page.go(SIGN_IN);
    expect(document.querySelector('pc-rail a.on')?.textContent?.trim()).toBe('Sign-in');
    expect(await (await page.choice('Off')).isChosen()).toBe(true);
    expect(await (await page.choice('A password')).isOff()).toBe(true);
    expect((await page.notices()).join()).toContain('Nobody can register or use a passkey');
    expect(await page.hasButton('Save changes')).toBe(false);
  });

  it('is saved part by part, each with what it does not show', async () => {
    const asked = server('owner', { UserPoolTags: { team: 'web' }, UserPoolTier: 'PLUS' });
    const page = await openConsole(SIGN_IN, asked);
    await page.choose('A passkey');
    await page.choose('Optional');
    await page.type(/^Domain/, 'example.com');
    await page.choose('Remember those that people choose');
    await page.choose('Track sessions');
    await page.type('Sessions that one person may have', '5');
    await page.press('Save changes');
    expect(asked.writes).toEqual([
      'SetUserPoolMfaConfig',
      'UpdateUserPool',
      'SetUserPoolSessionConfiguration',
    ]);
    expect(asked.inputs('SetUserPoolMfaConfig')[0]).toMatchObject({
      UserPoolId: SHOP.Id,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: { RelyingPartyId: 'example.com' },
    });
    expect(asked.inputs('UpdateUserPool')[0]).toMatchObject({
      MfaConfiguration: 'OPTIONAL',
      UserPoolTags: { team: 'web' },
      UserPoolTier: 'PLUS',
      AutoVerifiedAttributes: ['email'],
      Policies: {
        PasswordPolicy: SHOP.Policies?.PasswordPolicy,
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      },
      DeviceConfiguration: {
        ChallengeRequiredOnNewDevice: false,
        DeviceOnlyRememberedOnUserPrompt: true,
      },
    });
    expect(asked.inputs('SetUserPoolSessionConfiguration')[0]?.TokenSession).toEqual({
      MaxPerUser: 5,
    });
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it('says what does not go together, and saves nothing of it', async () => {
    const asked = server();
    const page = await openConsole(SIGN_IN, asked);
    await page.choose('A passkey');
    await page.choose('Required');
    expect((await page.notices()).join()).toContain('a passkey must count as two factors');
    await page.press('Save changes');
    expect(asked.writes).toEqual([]);
    await page.choose('A passkey counts as two factors');
    await page.press('Save changes');
    expect(asked.writes).toEqual(['SetUserPoolMfaConfig', 'UpdateUserPool']);
  });

  it('leads to the role where SMS need one, and says what becomes of them', async () => {
    const page = await openConsole(
      SIGN_IN,
      server().at('GET delivery', () => ({ sms: 'none' })),
    );
    await page.choose('Optional');
    expect(document.querySelector('pc-sms-way-notice')).toBeNull();
    await (await page.choice('Code by SMS')).press();
    expect((await page.notices()).join()).toContain('first name the role that sends them');
    expect(document.querySelector('pc-sms-way-notice .warn')?.textContent).toContain(
      'Nothing is set up that sends SMS.',
    );
    await page.press('Open the settings');
    expect(await page.heading()).toBe('Leave without saving?');
  });

  it('names a domain that is none, and warns before passkeys lose theirs', async () => {
    const asked = server('owner', {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    });
    const page = await openConsole(SIGN_IN, asked);
    await page.type(/^Domain/, 'https://example.com');
    expect(await page.problem(/^Domain/)).toContain('without https://');
    await page.type(/^Domain/, 'example.com');
    expect((await page.notices()).join()).toContain('registered for the domain before');
  });

  it('notices what somebody else has changed, until it is discarded', async () => {
    const asked = server();
    const page = await openConsole(SIGN_IN, asked);
    await page.choose('Optional');
    asked.on('GetUserPoolSessionConfiguration', {
      UserPoolId: SHOP.Id ?? '',
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 7 },
    });
    await page.press('Save changes');
    expect((await page.notices()).join()).toContain('Somebody else has changed this pool');
    expect(asked.writes).toEqual([]);
    await page.press('Discard');
    expect(await (await page.choice('Track sessions')).isChosen()).toBe(true);
    expect(await page.value('Sessions that one person may have')).toBe('7');
  });

  it('tells what was saved where a later part fails, and saves only the rest after that', async () => {
    const asked = server().failNext('SetUserPoolSessionConfiguration', 'X', 'Not in this tier.');
    const page = await openConsole(SIGN_IN, asked);
    await page.choose('Optional');
    await page.choose('Track sessions');
    asked.on('SetUserPoolMfaConfig', () => {
      const mfa = {
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      } as const;
      asked.on('GetUserPoolMfaConfig', mfa);
      return mfa;
    });
    await page.press('Save changes');
    expect((await page.notices()).join()).toContain(
      'Not in this tier. This was saved: second factors and passkeys.',
    );
    await page.press('Save changes');
    expect(asked.writes).toEqual([
      'SetUserPoolMfaConfig',
      'SetUserPoolSessionConfiguration',
      'SetUserPoolSessionConfiguration',
    ]);
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it('takes its own change, to which no answer arrived, for nobody else’s', async () => {
    const asked = server().failNext('SetUserPoolMfaConfig', 'Unreachable', 'No answer arrived.');
    const page = await openConsole(SIGN_IN, asked);
    await page.choose('Optional');
    await page.choose('Track sessions');
    await page.press('Save changes');
    expect((await page.notices()).join()).toContain('No answer arrived.');
    asked.failNext('GetUserPoolMfaConfig', 'Unreachable', 'No answer arrived.');
    await page.press('Save changes');
    await page.press('Save changes');
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it('is read again after a failure', async () => {
    const page = await openConsole(SIGN_IN, server().failNext('GetUserPoolMfaConfig'));
    expect((await page.notices())[0]).toContain('It went wrong here.');
    await page.press('Try again');
    expect(await (await page.choice('Off')).isChosen()).toBe(true);
  });

  it('can be looked at, and not changed, by operators', async () => {
    const page = await openConsole(SIGN_IN, server('operator'));
    expect((await page.notices())[0]).toContain('Only owners may do this');
    for (const name of ['Optional', 'A passkey', 'Track sessions']) {
      expect(await (await page.choice(name)).isOff(), name).toBe(true);
    }
  });
});
