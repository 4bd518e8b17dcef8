import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretHash } from '../crypto/index.ts';
import { clientId, poolId } from '../domain/ids.ts';
import { serverContext } from '../execute.ts';
import { Failure } from '../failure.ts';
import { openHarness } from '../testing/harness.ts';
import {
  isClientSecret,
  openClientSecrets,
  requireSecretHash,
  sealClientSecret,
} from './client-secret.ts';

test('a secret hash is checked against every valid secret and the user name as typed', async (t) => {
  const harness = await openHarness(t);
  const {
    UserPoolId,
    ClientId,
    secret = '',
  } = await harness.makePool({}, { GenerateSecret: true });
  const ctx = serverContext(harness.storage, harness.world);
  const id = clientId(ClientId);
  harness.advance(1000);
  const later = serverContext(harness.storage, harness.world);
  const made = { id, poolId: poolId(UserPoolId), secrets: [] };
  const added = await sealClientSecret(later, made, 'the second secret of the client');
  const client = await ctx.stores.clients.change(id, (current) => ({
    ...current,
    secrets: [...current.secrets, added],
  }));
  assert(client);
  assert.deepEqual(await openClientSecrets(ctx, client), [
    secret,
    'the second secret of the client',
  ]);

  const hash = (of: string, username = 'Ann') => secretHash(of, username, ClientId);
  await requireSecretHash(ctx, client, 'Ann', hash(secret));
  await requireSecretHash(ctx, client, 'Ann', hash('the second secret of the client'));
  const refused = (given: string | undefined, message: string) =>
    assert.rejects(requireSecretHash(ctx, client, 'Ann', given), (error) => {
      assert(error instanceof Failure);
      assert.equal(error.code, 'NotAuthorizedException');
      assert.equal(error.message, message);
      return true;
    });
  const wrong = `Unable to verify secret hash for client ${ClientId}`;
  for (const given of [hash('other'), hash(secret, 'ann'), secret, '', `${hash(secret)} `]) {
    await refused(given, wrong);
  }
  await refused(
    undefined,
    `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
  );
  assert.equal(await isClientSecret(ctx, client, secret), true);
  assert.equal(await isClientSecret(ctx, client, 'the second secret of the client'), true);
  assert.equal(await isClientSecret(ctx, client, ''), false);
});

test('a public client needs no hash and has no secret to match', async (t) => {
  const harness = await openHarness(t);
  const { ClientId } = await harness.makePool();
  const ctx = serverContext(harness.storage, harness.world);
  const client = await ctx.stores.clients.get(clientId(ClientId));
  assert(client);
  await requireSecretHash(ctx, client, 'Ann', undefined);
  await assert.rejects(
    requireSecretHash(ctx, client, 'Ann', secretHash('', 'Ann', ClientId)),
    /Unable to verify secret hash/,
  );
  assert.equal(await isClientSecret(ctx, client, ''), false);
  assert.deepEqual(await openClientSecrets(ctx, client), []);
});

test('a refresh always gets the same text about the hash, however it is wrong', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ UsernameAttributes: ['email'] }, { GenerateSecret: true });
  const { UserPoolId, ClientId, secret = '' } = made;
  const Username = 'ann@example.com';
  const hash = (name: string) => secretHash(secret, name, ClientId);
  await harness.call('AdminCreateUser', { UserPoolId, Username, MessageAction: 'SUPPRESS' });
  const Password = 'Passw0rd!x';
  await harness.call('AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true });
  const signedIn = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: Username, PASSWORD: Password, SECRET_HASH: hash(Username) },
  });
  const REFRESH_TOKEN = signedIn.AuthenticationResult?.RefreshToken ?? '';
  const refresh = (AuthFlow: 'REFRESH_TOKEN_AUTH' | 'REFRESH_TOKEN', given: object) => ({
    ClientId,
    AuthFlow,
    AuthParameters: { REFRESH_TOKEN, ...given },
  });
  for (const flow of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'] as const) {
    // The typed name differs from the stored user name.
    for (const given of [{ SECRET_HASH: hash(Username) }, { SECRET_HASH: 'x' }, {}]) {
      const text = `SecretHash does not match for the client: ${ClientId}`;
      const input = refresh(flow, given);
      await harness.refuses('InitiateAuth', input, 'NotAuthorizedException', text);
      const byAdmin = { UserPoolId, ...input };
      await harness.refuses('AdminInitiateAuth', byAdmin, 'NotAuthorizedException', text);
    }
  }
  const { Username: stored = '' } = await harness.call('AdminGetUser', { UserPoolId, Username });
  const again = await harness.call(
    'InitiateAuth',
    refresh('REFRESH_TOKEN_AUTH', { SECRET_HASH: hash(stored) }),
  );
  assert(again.AuthenticationResult?.AccessToken);
});
