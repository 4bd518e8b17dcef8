import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretHash } from '../../crypto/index.ts';
import { clientId, poolId } from '../../domain/ids.ts';
import { serverContext } from '../../execute.ts';
import { Failure } from '../../failure.ts';
import { openHouse } from '../../testing/house.ts';
import {
  isClientSecret,
  openClientSecrets,
  requireSecretHash,
  sealClientSecret,
} from './client-secret.ts';

test('a secret hash is checked against every live secret and the user name as typed', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId, secret = '' } = await house.makePool({}, { GenerateSecret: true });
  const cx = serverContext(house.storage, house.world);
  const id = clientId(ClientId);
  house.advance(1000);
  const later = serverContext(house.storage, house.world);
  const added = await sealClientSecret(
    later,
    poolId(UserPoolId),
    id,
    'the second secret of the client',
  );
  const client = await cx.stores.clients.change(id, (current) => ({
    ...current,
    secrets: [...current.secrets, added],
  }));
  assert(client);
  assert.deepEqual(await openClientSecrets(cx, client), [
    secret,
    'the second secret of the client',
  ]);

  const hash = (of: string, username = 'Ann') => secretHash(of, username, ClientId);
  await requireSecretHash(cx, client, 'Ann', hash(secret));
  await requireSecretHash(cx, client, 'Ann', hash('the second secret of the client'));
  const refused = (given: string | undefined, message: string) =>
    assert.rejects(requireSecretHash(cx, client, 'Ann', given), (error) => {
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
  assert.equal(await isClientSecret(cx, client, secret), true);
  assert.equal(await isClientSecret(cx, client, 'the second secret of the client'), true);
  assert.equal(await isClientSecret(cx, client, ''), false);
});

test('a public client needs no hash and has no secret to match', async (t) => {
  const house = await openHouse(t);
  const { ClientId } = await house.makePool();
  const cx = serverContext(house.storage, house.world);
  const client = await cx.stores.clients.get(clientId(ClientId));
  assert(client);
  await requireSecretHash(cx, client, 'Ann', undefined);
  await assert.rejects(
    requireSecretHash(cx, client, 'Ann', secretHash('', 'Ann', ClientId)),
    /Unable to verify secret hash/,
  );
  assert.equal(await isClientSecret(cx, client, ''), false);
  assert.deepEqual(await openClientSecrets(cx, client), []);
});
