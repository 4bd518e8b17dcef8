import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf, OperationName } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { secretHash } from '../../crypto/index.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';

const given = 'a_secret_of_our_own_2026';

async function confidential(harness: Harness, pool: Partial<InputOf<'CreateUserPool'>> = {}) {
  const { secret = '', ...client } = await harness.makePool(pool, { GenerateSecret: true });
  return { client, secret };
}

/** The ids of the client's secrets, oldest first. */
async function idsOf(harness: Harness, client: InputOf<'ListUserPoolClientSecrets'>) {
  const { ClientSecrets = [] } = await harness.call('ListUserPoolClientSecrets', client);
  return ClientSecrets.map((one) => one.ClientSecretId ?? '');
}

test('a second secret is made or given, listed without its value, and the first deleted', async (t) => {
  const harness = await openHarness(t);
  const { client, secret } = await confidential(harness);
  const { ClientId } = client;
  harness.advance(5000);
  const made = await harness.call('AddUserPoolClientSecret', client);
  const { ClientSecretValue: second = '', ...shown } = made.ClientSecretDescriptor ?? {};
  assert.match(second, /^[0-9a-z]{52}$/);
  assert.notEqual(second, secret);
  const [first, added] = [`${ClientId}--1795424400`, `${ClientId}--1795424405`];
  assert.deepEqual(shown, { ClientSecretId: added, ClientSecretCreateDate: 1795424405 });
  assert.deepEqual(await harness.call('ListUserPoolClientSecrets', client), {
    ClientSecrets: [{ ClientSecretId: first, ClientSecretCreateDate: 1795424400 }, shown],
  });
  const described = async () =>
    (await harness.call('DescribeUserPoolClient', client)).UserPoolClient;
  assert.equal((await described())?.ClientSecret, second, 'the newest is shown');
  assert.equal((await described())?.LastModifiedDate, 1795424405);

  const deletion = { ...client, ClientSecretId: first };
  assert.deepEqual(await harness.call('DeleteUserPoolClientSecret', deletion), {});
  assert.deepEqual(await idsOf(harness, client), [added]);
  const updated = await harness.call('UpdateUserPoolClient', client);
  assert.equal(updated.UserPoolClient?.ClientSecret, second, 'an update keeps the secrets');

  // In the same second as another, the id still differs.
  const own = await harness.call('AddUserPoolClientSecret', { ...client, ClientSecret: given });
  const later = `${ClientId}--1795424406`;
  assert.deepEqual(own, {
    ClientSecretDescriptor: { ClientSecretId: later, ClientSecretCreateDate: 1795424405 },
  });
  assert.equal((await described())?.ClientSecret, given);
  const { UserPoolId } = client;
  const { UserPoolClients } = await harness.call('ListUserPoolClients', { UserPoolId });
  assert.deepEqual(UserPoolClients, [{ ClientId, UserPoolId, ClientName: 'test' }]);
});

test('what is refused, and that it changes nothing', async (t) => {
  const harness = await openHarness(t);
  const { client, secret } = await confidential(harness);
  const open = await harness.makePool();
  const add = { ...client, ClientSecret: given };
  const refuse = async <Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    code: string,
    text: string | RegExp,
  ) => {
    const before = await idsOf(harness, client);
    await harness.refuses(name, input, code, text);
    assert.deepEqual(await idsOf(harness, client), before);
  };
  const invalid = 'InvalidParameterException';
  const missing = 'ResourceNotFoundException';
  const form = (rule: string) =>
    new RegExp(`at 'clientSecret' failed to satisfy constraint: Member must ${rule}`);
  for (const [ClientSecret, text] of [
    ['a'.repeat(23), form('have length greater than or equal to 24')],
    ['a'.repeat(65), form('have length less than or equal to 64')],
    [`${'a'.repeat(30)}-`, form('satisfy regular expression pattern')],
    [secret, 'The value is a secret of the client already.'],
  ] as const) {
    await refuse('AddUserPoolClientSecret', { ...client, ClientSecret }, invalid, text);
  }
  const [only = ''] = await idsOf(harness, client);
  const last = 'The only secret of a client cannot be deleted.';
  const deletion = { ...client, ClientSecretId: only };
  await refuse('DeleteUserPoolClientSecret', deletion, invalid, last);
  await harness.call('AddUserPoolClientSecret', add);
  const limit = 'Client secrets cannot exceed limit of 2 secrets.';
  await refuse('AddUserPoolClientSecret', client, 'LimitExceededException', limit);
  await refuse('AddUserPoolClientSecret', add, 'LimitExceededException', limit);
  const unknown = { ...client, ClientSecretId: `${client.ClientId}--1` };
  const text = `Client secret ${unknown.ClientSecretId} does not exist.`;
  await refuse('DeleteUserPoolClientSecret', unknown, missing, text);
  const token = { ...client, NextToken: 'x' };
  await refuse('ListUserPoolClientSecrets', token, invalid, 'Invalid pagination token');

  // A public client stays one: applications of it send no hash.
  const none = `User pool client ${open.ClientId} has no secret.`;
  await harness.refuses('AddUserPoolClientSecret', open, invalid, none);
  assert.deepEqual(await harness.call('ListUserPoolClientSecrets', open), { ClientSecrets: [] });
  const nothing = { ...open, ClientSecretId: only };
  await harness.refuses('DeleteUserPoolClientSecret', nothing, missing);

  for (const name of [
    'AddUserPoolClientSecret',
    'ListUserPoolClientSecrets',
    'DeleteUserPoolClientSecret',
  ] as const) {
    const elsewhere = { ...deletion, UserPoolId: open.UserPoolId };
    await refuse(name, elsewhere, missing, `User pool client ${client.ClientId} does not exist.`);
    const nowhere = { ...deletion, UserPoolId: 'eu-west-1_none' };
    await refuse(name, nowhere, missing, 'User pool eu-west-1_none does not exist.');
  }
});

