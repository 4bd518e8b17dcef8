import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

const invalid = 'InvalidParameterException';
const social = { client_id: 'id', client_secret: 'hush', authorize_scopes: 'email' };

async function open(t: Parameters<typeof openHarness>[0]) {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const create = (given: Omit<InputOf<'CreateIdentityProvider'>, 'UserPoolId'>) =>
    harness.call('CreateIdentityProvider', { UserPoolId, ...given });
  return { harness, UserPoolId, ClientId, create };
}

test('a pool has at most 300 providers', async (t) => {
  const { harness, UserPoolId, create } = await open(t);
  const url = 'https://idp.example.com';
  const ProviderDetails = {
    ...{ ...social, oidc_issuer: url, attributes_request_method: 'GET' },
    ...{ authorize_url: url, token_url: url, attributes_url: url, jwks_uri: url },
  };
  const oidc = { ProviderType: 'OIDC', ProviderDetails } as const;
  for (let at = 0; at < 300; at += 1) await create({ ...oidc, ProviderName: `Idp${at}` });
  const more = { UserPoolId, ...oidc, ProviderName: 'More' };
  await harness.refuses('CreateIdentityProvider', more, 'LimitExceededException', /at most 300/);
});

test('app clients name the providers that exist; one that is deleted is refused at the next update', async (t) => {
  const { harness, UserPoolId, ClientId, create } = await open(t);
  await create({ ProviderName: 'Google', ProviderType: 'Google', ProviderDetails: social });
  const client = { UserPoolId, ClientId, SupportedIdentityProviders: ['COGNITO', 'Google'] };
  const updated = await harness.call('UpdateUserPoolClient', client);
  assert.deepEqual(updated.UserPoolClient?.SupportedIdentityProviders, ['COGNITO', 'Google']);
  const unknown = (name: string) =>
    `The provider ${name} does not exist for User Pool ${UserPoolId}.`;
  const two = { ...client, SupportedIdentityProviders: ['Google', 'Facebook', 'Acme'] };
  await harness.refuses('UpdateUserPoolClient', two, invalid, unknown('Facebook'));
  const made = { UserPoolId, ClientName: 'x', SupportedIdentityProviders: ['google'] };
  await harness.refuses('CreateUserPoolClient', made, invalid, unknown('google'));
  await harness.call('DeleteIdentityProvider', { UserPoolId, ProviderName: 'Google' });
  await harness.refuses('UpdateUserPoolClient', client, invalid, unknown('Google'));
  const shown = await harness.call('DescribeUserPoolClient', { UserPoolId, ClientId });
  assert.deepEqual(shown.UserPoolClient?.SupportedIdentityProviders, ['COGNITO', 'Google']);
});
