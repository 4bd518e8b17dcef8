import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { createClient } from '../../pools/create-client.ts';
import { serverContext } from '../../execute.ts';
import { clientId } from '../../domain/ids.ts';
import { openHarness } from '../../testing/harness.ts';

type Input = Omit<InputOf<'CreateUserPoolClient'>, 'UserPoolId' | 'ClientName'>;

test('a client of which only the name is given has the defaults of the service', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'web',
  });
  assert(UserPoolClient);
  const { ClientId, ...rest } = UserPoolClient;
  assert.match(ClientId ?? '', /^[0-9a-z]{26}$/);
  assert.deepEqual(rest, {
    UserPoolId,
    ClientName: 'web',
    LastModifiedDate: 1795424400,
    CreationDate: 1795424400,
    RefreshTokenValidity: 30,
    TokenValidityUnits: {},
    AllowedOAuthFlowsUserPoolClient: false,
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: 3,
    ClientType: 'REGULAR',
  });
});

test('a secret is generated or taken as given, sealed in the store, and shown again', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const made = async (input: Input) =>
    (await harness.call('CreateUserPoolClient', { UserPoolId, ClientName: 'api', ...input }))
      .UserPoolClient;
  const generated = await made({ GenerateSecret: true });
  assert.match(generated?.ClientSecret ?? '', /^[0-9a-z]{52}$/);
  const own = 'Own_secret+of_24_characters';
  const given = await made({ ClientSecret: own });
  assert.equal(given?.ClientSecret, own);
  const ClientId = given?.ClientId ?? '';
  const stored = await harness.storage.stores.clients.get(clientId(ClientId));
  assert.equal(stored?.secrets.length, 1);
  assert.equal(stored?.secrets[0]?.id, `${ClientId}--1795424400`);
  assert.doesNotMatch(JSON.stringify(stored), /Own_secret/);
  const described = await harness.call('DescribeUserPoolClient', { UserPoolId, ClientId });
  assert.deepEqual(described.UserPoolClient, given);
});

test('everything that is given is described as given, lists that are sets in order', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    Schema: [{ Name: 'team', AttributeDataType: 'String' }],
  });
  const input: Input = {
    RefreshTokenValidity: 60,
    AccessTokenValidity: 10,
    IdTokenValidity: 20,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
    ReadAttributes: ['identities', 'email', 'custom:team', 'email_verified'],
    WriteAttributes: ['email', 'custom:team'],
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
    SupportedIdentityProviders: ['COGNITO'],
    CallbackURLs: ['https://example.com/cb', 'http://localhost:3000'],
    LogoutURLs: ['https://example.com/bye', 'https://example.com/'],
    DefaultRedirectURI: 'https://example.com/cb',
    AllowedOAuthFlows: ['implicit', 'code'],
    AllowedOAuthScopes: ['openid', 'aws.cognito.signin.user.admin'],
    AllowedOAuthFlowsUserPoolClient: true,
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: false,
    AuthSessionValidity: 15,
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
  };
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'web',
    ...input,
  });
  for (const [member, value] of Object.entries(input)) {
    const expected = Array.isArray(value) ? (value as readonly string[]).toSorted() : value;
    assert.deepEqual(UserPoolClient?.[member as keyof typeof UserPoolClient], expected, member);
  }
});

test('configuration may fix id and secret; an id is taken in all pools', async (t) => {
  const harness = await openHarness(t);
  const [one, other] = [await harness.makePool(), await harness.makePool()];
  const ctx = serverContext(harness.storage, harness.world);
  const fixed = { id: 'myclient', secret: 'a secret of any form' };
  const { client, secret } = await createClient(
    ctx,
    { UserPoolId: one.UserPoolId, ClientName: 'x' },
    fixed,
  );
  assert.deepEqual([client.id, secret], ['myclient', 'a secret of any form']);
  await assert.rejects(
    createClient(ctx, { UserPoolId: other.UserPoolId, ClientName: 'x' }, fixed),
    /User pool client myclient already exists\./,
  );
});

test('a pool has at most 1,000 clients', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const client = await harness.storage.stores.clients.get(clientId(ClientId));
  assert(client);
  await harness.storage.transaction(async (stores) => {
    for (let at = 1; at < 1000; at += 1) {
      await stores.clients.createIfAbsent({ ...client, id: clientId(`client${at}`) });
    }
  });
  await harness.refuses(
    'CreateUserPoolClient',
    { UserPoolId, ClientName: 'x' },
    'LimitExceededException',
  );
  await harness.call('DeleteUserPoolClient', { UserPoolId, ClientId });
  await harness.call('CreateUserPoolClient', { UserPoolId, ClientName: 'x' });
});