test('every operation that takes a secret takes both, and neither once it is deleted', async (t) => {
  const harness = await openHarness(t);
  const { client, secret } = await confidential(harness, { AutoVerifiedAttributes: ['email'] });
  const { ClientId } = client;
  await harness.call('AddUserPoolClientSecret', { ...client, ClientSecret: given });
  const Password = 'Right-1234';
  const signIn = async (Username: string, key: string) =>
    harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: {
        USERNAME: Username,
        PASSWORD: Password,
        SECRET_HASH: secretHash(key, Username, ClientId),
      },
    });
  const all = async (Username: string, key: string) => {
    const email = `${Username}@example.com`;
    const hashed = { ClientId, Username, SecretHash: secretHash(key, Username, ClientId) };
    const UserAttributes = [{ Name: 'email', Value: email }];
    await harness.call('SignUp', { ...hashed, Password, UserAttributes });
    harness.advance(1000);
    await harness.call('ResendConfirmationCode', hashed);
    const ConfirmationCode = await harness.code(email);
    await harness.call('ConfirmSignUp', { ...hashed, ConfirmationCode });
    harness.advance(1000);
    await harness.call('ForgotPassword', hashed);
    const code = await harness.code(email);
    const reset = { ...hashed, Password, ConfirmationCode: code };
    await harness.call('ConfirmForgotPassword', reset);
    const RefreshToken = (await signIn(Username, key)).AuthenticationResult?.RefreshToken ?? '';
    const refresh = { ClientId, ClientSecret: key, RefreshToken };
    await harness.call('GetTokensFromRefreshToken', refresh);
    await harness.call('RevokeToken', { ClientId, ClientSecret: key, Token: RefreshToken });
  };
  await all('ada', secret);
  await all('mara', given);

  const { AuthenticationResult } = await signIn('ada', secret);
  const RefreshToken = AuthenticationResult?.RefreshToken ?? '';
  const [ClientSecretId = ''] = await idsOf(harness, client);
  await harness.call('DeleteUserPoolClientSecret', { ...client, ClientSecretId });
  const SecretHash = secretHash(secret, 'ada', ClientId);
  const hashed = { ClientId, Username: 'ada', SecretHash };
  const wrong = `Unable to verify secret hash for client ${ClientId}`;
  const refused = 'NotAuthorizedException';
  await assert.rejects(signIn('ada', secret), { code: refused, message: wrong });
  const ConfirmationCode = '123456';
  await harness.refuses('SignUp', { ...hashed, Username: 'eve', Password }, refused);
  await harness.refuses('ResendConfirmationCode', hashed, refused, wrong);
  await harness.refuses('ConfirmSignUp', { ...hashed, ConfirmationCode }, refused, wrong);
  await harness.refuses('ForgotPassword', hashed, refused, wrong);
  const reset = { ...hashed, Password, ConfirmationCode };
  await harness.refuses('ConfirmForgotPassword', reset, refused, wrong);
  const old = { ClientId, ClientSecret: secret };
  await harness.refuses('GetTokensFromRefreshToken', { ...old, RefreshToken }, refused);
  await harness.refuses('RevokeToken', { ...old, Token: RefreshToken }, 'UnauthorizedException');
  // The session goes on with the other secret.
  await harness.call('GetTokensFromRefreshToken', { ClientId, ClientSecret: given, RefreshToken });
});

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  test(
    `${name}: never more than two secrets, nor none, however many ask at once`,
    { skip },
    async (t) => {
      const harness = await openHarness(t, { database });
      const { client } = await confidential(harness);
      const adding = Array.from({ length: 5 }, () =>
        harness.call('AddUserPoolClientSecret', client),
      );
      const added = await Promise.allSettled(adding);
      assert.equal(added.filter(({ status }) => status === 'fulfilled').length, 1);
      const ids = await idsOf(harness, client);
      assert.equal(new Set(ids).size, 2);
      const deleting = ids.map((ClientSecretId) =>
        harness.call('DeleteUserPoolClientSecret', { ...client, ClientSecretId }),
      );
      const deleted = await Promise.allSettled(deleting);
      assert.equal(deleted.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal((await idsOf(harness, client)).length, 1);
    },
  );
}
