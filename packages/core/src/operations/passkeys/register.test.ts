import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { clientId, poolId } from '../../domain/ids.ts';
import { makeAuthenticator } from '../../testing/passkey-authenticator.ts';
import { openHarness } from '../../testing/harness.ts';
import {
  configurePasskeys,
  PASSKEYS_FIRST,
  registerPasskey,
  startRegistration,
} from '../../testing/passkeys.ts';
import { addUser, signIn } from '../../testing/signed-in.ts';

async function open(t: TestContext, pool = PASSKEYS_FIRST, options = {}) {
  const harness = await openHarness(t, options);
  const made = await harness.makePool(pool);
  const sub = await addUser(harness, made, 'ann');
  const { AccessToken } = await signIn(harness, made, 'ann');
  const list = async () =>
    (await harness.call('ListWebAuthnCredentials', { AccessToken })).Credentials ?? [];
  return { harness, made, sub, AccessToken, list };
}

test('a browser gets what the service sends, member for member', async (t) => {
  const { harness, made, sub, AccessToken } = await open(t);
  await configurePasskeys(harness, made, { RelyingPartyId: 'auth.example.com' });
  const first = (await startRegistration(harness, AccessToken)) as { challenge: string };
  assert.match(first.challenge, /^[A-Za-z0-9_-]{22}$/);
  const { id } = await registerPasskey(
    harness,
    AccessToken,
    makeAuthenticator({ origin: 'https://auth.example.com' }),
  );
  const options = (await startRegistration(harness, AccessToken)) as { challenge: string };
  assert.notEqual(options.challenge, first.challenge);
  const userId = Buffer.from(sub).toString('base64url');
  assert.equal(userId.length, 48);
  const rp = { id: 'auth.example.com', name: 'auth.example.com' };
  const expected = {
    authenticatorSelection: {
      requireResidentKey: true,
      residentKey: 'required',
      userVerification: 'preferred',
    },
    challenge: options.challenge,
    excludeCredentials: [{ id, type: 'public-key' }],
    pubKeyCredParams: [
      { alg: -7, type: 'public-key' },
      { alg: -257, type: 'public-key' },
    ],
    rp,
    timeout: 60_000,
    user: { displayName: 'ann', id: userId, name: 'ann' },
  };
  assert.equal(JSON.stringify(options), JSON.stringify(expected));
  await configurePasskeys(harness, made, { RelyingPartyId: 'shop.example.com' });
  const elsewhere = (await startRegistration(harness, AccessToken)) as typeof expected;
  assert.deepEqual(elsewhere.excludeCredentials, []);
});

test('a passkey is registered, listed and deleted, keys of both kinds', async (t) => {
  const { harness, AccessToken, list } = await open(t);
  const startedAt = harness.world.clock.nowMs();
  const ec = await registerPasskey(harness, AccessToken);
  harness.advance(1_500);
  const rsa = await registerPasskey(harness, AccessToken, makeAuthenticator({ kind: 'RS256' }));
  assert.deepEqual(await list(), [
    {
      AuthenticatorAttachment: 'platform',
      AuthenticatorTransports: ['internal'],
      CreatedAt: startedAt / 1000,
      CredentialId: ec.id,
      FriendlyCredentialName: 'Platform passkey',
      RelyingPartyId: 'localhost',
    },
    {
      AuthenticatorAttachment: 'platform',
      AuthenticatorTransports: ['internal'],
      CreatedAt: startedAt / 1000 + 1.5,
      CredentialId: rsa.id,
      FriendlyCredentialName: 'Platform passkey',
      RelyingPartyId: 'localhost',
    },
  ]);
  const gone = { AccessToken, CredentialId: ec.id };
  assert.deepEqual(await harness.call('DeleteWebAuthnCredential', gone), {});
  assert.deepEqual(
    (await list()).map(({ CredentialId }) => CredentialId),
    [rsa.id],
  );
  await harness.refuses('DeleteWebAuthnCredential', gone, 'ResourceNotFoundException');
  for (const CredentialId of ['none', 'a\0b', 'ü', 'x'.repeat(2_000)]) {
    const unknown = { AccessToken, CredentialId };
    await harness.refuses('DeleteWebAuthnCredential', unknown, 'ResourceNotFoundException');
  }
});

