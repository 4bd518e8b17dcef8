/** Chromium's own authenticator registers passkeys at a running server, and the server knows them from any others. */
import assert from 'node:assert/strict';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { CDPSession, Page } from 'playwright-core';
import { startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { openProfiles, suiteOfJourneys, type Profiles } from './profiles.ts';

interface Fixture extends Profiles {
  readonly server: ServerUnderTest;
  readonly aws: CognitoIdentityProvider;
  readonly ClientId: string;
  /** Makes a user who is signed in; returns the access token. */
  signedIn(Username: string): Promise<string>;
}

const journeys = suiteOfJourneys<Fixture>(async () => {
  const server = await startServer({ POOLHOUSE_PASSWORD_HASH: 'test' });
  const profiles = await openProfiles(server.publicUrl);
  const aws = server.client();
  const { UserPool: { Id: UserPoolId } = {} } = await aws.createUserPool({
    PoolName: 'passkeys',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  const { UserPoolClient: { ClientId = '' } = {} } = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: 'passkeys',
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
  });
  return {
    ...profiles,
    server,
    aws,
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

async function registered(fixture: Fixture): Promise<void> {
  const { aws } = fixture;
  const AccessToken = await fixture.signedIn('ann');
  for (const kind of ['internal', 'usb'] as const) {
    const { page, cdp, authenticatorId } = await pageWith(fixture, kind);
    const started = await aws.startWebAuthnRegistration({ AccessToken });
    const Credential = await create(page, started.CredentialCreationOptions);
    await aws.completeWebAuthnRegistration({ AccessToken, Credential });
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
  const first = await aws.startWebAuthnRegistration({ AccessToken });
  const Credential = await create(page, first.CredentialCreationOptions);
  await aws.completeWebAuthnRegistration({ AccessToken, Credential });
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
