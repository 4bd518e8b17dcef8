/** As cognito.test.ts, for every other way to sign in: choices, codes, passkeys, devices, second factors and sessions. */
import { TestBed } from '@angular/core/testing';
import { Auth } from '@poolhouse/angular';
import { OwnDevices, OwnPasskeys, OwnSessions } from '@poolhouse/angular/account';
import { appConfig } from './app-config';
import type { PoolConfig } from './pool-config';
import {
  ANN,
  COGNITO,
  operationOf,
  OWN,
  POOL,
  type Sent,
  stubPool,
  tokens,
  withoutAddress,
} from './testing/stub-pool';

const DEVICE = 'eu-central-1_11111111-2222-3333-4444-555555555555';
const SRP = { SALT: 'ab', SRP_B: 'abcdef', SECRET_BLOCK: 'AAAA' };

/** What the pool answers, in this order per operation; the last answer again and again. */
const ANSWERS = {
  InitiateAuth: [
    // By a code, on a new device.
    {
      ChallengeName: 'SELECT_CHALLENGE',
      Session: 'choice',
      AvailableChallenges: ['EMAIL_OTP', 'WEB_AUTHN', 'PASSWORD_SRP'],
    },
    // By a passkey, on the same device from now on.
    {
      ChallengeName: 'WEB_AUTHN',
      Session: 'passkey',
      ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"AAAA"}' },
    },
    // By password: the device proves itself.
    { ChallengeName: 'DEVICE_SRP_AUTH', Session: 'device' },
    // By password: a second factor is set up.
    {
      ChallengeName: 'MFA_SETUP',
      Session: 'set-up',
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]' },
    },
    // By password: one of two second factors.
    {
      ChallengeName: 'SELECT_MFA_TYPE',
      Session: 'factors',
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SOFTWARE_TOKEN_MFA","SMS_MFA"]' },
    },
  ],
  RespondToAuthChallenge: [
    { ChallengeName: 'EMAIL_OTP', Session: 'mail' },
    tokens({ NewDeviceMetadata: { DeviceKey: DEVICE, DeviceGroupKey: '-group' } }),
    tokens(),
    { ChallengeName: 'DEVICE_PASSWORD_VERIFIER', Session: 'proof', ChallengeParameters: SRP },
    tokens(),
    tokens(),
    { ChallengeName: 'SMS_MFA', Session: 'sms' },
    tokens(),
  ],
  ConfirmDevice: [{ UserConfirmationNecessary: true }],
  GetTokensFromRefreshToken: [tokens()],
  AssociateSoftwareToken: [{ SecretCode: 'JBSWY3DPEHPK3PXP', Session: 'key' }],
  VerifySoftwareToken: [{ Status: 'SUCCESS', Session: 'verified' }],
  GetUser: [{ Username: ANN, UserAttributes: [{ Name: 'email', Value: 'a@b.example' }] }],
  StartWebAuthnRegistration: [{ CredentialCreationOptions: { challenge: 'AAAA' } }],
  ListWebAuthnCredentials: [{ Credentials: [] }],
  ListDevices: [{ Devices: [{ DeviceKey: DEVICE }] }],
  ListUserSessions: [{ Sessions: [{ SessionId: 'session-1' }] }],
};

