import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, attributes, signIn } from '../../testing/signed-in.ts';
import { openHarness } from '../../testing/harness.ts';

const values = { email: 'ada@x.com', email_verified: 'true', nickname: 'Ada' };

test('a user sees itself, as far as the app client may read', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    Schema: [{ Name: 'secret', AttributeDataType: 'String', DeveloperOnlyAttribute: true }],
  });
  const sub = await addUser(harness, made, 'ada', { ...values, 'dev:custom:secret': 's' });
  const { AccessToken } = await signIn(harness, made, 'ada');
  assert.deepEqual(await harness.call('GetUser', { AccessToken }), {
    Username: 'ada',
    UserAttributes: attributes({ sub, ...values }),
  });
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId: made.UserPoolId,
    ClientName: 'narrow',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    ReadAttributes: ['nickname'],
  });
  const narrow = await signIn(
    harness,
    { ...made, ClientId: UserPoolClient?.ClientId ?? '' },
    'ada',
  );
  assert.deepEqual(await harness.call('GetUser', narrow), {
    Username: 'ada',
    UserAttributes: attributes({ sub, nickname: 'Ada' }),
  });
});

test('GetUser reads the keys, the pool and the client, all from memory, and the user, once each', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  await addUser(harness, made, 'ada', values);
  const { AccessToken } = await signIn(harness, made, 'ada');
  const reads: string[] = [];
  for (const [store, methods] of Object.entries(harness.storage.stores)) {
    const prototype = Object.getPrototypeOf(methods) as object;
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const real = (methods as Record<string, unknown>)[method];
      if (method === 'constructor' || typeof real !== 'function') continue;
      t.mock.method(methods as Record<string, () => unknown>, method, (...input: unknown[]) => {
        reads.push(`${store}.${method}`);
        return (real as (...given: unknown[]) => unknown).apply(methods, input);
      });
    }
  }
  await harness.call('GetUser', { AccessToken });
  const fromMemory = ['signingKeys.of', 'pools.get', 'clients.get'];
  assert.deepEqual(reads, [...fromMemory, 'sessions.liveUser']);
});

test('a token stops working at once when its user is disabled, signed out, reset or deleted', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = made;
  const revoked = 'Access Token has been revoked';
  const cases = [
    ['AdminDisableUser', {}, /revoked|disabled/],
    ['AdminUserGlobalSignOut', {}, revoked],
    ['AdminResetUserPassword', {}, revoked],
    ['AdminSetUserPassword', { Password: 'Another-Horse-8', Permanent: true }, revoked],
    ['AdminDeleteUser', {}, undefined],
  ] as const;
  for (const [at, [operation, more, text]] of cases.entries()) {
    const Username = `user${at}`;
    await addUser(harness, made, Username, { email: `${Username}@x.com`, email_verified: 'true' });
    const tokens = await signIn(harness, made, Username);
    await harness.call(operation, { UserPoolId, Username, ...more });
    const input = { AccessToken: tokens.AccessToken };
    await harness.refuses('GetUser', input, 'NotAuthorizedException', text);
    const refresh = {
      ClientId: made.ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
    } as const;
    await harness.refuses('InitiateAuth', refresh, 'NotAuthorizedException');
  }
  await harness.refuses('GetUser', { AccessToken: 'a.b.c' }, 'NotAuthorizedException');
});
