import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '../../domain/ids.ts';
import { finishJobs } from '../../testing/finish-jobs.ts';
import { openHarness } from '../../testing/harness.ts';

test('an update replaces all settings and keeps the name and the secret', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool(
    {},
    {
      ClientName: 'api',
      GenerateSecret: true,
      ReadAttributes: ['email'],
      AccessTokenValidity: 2,
      PreventUserExistenceErrors: 'ENABLED',
      CallbackURLs: ['https://example.com'],
    },
  );
  const { UserPoolId, ClientId, secret } = made;
  harness.advance(5000);
  const { UserPoolClient } = await harness.call('UpdateUserPoolClient', {
    UserPoolId,
    ClientId,
    AuthSessionValidity: 5,
  });
  assert.deepEqual(UserPoolClient, {
    UserPoolId,
    ClientId,
    ClientName: 'api',
    ClientSecret: secret,
    CreationDate: 1795424400,
    LastModifiedDate: 1795424405,
    RefreshTokenValidity: 30,
    TokenValidityUnits: {},
    AllowedOAuthFlowsUserPoolClient: false,
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: 5,
    ClientType: 'REGULAR',
  });
  const described = await harness.call('DescribeUserPoolClient', { UserPoolId, ClientId });
  assert.deepEqual(described.UserPoolClient, UserPoolClient);
  await harness.refuses(
    'UpdateUserPoolClient',
    { UserPoolId, ClientId, ClientName: 'new', WriteAttributes: ['custom:x'] },
    'InvalidParameterException',
  );
  assert.deepEqual(
    await harness.call('DescribeUserPoolClient', { UserPoolId, ClientId }),
    described,
  );
});

test("another pool's client is as absent as none", async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const { ClientId } = await harness.makePool();
  const message = `User pool client ${ClientId} does not exist.`;
  const input = { UserPoolId, ClientId };
  for (const name of [
    'DescribeUserPoolClient',
    'UpdateUserPoolClient',
    'DeleteUserPoolClient',
  ] as const) {
    await harness.refuses(name, input, 'ResourceNotFoundException', message);
    await harness.refuses(
      name,
      { UserPoolId: 'eu-west-1_none', ClientId },
      'ResourceNotFoundException',
      'User pool eu-west-1_none does not exist.',
    );
  }
});

test('the pool knows whether a client allows SRP; when none does, verifiers go', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const pools = harness.storage.stores.pools;
  const allowed = async () =>
    (await harness.storage.transaction((stores) => stores.pools.get(poolId(UserPoolId))))
      ?.allowsSrp;
  assert.equal((await pools.get(poolId(UserPoolId)))?.allowsSrp, true);

  const { ClientId: other = '' } =
    (
      await harness.call('CreateUserPoolClient', {
        UserPoolId,
        ClientName: 'passwords only',
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      })
    ).UserPoolClient ?? {};
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'ann',
    TemporaryPassword: 'Sommer-2026!',
    MessageAction: 'SUPPRESS',
  });
  const verifier = async () =>
    (await harness.storage.stores.users.byName(poolId(UserPoolId), 'ann'))?.sealedSrp;
  assert.notEqual(await verifier(), undefined);

  const update = (ExplicitAuthFlows: ('ALLOW_USER_PASSWORD_AUTH' | 'ALLOW_USER_SRP_AUTH')[]) =>
    harness.call('UpdateUserPoolClient', { UserPoolId, ClientId, ExplicitAuthFlows });
  await update(['ALLOW_USER_PASSWORD_AUTH']);
  assert.equal(await allowed(), false);
  for (const client of [ClientId, other]) {
    const AuthParameters = { USERNAME: 'ann', SRP_A: 'a'.repeat(64) };
    const input = { ClientId: client, AuthFlow: 'USER_SRP_AUTH', AuthParameters } as const;
    await harness.refuses('InitiateAuth', input, 'InvalidParameterException', /not enabled/);
  }
  assert.equal(await finishJobs(harness), 1);
  assert.equal(await verifier(), undefined);
  await update(['ALLOW_USER_SRP_AUTH']);
  assert.equal(await allowed(), true);
  await harness.call('DeleteUserPoolClient', { UserPoolId, ClientId });
  assert.equal(await allowed(), false);
  await harness.call('UpdateUserPoolClient', { UserPoolId, ClientId: other });
  assert.equal(await allowed(), true);
});
