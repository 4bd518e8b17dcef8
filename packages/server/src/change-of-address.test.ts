import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { call } from './testing/call.ts';
import { startServer } from './testing/start-server.ts';

const issuerIn = (token: string): unknown =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iss: unknown })
    .iss;

test('a server that gets another address and another default keeps its pools, and earlier tokens stay valid', async (t) => {
  const POOLHOUSE_DATA = await mkdtemp(join(tmpdir(), 'poolhouse-moves-'));
  const first = await startServer(t, { environment: { POOLHOUSE_DATA } });
  const { UserPool } = await call(first.server, 'CreateUserPool', { PoolName: 'moves' });
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await call(first.server, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'web',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const ClientId = UserPoolClient?.ClientId ?? '';
  const user = { UserPoolId, Username: 'ada' };
  await call(first.server, 'AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
  const Password = 'Correct-Horse-7';
  await call(first.server, 'AdminSetUserPassword', { ...user, Password, Permanent: true });
  const { AuthenticationResult: before = {} } = await call(first.server, 'InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ada', PASSWORD: Password },
  });
  const { AccessToken = '', RefreshToken = '' } = before;
  assert.equal(issuerIn(AccessToken), `${first.url}/${UserPoolId}`);
  await first.server.stop();

  const second = await startServer(t, {
    environment: {
      POOLHOUSE_DATA,
      POOLHOUSE_MODE: 'development',
      POOLHOUSE_PUBLIC_URL: 'https://id.example.com',
      POOLHOUSE_ISSUER: 'aws',
    },
  });
  const answer = await second.post('GetUser', JSON.stringify({ AccessToken }));
  assert.equal(answer.status, 200, answer.body);
  const { AuthenticationResult: after = {} } = await call(
    second.server,
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken },
  );
  assert.equal(issuerIn(after.AccessToken ?? ''), `https://id.example.com/${UserPoolId}`);
  const configuration = await second.send({
    method: 'GET',
    path: `/${UserPoolId}/.well-known/openid-configuration`,
  });
  assert.equal(configuration.json()['issuer'], `https://id.example.com/${UserPoolId}`);
  // The default applies to pools that are created from now on.
  const { UserPool: later } = await call(second.server, 'CreateUserPool', { PoolName: 'later' });
  assert.deepEqual(later?.IssuerConfiguration, { Type: 'ORIGINAL' });
  const { UserPool: kept } = await call(second.server, 'DescribeUserPool', { UserPoolId });
  assert.equal(kept?.IssuerConfiguration, undefined);

  await call(second.server, 'AdminUserGlobalSignOut', user);
  const refused = await second.post('GetUser', JSON.stringify({ AccessToken }));
  assert.equal(refused.json()['message'], 'Access Token has been revoked');
});
