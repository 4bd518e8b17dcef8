import { TestBed } from '@angular/core/testing';
import { Component } from '@angular/core';
import { englishScreenTexts as words } from '@poolhouse/angular/fields';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { pageOf } from '../fields/testing/driven-page';
import { DeviceOffer } from './device-offer';
import { PasskeyOffer } from './passkey-offer';
import { Passkeys } from './passkeys';
import { Devices } from './devices';
import { Sessions } from './sessions';

@Component({
  imports: [Passkeys, Sessions],
  template: `
    <section [hidden]="!keys.isOffered()"><ph-passkeys #keys /></section>
    <section [hidden]="!devices.isOffered()"><ph-sessions #devices /></section>
  `,
})
class AccountPage {}

@Component({ selector: 'ph-test-devices', imports: [Devices], template: '<ph-devices />' })
class DevicesPage {}

@Component({ imports: [PasskeyOffer], template: '<ph-passkey-offer />' })
class Start {}

const KEY = {
  ...{ CredentialId: 'key-1', FriendlyCredentialName: 'Phone', RelyingPartyId: 'example.com' },
  CreatedAt: 1_780_000_000,
};

@Component({ selector: 'ph-test-asked', imports: [DeviceOffer], template: '<ph-device-offer />' })
class AskedStart {}

/** A browser that makes passkeys as `create` says. */
function browserWith(create: () => Promise<unknown>): void {
  vi.stubGlobal(
    'PublicKeyCredential',
    class {
      static readonly parseRequestOptionsFromJSON = (json: object) => json;
      static readonly parseCreationOptionsFromJSON = (json: object) => json;
      static readonly isUserVerifyingPlatformAuthenticatorAvailable = () => Promise.resolve(true);
    },
  );
  vi.stubGlobal('navigator', { ...navigator, credentials: { create } });
}

const made = () => Promise.resolve({ toJSON: () => ({ id: 'key-2' }) });

/** The session began on this device. */
function onDevice(fake: FakeAuth, device_key: string): void {
  const part = btoa(JSON.stringify({ device_key }));
  vi.spyOn(fake, 'session').mockReturnValue({
    ...{ accessToken: `e.${part}.s`, idToken: '', expiresAtMs: 0 },
  });
}

async function open(
  page: typeof AccountPage | typeof Start | typeof DevicesPage | typeof AskedStart,
  answers: (fake: FakeAuth) => void,
) {
  TestBed.configureTestingModule({
    providers: [provideFakePoolhouse({ user: { username: 'ann' } }, { signInFlow: 'choice' })],
  });
  const auth = TestBed.inject(FakeAuth);
  auth.answer('StartWebAuthnRegistration', { CredentialCreationOptions: { challenge: 'AAAA' } });
  auth.answer('CompleteWebAuthnRegistration', {});
  auth.answer('DeleteWebAuthnCredential', {});
  auth.answer('RevokeUserSession', {});
  answers(auth);
  const fixture = TestBed.createComponent<AccountPage | Start | DevicesPage>(page);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const asked = (name: string) =>
    auth.calls.filter(({ args }) => args[0] === name).map(({ args }) => args[1]);
  return { auth, asked, fixture, ...pageOf(fixture) };
}

