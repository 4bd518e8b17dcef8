import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashToken, poolId, sealedPlaces } from '@poolhouse/core';
import { call } from './testing/call.ts';
import { startServer } from './testing/start-server.ts';

test('where somebody signs in from is stored for whoever has the keys, and is legible in no file', async (t) => {
  const { server, post, dataFolder } = await startServer(t, {
    environment: { POOLHOUSE_MODE: 'development', POOLHOUSE_TRUSTED_PROXIES: '127.0.0.1' },
  });
  const { UserPool } = await call(server, 'CreateUserPool', { PoolName: 'one' });
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await call(server, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'web',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const ann = { UserPoolId, Username: 'ann' };
  const Password = 'Correct-horse-1';
  await call(server, 'AdminCreateUser', { ...ann, MessageAction: 'SUPPRESS' });
  await call(server, 'AdminSetUserPassword', { ...ann, Password, Permanent: true });
  const [address, userAgent] = ['203.0.113.77', 'Rare-Browser/7.3'];
  const answer = await post(
    'InitiateAuth',
    JSON.stringify({
      ClientId: UserPoolClient?.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ann', PASSWORD: Password },
    }),
    { 'x-forwarded-for': address, 'user-agent': userAgent },
  );
  const { AuthenticationResult } = answer.json() as {
    AuthenticationResult?: { RefreshToken?: string };
  };
  const hash = hashToken(AuthenticationResult?.RefreshToken ?? '');
  const { sessions } = server.storage.stores;
  const session = (await sessions.byToken(hash))?.session;
  assert(session?.sealedLastUse);
  const secrets = await server.world.vault.of(UserPoolId);
  const opened = secrets.open(sealedPlaces.lastUse(session.id), session.sealedLastUse);
  assert.deepEqual(JSON.parse(opened.toString()), { address, userAgent });
  // It is bound to its session: in another session's row it does not open.
  assert.throws(() => secrets.open(sealedPlaces.lastUse('other'), session.sealedLastUse ?? ''));

  const files = await readdir(dataFolder);
  assert(files.includes('poolhouse.db'));
  let bytes = 0;
  for (const file of files) {
    const content = await readFile(join(dataFolder, file)).catch(() => Buffer.alloc(0));
    bytes += content.length;
    for (const legible of [address, userAgent]) assert(!content.includes(legible), file);
  }
  assert(bytes > 10_000);

  await call(server, 'AdminDeleteUser', ann);
  assert.equal(await sessions.byToken(hash), undefined);
  const left = await sessions.liveUser(poolId(UserPoolId), session.sub, session.id);
  assert.equal(left, undefined);
});
