import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../testing/call.ts';
import { startServer } from '../testing/start-server.ts';

test('the longest possible access token is accepted over HTTP', async (t) => {
  const { server, post } = await startServer(t);
  const { UserPool } = await call(server, 'CreateUserPool', { PoolName: 'groups' });
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await call(server, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'web',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const ClientId = UserPoolClient?.ClientId ?? '';
  const user = { UserPoolId, Username: '𝒜'.repeat(128) };
  const Password = 'Correct-Horse-7';
  await call(server, 'AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
  await call(server, 'AdminSetUserPassword', { ...user, Password, Permanent: true });
  for (let index = 100; index < 200; index += 1) {
    const GroupName = `${'𝒜'.repeat(125)}${index}`;
    await call(server, 'CreateGroup', { UserPoolId, GroupName });
    await call(server, 'AdminAddUserToGroup', { ...user, GroupName });
  }
  const signedIn = await post(
    'InitiateAuth',
    JSON.stringify({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: user.Username, PASSWORD: Password },
    }),
  );
  const { AccessToken } = signedIn.json()['AuthenticationResult'] as { AccessToken: string };
  assert.ok(AccessToken.length > 65_000);
  const answer = await post('GetUser', JSON.stringify({ AccessToken }));
  assert.equal(answer.status, 200, answer.body);
  // Anything longer than our longest token cannot be ours.
  const longer = await post(
    'GetUser',
    JSON.stringify({ AccessToken: AccessToken.padEnd(90_000, 'A') }),
  );
  assert.equal(longer.json()['message'], 'Invalid Access Token');
});