beforeEach(() => {
  localStorage.clear();
  browserWith(made);
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

describe('passkeys on the account page', () => {
  it('are listed over all pages, and deleted after a question', async () => {
    const page = await open(AccountPage, (fake) =>
      fake.answer('ListWebAuthnCredentials', { Credentials: [KEY] }),
    );
    expect(page.root.textContent).toContain('Phone');
    expect(page.root.textContent).toMatch(/Created .*2026/);
    await page.press('Delete: Phone');
    expect(document.activeElement?.textContent?.trim()).toBe('Delete');
    expect(page.root.textContent).toContain(words.passkeyRemoveAsk);
    await page.press('Cancel');
    expect(page.root.textContent).not.toContain(words.passkeyRemoveAsk);
    expect(document.activeElement?.getAttribute('data-row')).toBe('key-1');
    await page.press('Delete: Phone');
    page.auth.answer('ListWebAuthnCredentials', { Credentials: [] });
    await page.press('Delete');
    expect(page.asked('DeleteWebAuthnCredential')).toEqual([{ CredentialId: 'key-1' }]);
    expect(page.said('status')).toContain(words.passkeyIsRemoved);
    expect(page.root.textContent).toContain(words.passkeyNone);
  });

  it('are made, and what the browser says against it is told', async () => {
    const page = await open(AccountPage, (fake) =>
      fake.answer('ListWebAuthnCredentials', { Credentials: [] }),
    );
    browserWith(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    await page.press(words.passkeyAdd);
    expect(page.said('alert')).toContain('The passkey was not used.');
    expect(page.asked('CompleteWebAuthnRegistration')).toEqual([]);
    browserWith(made);
    await page.press(words.passkeyAdd);
    expect(page.asked('CompleteWebAuthnRegistration')).toEqual([{ Credential: { id: 'key-2' } }]);
    expect(page.said('status')).toContain(words.passkeyIsAdded);
    expect(localStorage.getItem('poolhouse.passkey.fake')).toBe('ann');
  });

  it('and sessions are hidden where the pool has none', async () => {
    const { root } = await open(AccountPage, () => undefined);
    expect([...root.querySelectorAll('section')].map(({ hidden }) => hidden)).toEqual([true, true]);
  });
});

it('sessions are listed, and others than this one can be ended', async () => {
  const page = await open(AccountPage, (fake) =>
    fake.answer('ListUserSessions', {
      Sessions: [
        { SessionId: 's1', DeviceType: 'Chrome / Linux', IsCurrentSession: true },
        { SessionId: 's2', LastIPAddress: '192.0.2.1', LastActiveDate: 1_780_000_000 },
      ],
    }),
  );
  expect(page.root.textContent).toContain('From 192.0.2.1.');
  const buttons = [...page.root.querySelectorAll('ph-sessions button')];
  expect(buttons.map((one) => one.getAttribute('aria-label'))).toEqual([
    'Sign out: Unknown device',
  ]);
  await page.press('Sign out: Unknown device');
  await page.press('Sign out');
  expect(page.asked('RevokeUserSession')).toEqual([{ SessionId: 's2' }]);
  expect(page.said('status')).toContain('Unknown device: signed out.');
});

it('devices are listed over all pages, remembered, and forgotten after a question', async () => {
  localStorage.setItem('poolhouse.fake.device.?', 'd1');
  const page = await open(DevicesPage, (fake) => {
    fake.answer('ForgetDevice', {});
    fake.answer('UpdateDeviceStatus', {});
    fake.answer('ListDevices', {
      Devices: [
        {
          DeviceKey: 'd1',
          DeviceAttributes: [
            { Name: 'device_name', Value: 'Firefox / Linux' },
            { Name: 'last_ip_used', Value: '192.0.2.1' },
          ],
          DeviceCreateDate: 1_780_000_000,
        },
        { DeviceKey: 'd2' },
      ],
    });
    onDevice(fake, 'd1');
  });
  expect(page.root.textContent).toContain('Firefox / Linux');
  expect(page.root.textContent).toContain('From 192.0.2.1.');
  await page.press(words.deviceRemember);
  expect(page.asked('UpdateDeviceStatus')).toEqual([
    { DeviceKey: 'd1', DeviceRememberedStatus: 'remembered' },
  ]);
  expect(page.root.textContent).not.toContain(words.deviceRemember);
  await page.press('Forget: Unknown device');
  page.root.querySelector<HTMLElement>('.ph-danger')?.click();
  await page.fixture.whenStable();
  expect(page.asked('ForgetDevice')).toEqual([{ DeviceKey: 'd2' }]);
  expect(page.said('status')).toContain('Unknown device: forgotten.');
});

describe('the offer of a passkey', () => {
  const none = (fake: FakeAuth) => fake.answer('ListWebAuthnCredentials', { Credentials: [] });

  /** It looks first whether there is one. */
  const offered = async ({ root, fixture }: Awaited<ReturnType<typeof open>>) => {
    await vi.waitFor(() => expect(root.textContent).toContain(words.offerTitle));
    await fixture.whenStable();
  };

  it('makes one', async () => {
    const page = await open(Start, none);
    await offered(page);
    await page.press(words.passkeyAdd);
    expect(page.said('status')).toContain(words.passkeyIsAdded);
    expect(page.root.textContent).not.toContain(words.offerTitle);
  });

  it('is not made again to who has declined', async () => {
    const page = await open(Start, none);
    await offered(page);
    await page.press(words.offerNo);
    expect(page.root.textContent).not.toContain(words.offerTitle);
    page.auth.signInAs({ username: 'ben' });
    await offered(page);
    page.auth.signInAs({ username: 'ann' });
    await page.fixture.whenStable();
    expect(page.root.textContent).not.toContain(words.offerTitle);
  });

  it.each<[string, (fake: FakeAuth) => void]>([
    ['has one', (fake) => fake.answer('ListWebAuthnCredentials', { Credentials: [KEY] })],
    ['has a pool without them', () => undefined],
    ['has a browser without them', (fake) => (none(fake), vi.unstubAllGlobals())],
  ])('is not made to who %s', async (_, answers) => {
    const { root } = await open(Start, answers);
    expect(root.textContent?.trim()).toBe('');
  });
});

describe('the question whether to remember this browser', () => {
  const asks = (device = 'd1') => localStorage.setItem('poolhouse.fake.device.?', device);
  const here = (fake: FakeAuth) => {
    onDevice(fake, 'd1');
    fake.answer('UpdateDeviceStatus', {});
  };

  it('is asked where the pool leaves it to the person, and taken', async () => {
    asks();
    const page = await open(AskedStart, here);
    await vi.waitFor(() => expect(page.root.textContent).toContain(words.deviceOfferTitle));
    await page.press(words.deviceRemember);
    expect(page.asked('UpdateDeviceStatus')).toEqual([
      { DeviceKey: 'd1', DeviceRememberedStatus: 'remembered' },
    ]);
    expect(page.said('status')).toContain(words.deviceIsRemembered);
    expect(page.root.textContent).not.toContain(words.deviceOfferTitle);
    expect(localStorage.getItem('poolhouse.fake.device.?')).toBeNull();
  });

  it('is not asked again of who has declined; the account page still offers it', async () => {
    asks();
    const page = await open(AskedStart, here);
    await vi.waitFor(() => expect(page.root.textContent).toContain(words.deviceOfferTitle));
    await page.press(words.offerNo);
    page.auth.signInAs({ username: 'ben' });
    page.auth.signInAs({ username: 'ann' });
    await page.fixture.whenStable();
    expect(page.root.textContent).not.toContain(words.deviceOfferTitle);
    expect(page.asked('UpdateDeviceStatus')).toEqual([]);
    expect(localStorage.getItem('poolhouse.fake.device.?')).toBe('d1');
  });

  it.each([
    ['pools that decide themselves', null],
    ['another device', 'd2'],
  ])('is not asked in %s', async (_, device) => {
    if (device) asks(device);
    const { root, fixture } = await open(AskedStart, here);
    await new Promise((done) => setTimeout(done));
    await fixture.whenStable();
    expect(root.textContent?.trim()).toBe('');
  });
});