/** Signs in in each way, and does everything on the account page. */
async function walk(pool: PoolConfig): Promise<Sent[]> {
  localStorage.clear();
  const sent = stubPool(ANSWERS);
  TestBed.configureTestingModule(appConfig({ ...pool, signInFlow: 'choice' }));
  const auth = TestBed.inject(Auth);
  const password = 'Secret-1';
  // The link of a mail says nothing to a pool that sends none.
  expect(await auth.enterLinkCode('12345678')).toBeNull();

  await auth.signIn({ username: ANN });
  await auth.chooseWay('email');
  await auth.enterCode('12345678');
  const devices = TestBed.inject(OwnDevices);
  const [device] = await devices.list();
  await devices.remember(device?.id ?? '', true);
  const passkeys = TestBed.inject(OwnPasskeys);
  await passkeys.add();
  await passkeys.list();
  await passkeys.remove('key-1');
  const sessions = TestBed.inject(OwnSessions);
  await sessions.list();
  await sessions.end('session-1');
  await auth.updateAttributes({ phone_number: '+4930901820' });
  await auth.sendAttributeCode('phone_number');
  await auth.verifyAttribute('phone_number', '123456');
  await auth.startAuthenticator();
  await auth.finishAuthenticator({ code: '123456' });
  await auth.setFactor('sms', 'preferred');
  await auth.signOut();

  await auth.signIn({ username: ANN, way: 'passkey' });
  await auth.signOut({ everywhere: true });
  await auth.signIn({ username: ANN, password, flow: 'password' });
  await devices.forget(DEVICE);
  await auth.signOut();

  await auth.signIn({ username: ANN, password, flow: 'password' });
  await auth.startAuthenticator();
  await auth.finishAuthenticator({ code: '123456' });
  await auth.signOut();
  await auth.signIn({ username: ANN, password, flow: 'password' });
  await auth.chooseFactor('sms');
  await auth.enterCode('123456');
  TestBed.resetTestingModule();
  return sent;
}

beforeEach(() => {
  const credential = () => Promise.resolve({ toJSON: () => ({ id: 'key-1' }) });
  vi.stubGlobal(
    'PublicKeyCredential',
    class {
      static readonly parseRequestOptionsFromJSON = (json: object) => json;
      static readonly parseCreationOptionsFromJSON = (json: object) => json;
    },
  );
  vi.stubGlobal('navigator', {
    ...{ userAgent: 'test', locks: undefined },
    credentials: { get: credential, create: credential },
  });
});
afterEach(() => vi.unstubAllGlobals());

it('sends Cognito what it sends to an endpoint, in every way to sign in', async () => {
  const amazon = await walk(POOL);
  const own = await walk(OWN);
  expect(amazon.map(operationOf)).toEqual([
    // By a code, on a new device; then the account page.
    ...'InitiateAuth RespondToAuthChallenge RespondToAuthChallenge ConfirmDevice ListDevices UpdateDeviceStatus'.split(
      ' ',
    ),
    ...'StartWebAuthnRegistration CompleteWebAuthnRegistration ListWebAuthnCredentials DeleteWebAuthnCredential ListUserSessions RevokeUserSession'.split(
      ' ',
    ),
    ...'UpdateUserAttributes GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode VerifyUserAttribute GetTokensFromRefreshToken GetUser'.split(
      ' ',
    ),
    ...'AssociateSoftwareToken VerifySoftwareToken GetUser SetUserMFAPreference SetUserMFAPreference GetUser RevokeToken'.split(
      ' ',
    ),
    // By a passkey.
    ...'InitiateAuth RespondToAuthChallenge GlobalSignOut'.split(' '),
    // By password; the device proves itself.
    ...'InitiateAuth RespondToAuthChallenge RespondToAuthChallenge ForgetDevice RevokeToken'.split(
      ' ',
    ),
    // A second factor is set up.
    ...'InitiateAuth AssociateSoftwareToken VerifySoftwareToken RespondToAuthChallenge RevokeToken'.split(
      ' ',
    ),
    // One of two second factors.
    ...'InitiateAuth RespondToAuthChallenge RespondToAuthChallenge'.split(' '),
  ]);
  const posted = own.filter(({ method }) => method === 'POST');
  expect(amazon.map(withoutAddress)).toEqual(posted.map(withoutAddress));
  // What Cognito does not have is not asked for there.
  expect(new Set(amazon.map(({ url }) => url))).toEqual(new Set([COGNITO]));
  const more = own.filter(({ method }) => method !== 'POST').map(({ url }) => url);
  expect(new Set(more)).toEqual(
    new Set([`${OWN.endpoint}/${POOL.userPoolId}/clients/${POOL.clientId}/settings`]),
  );
});