test('nobody lists or deletes passkeys of somebody else', async (t) => {
  const { harness, made, AccessToken, list } = await open(t);
  const { id } = await registerPasskey(harness, AccessToken);
  await addUser(harness, made, 'bea');
  const bea = (await signIn(harness, made, 'bea')).AccessToken;
  assert.deepEqual(
    (await harness.call('ListWebAuthnCredentials', { AccessToken: bea })).Credentials,
    [],
  );
  await harness.refuses(
    'DeleteWebAuthnCredential',
    { AccessToken: bea, CredentialId: id },
    'ResourceNotFoundException',
  );
  assert.equal((await list()).length, 1);
});

test('the list has pages', async (t) => {
  const { harness, AccessToken } = await open(t);
  for (let count = 0; count < 3; count += 1) {
    await registerPasskey(harness, AccessToken);
    harness.advance(1);
  }
  const first = await harness.call('ListWebAuthnCredentials', { AccessToken, MaxResults: 2 });
  assert.equal(first.Credentials?.length, 2);
  const { NextToken } = first;
  const rest = await harness.call('ListWebAuthnCredentials', { AccessToken, NextToken });
  assert.deepEqual([rest.Credentials?.length, rest.NextToken], [1, undefined]);
  const forged = { AccessToken, NextToken: 'forged' };
  await harness.refuses('ListWebAuthnCredentials', forged, 'InvalidParameterException');
});

test('where the pool has no passkeys, none is begun or registered', async (t) => {
  const { harness, made, AccessToken } = await open(t, {});
  const begin = () =>
    harness.refuses('StartWebAuthnRegistration', { AccessToken }, 'WebAuthnNotEnabledException');
  await begin();
  await configurePasskeys(harness, made, { FactorConfiguration: 'SINGLE_FACTOR' });
  await begin();
  await configurePasskeys(harness, made, {
    FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  });
  const options = await startRegistration(harness, AccessToken);
  const Credential = makeAuthenticator().create(options);
  await configurePasskeys(harness, made, undefined);
  await harness.refuses(
    'CompleteWebAuthnRegistration',
    { AccessToken, Credential },
    'WebAuthnNotEnabledException',
  );
});

test('a pool at an address, or with the name of everybody, has no relying party (P02)', async (t) => {
  const { harness, made, AccessToken } = await open(t);
  const missing = () =>
    harness.refuses(
      'StartWebAuthnRegistration',
      { AccessToken },
      'WebAuthnConfigurationMissingException',
    );
  for (const url of ['http://192.0.2.1:8400', 'http://[2001:db8::1]']) {
    harness.moveTo(url);
    await missing();
  }
  harness.moveTo('http://localhost:8400');
  await configurePasskeys(harness, made, { RelyingPartyId: 'com' });
  await missing();
});

test('a user has at most twenty, also where two complete at once', async (t) => {
  const { harness, made, AccessToken } = await open(t);
  const ids: string[] = [];
  for (let count = 0; count < 19; count += 1)
    ids.push((await registerPasskey(harness, AccessToken)).id);
  const options = await startRegistration(harness, AccessToken);
  const { storage } = harness;
  const [one] = await storage.stores.passkeys.ofUser({
    poolId: poolId(made.UserPoolId),
    sub: (await storage.stores.users.byName(poolId(made.UserPoolId), 'ann'))?.sub as never,
  });
  assert(one);
  assert.equal(await storage.stores.passkeys.add({ ...one, credentialId: 'late' }, 20), 'added');
  const Credential = makeAuthenticator().create(options);
  const full = 'LimitExceededException';
  await harness.refuses('CompleteWebAuthnRegistration', { AccessToken, Credential }, full);
  await harness.refuses('StartWebAuthnRegistration', { AccessToken }, full);
});

