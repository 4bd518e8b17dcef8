import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolSettings, type ChangeablePoolSettings } from '../pools/pool-settings.ts';
import { newSchema } from '../pools/pool-schema.ts';
import type { Pool, PoolSettings } from '../pools/pool.ts';
import { clientSettings, type ChangeableClientSettings } from './client-settings.ts';
import type { Client } from './client.ts';
import { publicSettings } from './public-settings.ts';

function schemaOf(requested: Parameters<typeof newSchema>[0]) {
  const schema = newSchema(requested);
  assert(schema.ok);
  return schema.attributes;
}

function settingsOf(
  given: ChangeablePoolSettings,
  fixed: Partial<PoolSettings> = {},
  client: ChangeableClientSettings = {},
  links?: Parameters<typeof publicSettings>[2],
) {
  const schema = { SchemaAttributes: schemaOf([]), ...fixed };
  const pool = { id: 'p_1', settings: poolSettings(given, schema, 'p') } as unknown as Pool;
  return publicSettings(pool, { id: 'c', settings: clientSettings(client) } as Client, links);
}

test('a pool without settings of its own has the service’s defaults', () => {
  assert.deepEqual(settingsOf({}), {
    userPoolId: 'p_1',
    clientId: 'c',
    signInNames: ['username'],
    signUp: { open: true, requiredAttributes: [], verifiedAttributes: [], verification: 'code' },
    passwordPolicy: {
      minimumLength: 8,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
    },
    authFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
    signInLinks: false,
    changeableAddresses: ['email', 'phone_number'],
  });
});

test('what people type to sign in: a user name with its aliases, or addresses', () => {
  const names = (fixed: Partial<PoolSettings>) => settingsOf({}, fixed).signInNames;
  assert.deepEqual(names({ AliasAttributes: ['email', 'preferred_username'] }), [
    'username',
    'email',
    'preferred_username',
  ]);
  assert.deepEqual(names({ UsernameAttributes: ['phone_number'] }), ['phone_number']);
});

test('what a sign-up requires, whether it is open, and how it is confirmed', () => {
  const schema = schemaOf([
    { Name: 'family_name', AttributeDataType: 'String', Required: true },
    { Name: 'plan', AttributeDataType: 'String' },
  ]);
  const { signUp } = settingsOf(
    {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AutoVerifiedAttributes: ['phone_number', 'email'],
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
    },
    { SchemaAttributes: schema },
  );
  assert.deepEqual(signUp, {
    open: false,
    requiredAttributes: ['family_name'],
    verifiedAttributes: ['email', 'phone_number'],
    verification: 'link',
  });
});

test('the password policy and the flows are the effective ones', () => {
  const { passwordPolicy, authFlows } = settingsOf(
    { Policies: { PasswordPolicy: { MinimumLength: 15 } } },
    {},
    { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'] },
  );
  assert.deepEqual(passwordPolicy, {
    minimumLength: 15,
    requireLowercase: false,
    requireUppercase: false,
    requireNumbers: false,
    requireSymbols: false,
  });
  assert.deepEqual(authFlows, ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_PASSWORD_AUTH']);
});

test('mails have links where the pool says so and the app client has an address for them', () => {
  const hasLinks = (Enabled: boolean, client: ChangeableClientSettings) =>
    settingsOf({}, {}, client, { Enabled }).signInLinks;
  const here = { CallbackURLs: ['https://shop.example.com/sign-in'] };
  assert.equal(hasLinks(true, here), true);
  assert.equal(hasLinks(false, here), false);
  assert.equal(hasLinks(true, {}), false);
});

test('an address can be changed where the app client may write it, and the schema lets it change', () => {
  const fixed = schemaOf([{ Name: 'email', AttributeDataType: 'String', Mutable: false }]);
  assert.deepEqual(settingsOf({}, { SchemaAttributes: fixed }).changeableAddresses, [
    'phone_number',
  ]);
  const WriteAttributes = ['email', 'name'];
  assert.deepEqual(settingsOf({}, {}, { WriteAttributes }).changeableAddresses, ['email']);
});
