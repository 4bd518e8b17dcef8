/** Amplify v6, unmodified, on a page in Chromium: passkeys, and the other first factors that people choose beside them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { makeChoosingPool } from '../clients/choosing-pool.ts';
import { startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { makeUser, PASSWORD } from '../clients/tutorial-pool.ts';
import { openProfiles, suiteOfJourneys, type Profiles } from './profiles.ts';

interface Fixture extends Profiles {
  readonly server: ServerUnderTest;
  readonly aws: CognitoIdentityProvider;
  readonly UserPoolId: string;
  /** A page of the application, configured, on a device with an authenticator at which somebody agrees to everything. */
  application(): Promise<Page>;
}

/** The application: it puts what Amplify exports where the journeys find it. */
const SOURCE = `
  import { Amplify } from 'aws-amplify';
  import * as auth from 'aws-amplify/auth';
  globalThis.amplify = { configure: (Cognito) => Amplify.configure({ Auth: { Cognito } }), ...auth };`;

/** Serves the application on localhost, from another origin than the server's. */
async function serveApplication() {
  const { outputFiles } = await build({
    stdin: { contents: SOURCE, resolveDir: import.meta.dirname },
    ...{ bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'error' },
  });
  const script = outputFiles[0]?.text ?? '';
  const page = '<!doctype html><title>Application</title><script src="/application.js"></script>';
  const web = createServer(({ url }, response) => {
    const isScript = url === '/application.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    // Chromium asks for an icon, too.
    response.end(isScript ? script : page);
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const { port } = web.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    async close() {
      web.closeAllConnections();
      web.close();
      await once(web, 'close');
    },
  };
}

const journeys = suiteOfJourneys<Fixture>(async () => {
  const server = await startServer({ POOLHOUSE_PASSWORD_HASH: 'test' });
  const web = await serveApplication();
  const profiles = await openProfiles(web.url);
  const aws = server.client();
  const { UserPoolId, ClientId } = await makeChoosingPool(aws, ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN']); // prettier-ignore
  return {
    ...profiles,
    ...{ server, aws, UserPoolId },
    async application() {
      const context = await profiles.profile();
      const page = await context.newPage();
      await page.goto(web.url);
      const cdp = await context.newCDPSession(page);
      await cdp.send('WebAuthn.enable');
      await cdp.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
          ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
        },
      });
      await call(page, 'configure', {
        userPoolId: UserPoolId,
        userPoolClientId: ClientId,
        userPoolEndpoint: server.publicUrl,
      });
      return page;
    },
    async close() {
      await profiles.close();
      await web.close();
      await server.remove();
    },
  };
});

journeys('with Amplify', {
  'a passkey is registered, listed, used and deleted': passkeyLives,
  'whoever has a passkey may choose another way': anotherWay,
  'whoever has none is offered the rest': noneThere,
});

/** Calls a function of Amplify's in the page. */
function call<Answer = unknown>(page: Page, name: string, input?: object): Promise<Answer> {
  const given = input === undefined ? '' : JSON.stringify(input);
  return page.evaluate<Answer>(`amplify[${JSON.stringify(name)}](${given})`);
}

interface Step {
  readonly isSignedIn: boolean;
  readonly nextStep: {
    readonly signInStep: string;
    readonly availableChallenges?: readonly string[];
  };
}

type Preferred = 'PASSWORD' | 'WEB_AUTHN';
const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };

function signIn(page: Page, username: string, preferredChallenge?: Preferred): Promise<Step> {
  return call(page, 'signIn', {
    username,
    ...(preferredChallenge === 'PASSWORD' && { password: PASSWORD }),
    options: { authFlowType: 'USER_AUTH', ...(preferredChallenge && { preferredChallenge }) },
  });
}

/** Makes a user, who registers a passkey and signs out. */
async function withPasskey({ aws, UserPoolId }: Fixture, page: Page, name: string): Promise<void> {
  await makeUser(aws, UserPoolId, name);
  assert.deepEqual(await signIn(page, name, 'PASSWORD'), DONE);
  await call(page, 'associateWebAuthnCredential');
  await call(page, 'signOut');
}

async function passkeyLives(fixture: Fixture): Promise<void> {
  const page = await fixture.application();
  await withPasskey(fixture, page, 'ann');
  assert.deepEqual(await signIn(page, 'ann', 'WEB_AUTHN'), DONE);
  const user = await call<{ readonly username: string }>(page, 'getCurrentUser');
  assert.equal(user.username, 'ann');
  const list = () =>
    call<{ readonly credentials: readonly { readonly credentialId: string; readonly relyingPartyId: string }[] }>(page, 'listWebAuthnCredentials'); // prettier-ignore
  const { credentials } = await list();
  assert.deepEqual(
    credentials.map(({ relyingPartyId }) => relyingPartyId),
    ['localhost'],
  );
  const { credentialId } = credentials[0] ?? {};
  await call(page, 'deleteWebAuthnCredential', { credentialId });
  assert.deepEqual((await list()).credentials, []);
  await call(page, 'signOut');
  // The device still has it; the server does not know it any more.
  const asked = await signIn(page, 'ann', 'WEB_AUTHN');
  assert.equal(asked.nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
}

async function anotherWay(fixture: Fixture): Promise<void> {
  const page = await fixture.application();
  await withPasskey(fixture, page, 'bea');
  const choice = await signIn(page, 'bea');
  assert.deepEqual(choice.nextStep.availableChallenges, ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN']); // prettier-ignore
  const answer = (challengeResponse: string) =>
    call<Step>(page, 'confirmSignIn', { challengeResponse });
  assert.deepEqual(await answer('WEB_AUTHN'), DONE);
  await call(page, 'signOut');
  await signIn(page, 'bea');
  const mailed = await answer('EMAIL_OTP');
  assert.equal(mailed.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
  assert.deepEqual(await answer(await fixture.server.code('bea@example.com')), DONE);
}

async function noneThere(fixture: Fixture): Promise<void> {
  const page = await fixture.application();
  await makeUser(fixture.aws, fixture.UserPoolId, 'cleo');
  const { nextStep } = await signIn(page, 'cleo', 'WEB_AUTHN');
  assert.deepEqual(nextStep.availableChallenges, ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP']);
}