test('a challenge registers one passkey, and only the newest one does', async (t) => {
  const { harness, AccessToken, list } = await open(t);
  const complete = (Credential: object) =>
    harness.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
  const gone = (Credential: object) =>
    harness.refuses(
      'CompleteWebAuthnRegistration',
      { AccessToken, Credential },
      'WebAuthnChallengeNotFoundException',
    );
  await gone(makeAuthenticator().create({ challenge: 'AAAA', rp: { id: 'localhost' } }));
  const former = await startRegistration(harness, AccessToken);
  const options = await startRegistration(harness, AccessToken);
  await gone(makeAuthenticator().create(former));
  const both = await Promise.allSettled([
    complete(makeAuthenticator().create(options)),
    complete(makeAuthenticator().create(options)),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await gone(makeAuthenticator().create(options));
  assert.equal((await list()).length, 1);
  const late = await startRegistration(harness, AccessToken);
  harness.advance(180_000);
  await gone(makeAuthenticator().create(late));
});

test('a registration belongs to the user and the app client that began it', async (t) => {
  const { harness, made, AccessToken } = await open(t);
  const options = await startRegistration(harness, AccessToken);
  const Credential = makeAuthenticator().create(options);
  await addUser(harness, made, 'bea');
  const bea = (await signIn(harness, made, 'bea')).AccessToken;
  await harness.refuses(
    'CompleteWebAuthnRegistration',
    { AccessToken: bea, Credential },
    'WebAuthnChallengeNotFoundException',
  );
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId: made.UserPoolId,
    ClientName: 'other',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  });
  const other = { ...made, ClientId: clientId(UserPoolClient?.ClientId ?? '') };
  const { AccessToken: elsewhere } = await signIn(harness, other, 'ann');
  await harness.refuses(
    'CompleteWebAuthnRegistration',
    { AccessToken: elsewhere, Credential },
    'WebAuthnClientMismatchException',
  );
  await harness.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
});

test('one passkey is not registered twice, not even for somebody else', async (t) => {
  const { harness, made, AccessToken, list } = await open(t);
  const authenticator = await registerPasskey(harness, AccessToken);
  await addUser(harness, made, 'bea');
  const bea = (await signIn(harness, made, 'bea')).AccessToken;
  for (const token of [AccessToken, bea]) {
    await assert.rejects(registerPasskey(harness, token, authenticator), {
      code: 'InvalidParameterException',
    });
  }
  assert.equal((await list()).length, 1);
});

test('passkeys go with their user, and the next one of that name has none (A23)', async (t) => {
  const { harness, made, AccessToken } = await open(t);
  const authenticator = await registerPasskey(harness, AccessToken);
  await harness.call('DeleteUser', { AccessToken });
  await addUser(harness, made, 'ann');
  const { AccessToken: again } = await signIn(harness, made, 'ann');
  const { Credentials } = await harness.call('ListWebAuthnCredentials', { AccessToken: again });
  assert.deepEqual(Credentials, []);
  await registerPasskey(harness, again, authenticator);
});

test('where the server wants a fresh sign-in, an old token begins and deletes nothing (P09)', async (t) => {
  const { harness, made, AccessToken, list } = await open(t, PASSKEYS_FIRST, {
    freshSignInMs: 300_000,
  });
  harness.advance(299_000);
  await registerPasskey(harness, AccessToken);
  harness.advance(2_000);
  await harness.refuses(
    'StartWebAuthnRegistration',
    { AccessToken },
    'NotAuthorizedException',
    'Sign in again to do this.',
  );
  const [one] = await list();
  const CredentialId = one?.CredentialId ?? '';
  await harness.refuses(
    'DeleteWebAuthnCredential',
    { AccessToken, CredentialId },
    'NotAuthorizedException',
  );
  const { AccessToken: fresh } = await signIn(harness, made, 'ann');
  await registerPasskey(harness, fresh);
  await harness.call('DeleteWebAuthnCredential', { AccessToken: fresh, CredentialId });
});

test('a refresh does not make an old sign-in fresh (P09)', async (t) => {
  const { harness, made } = await open(t, PASSKEYS_FIRST, { freshSignInMs: 300_000 });
  const { RefreshToken } = await signIn(harness, made, 'ann');
  harness.advance(301_000);
  const { AuthenticationResult } = await harness.call('InitiateAuth', {
    ClientId: made.ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: RefreshToken },
  });
  const AccessToken = AuthenticationResult?.AccessToken ?? '';
  await harness.refuses('StartWebAuthnRegistration', { AccessToken }, 'NotAuthorizedException');
});
