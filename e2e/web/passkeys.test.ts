/** Chromium's own authenticator registers passkeys at a running server and signs in with them; the server knows them from any others. */
import assert from 'node:assert/strict';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { CDPSession, Page } from 'playwright-core';
import { startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { openProfiles, suiteOfJourneys, type Profiles } from './profiles.ts';

interface Fixture extends Profiles {
  readonly server: ServerUnderTest;
  readonly aws: CognitoIdentityProvider;
  readonly UserPoolId: string;
  readonly ClientId: string;
  /** Makes a user who is signed in; returns the access token. */
  signedIn(Username: string): Promise<string>;
}

const journeys = suiteOfJourneys<Fixture>(async () => {
  const server = await startServer({ POOLHOUSE_PASSWORD_HASH: 'test' });
  const profiles = await openProfiles(server.publicUrl);
  const aws = server.client();
  const { UserPool: { Id: UserPoolId = '' } = {} } = await aws.createUserPool({
    PoolName: 'passkeys',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  const { UserPoolClient: { ClientId = '' } = {} } = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: 'passkeys',
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return {
    ...profiles,
    server,
    aws,
    UserPoolId,
    ClientId,
    async signedIn(Username) {
      const user = { UserPoolId, Username };
      await aws.adminCreateUser({ ...user, MessageAction: 'SUPPRESS' });
      await aws.adminSetUserPassword({ ...user, Password: PASSWORD, Permanent: true });
      const { AuthenticationResult } = await aws.initiateAuth({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: Username, PASSWORD },
      });
      return AuthenticationResult?.AccessToken ?? '';
    },
    async close() {
      await profiles.close();
      await server.remove();
    },
  };
});

journeys('a passkey', {
  'of the device or of a key is registered, listed and deleted': registered,
  'is not made twice by one authenticator': notTwice,
  'is not taken from a page of another origin': otherOrigin,
  'signs in, of the device or of a key': signsIn,
  'that was copied is noticed by its count': copied,
  'is enough where the pool wants two factors and the user was verified': twoFactors,
});

const AUTHENTICATORS = {
  internal: { protocol: 'ctap2', transport: 'internal' },
  usb: { protocol: 'ctap2', transport: 'usb' },
} as const;

/** A page with an authenticator at whose side somebody sits who agrees to everything. */
async function pageWith(
  fixture: Fixture,
  kind: keyof typeof AUTHENTICATORS,
  path = fixture.server.publicUrl,
): Promise<{ readonly page: Page; readonly cdp: CDPSession; readonly authenticatorId: string }> {
  const context = await fixture.profile();
  const page = await context.newPage();
  await page.goto(path);
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...AUTHENTICATORS[kind],
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { page, cdp, authenticatorId };
}

/** Runs in the page. */
const CREATE = `async (options) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return (await navigator.credentials.create({ publicKey })).toJSON();
}`;

/** Makes a passkey in the page from what the server asks for, as an app does; returns what the server is sent. */
function create(page: Page, options: unknown): Promise<never> {
  return page.evaluate(`(${CREATE})(${JSON.stringify(options)})`);
}

/** Runs in the page. */
const GET = `async (options) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return JSON.stringify((await navigator.credentials.get({ publicKey })).toJSON());
}`;

/** Registers a passkey of the page's authenticator. */
async function registerIn(page: Page, aws: CognitoIdentityProvider, AccessToken: string) {
  const started = await aws.startWebAuthnRegistration({ AccessToken });
  const Credential = await create(page, started.CredentialCreationOptions);
  await aws.completeWebAuthnRegistration({ AccessToken, Credential });
}

/** Signs in with a passkey of the page's authenticator, as an app does. */
async function signIn(page: Page, { aws, ClientId }: Fixture, USERNAME: string) {
  const asked = await aws.initiateAuth({
    ClientId,
    AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' },
  });
  assert.equal(asked.ChallengeName, 'WEB_AUTHN');
  assert(asked.AvailableChallenges?.includes('WEB_AUTHN'));
  const options = asked.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '';
  const CREDENTIAL = await page.evaluate<string>(`(${GET})(${options})`);
  const answer = {
    ClientId,
    ChallengeName: 'WEB_AUTHN',
    Session: asked.Session,
    ChallengeResponses: { USERNAME, CREDENTIAL },
  } as const;
  const { AuthenticationResult } = await aws.respondToAuthChallenge(answer);
  return { AuthenticationResult, answer };
}

function claimsOf(token = ''): { readonly amr?: unknown; readonly acr?: unknown } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
}

async function registered(fixture: Fixture): Promise<void> {
  const { aws } = fixture;
  const AccessToken = await fixture.signedIn('ann');
  for (const kind of ['internal', 'usb'] as const) {
    const { page, cdp, authenticatorId } = await pageWith(fixture, kind);
    await registerIn(page, aws, AccessToken);
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    assert.equal(credentials[0]?.isResidentCredential, true);
    assert.equal(credentials[0].rpId, 'localhost');
  }
  const { Credentials = [] } = await aws.listWebAuthnCredentials({ AccessToken });
  assert.deepEqual(
    Credentials.map((one) => [one.AuthenticatorAttachment, one.AuthenticatorTransports]),
    [
      ['platform', ['internal']],
      ['cross-platform', ['usb']],
    ],
  );
  for (const { CredentialId } of Credentials) {
    await aws.deleteWebAuthnCredential({ AccessToken, CredentialId });
  }
  const left = await aws.listWebAuthnCredentials({ AccessToken });
  assert.deepEqual(left.Credentials, []);
}

async function notTwice(fixture: Fixture): Promise<void> {
  const { aws } = fixture;
  const AccessToken = await fixture.signedIn('bea');
  const { page } = await pageWith(fixture, 'internal');
  await registerIn(page, aws, AccessToken);
  const again = await aws.startWebAuthnRegistration({ AccessToken });
  await assert.rejects(create(page, again.CredentialCreationOptions), /InvalidStateError/);
}

async function otherOrigin(fixture: Fixture): Promise<void> {
  const { aws } = fixture;
  const AccessToken = await fixture.signedIn('cleo');
  const elsewhere = new URL(fixture.server.publicUrl);
  elsewhere.hostname = 'shop.localhost';
  const { page } = await pageWith(fixture, 'internal', elsewhere.href);
  const started = await aws.startWebAuthnRegistration({ AccessToken });
  const options = started.CredentialCreationOptions as { rp: object };
  // The page asks for a passkey of its own, as one of somebody else would.
  const rp = { ...options.rp, id: 'shop.localhost' };
  const Credential = await create(page, { ...options, rp });
  await assert.rejects(aws.completeWebAuthnRegistration({ AccessToken, Credential }), {
    name: 'WebAuthnRelyingPartyMismatchException',
  });
}

async function signsIn(fixture: Fixture): Promise<void> {
  const { aws } = fixture;
  for (const [kind, method] of [
    ['internal', 'swk'],
    ['usb', 'hwk'],
  ] as const) {
    const name = `dora-${kind}`;
    const AccessToken = await fixture.signedIn(name);
    const { page } = await pageWith(fixture, kind);
    await registerIn(page, aws, AccessToken);
    for (let time = 0; time < 2; time += 1) {
      const { AuthenticationResult, answer } = await signIn(page, fixture, name);
      const { acr, amr } = claimsOf(AuthenticationResult?.IdToken);
      assert.deepEqual([acr, amr], ['urn:cognito:loa:3', [method]]);
      await assert.rejects(aws.respondToAuthChallenge(answer), { name: 'NotAuthorizedException' });
    }
  }
}

async function copied(fixture: Fixture): Promise<void> {
  const AccessToken = await fixture.signedIn('ella');
  const { page, cdp, authenticatorId } = await pageWith(fixture, 'internal');
  await registerIn(page, fixture.aws, AccessToken);
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  const [copy] = credentials;
  assert(copy);
  await signIn(page, fixture, 'ella');
  await signIn(page, fixture, 'ella');
  const { credentialId } = copy;
  await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
  await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: copy });
  await assert.rejects(signIn(page, fixture, 'ella'), { name: 'NotAuthorizedException' });
}

async function twoFactors(fixture: Fixture): Promise<void> {
  const { aws, UserPoolId, ClientId } = fixture;
  const AccessToken = await fixture.signedIn('fay');
  const { page, cdp, authenticatorId } = await pageWith(fixture, 'internal');
  await registerIn(page, aws, AccessToken);
  await aws.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: 'ON',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' },
  });
  try {
    const { AuthenticationResult } = await signIn(page, fixture, 'fay');
    const refreshed = await aws.getTokensFromRefreshToken({
      ClientId,
      RefreshToken: AuthenticationResult?.RefreshToken,
    });
    assert(refreshed.AuthenticationResult?.AccessToken);
    const byPassword = await aws.initiateAuth({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'fay', PASSWORD },
    });
    assert.equal(byPassword.ChallengeName, 'MFA_SETUP');
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await assert.rejects(signIn(page, fixture, 'fay'), /NotAllowedError/);
  } finally {
    await aws.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: 'OFF' });
  }
}
