import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

/* What CreateUserPoolClient and UpdateUserPoolClient refuse, with the texts of the service where they are known. Source: settings.md 2.4. */

type Given = Omit<InputOf<'UpdateUserPoolClient'>, 'UserPoolId' | 'ClientId'>;

const invalid = 'InvalidParameterException';
const badFlow = 'InvalidOAuthFlowException';
const app = (region: string) => `arn:aws:mobiletargeting:${region}:123456789012:apps/a`;
const role = 'arn:aws:iam::123456789012:role/analytics';
const bothWays =
  'Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid';
const tooLong =
  'Access and Id Token expiration times must be less than or equal to refresh token expiration times.';

const refusals: readonly (readonly [Given, string, string | RegExp])[] = [
  [
    { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'ALLOW_USER_SRP_AUTH'] },
    invalid,
    "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
  ],
  [
    {
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED' },
    },
    invalid,
    'ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.',
  ],
  [{ AccessTokenValidity: 25 }, invalid, 'Invalid range for token validity.'],
  [
    {
      AccessTokenValidity: 2,
      RefreshTokenValidity: 60,
      TokenValidityUnits: { AccessToken: 'hours', RefreshToken: 'minutes' },
    },
    invalid,
    tooLong,
  ],
  [
    {
      IdTokenValidity: 61,
      RefreshTokenValidity: 1,
      TokenValidityUnits: { IdToken: 'minutes', RefreshToken: 'hours' },
    },
    invalid,
    tooLong,
  ],
  [
    { SupportedIdentityProviders: ['COGNITO', 'Google'] },
    invalid,
    /^The provider Google does not exist for User Pool eu-west-1_\w{9}\.$/,
  ],
  [
    { CallbackURLs: ['http://example.com'] },
    invalid,
    'http://example.com cannot use the HTTP protocol.',
  ],
  [
    { LogoutURLs: ['http://example.com'] },
    invalid,
    'http://example.com cannot use the HTTP protocol.',
  ],
  [
    { CallbackURLs: ['https://example.com/cb#x'] },
    invalid,
    'https://example.com/cb#x cannot use fragment',
  ],
  [{ LogoutURLs: ['https://example.com/#'] }, invalid, 'https://example.com/# cannot use fragment'],
  [
    { LogoutURLs: ['javascript:alert(1)'] },
    invalid,
    'javascript:alert(1) is not a valid redirect URL.',
  ],
  [
    { CallbackURLs: ['https://example.com'], DefaultRedirectURI: 'https://example.com/' },
    invalid,
    'The default redirect URI https://example.com/ is not in the callback URIs list.',
  ],
  [
    { AllowedOAuthFlowsUserPoolClient: true },
    invalid,
    'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
  ],
  [
    { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'] },
    invalid,
    'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
  ],
  [
    { AllowedOAuthFlows: ['code', 'client_credentials'] },
    badFlow,
    'client_credentials flow can not be selected along with code flow or implicit flow.',
  ],
  [
    { AllowedOAuthFlows: ['client_credentials'] },
    badFlow,
    'client_credentials flow can not be selected if client does not have a client secret.',
  ],
  [
    {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['implicit'],
      AllowedOAuthScopes: ['openid'],
    },
    badFlow,
    'CallbackUrls can not be empty when code flow or implicit flow is selected',
  ],
  [
    { AllowedOAuthScopes: ['openid', 'api/read'] },
    'ScopeDoesNotExistException',
    'Invalid scope requested: api/read',
  ],
  [
    { EnablePropagateAdditionalUserContextData: true },
    invalid,
    'Client Secret is required to set EnablePropagateAdditionalUserContextData as true',
  ],
  [{ AnalyticsConfiguration: { ApplicationId: 'a' } }, invalid, bothWays],
  [
    { AnalyticsConfiguration: { ApplicationArn: app('eu-west-1'), RoleArn: role } },
    invalid,
    bothWays,
  ],
  [
    { AnalyticsConfiguration: { ApplicationArn: app('eu-west-1'), ExternalId: 'x' } },
    invalid,
    bothWays,
  ],
  [
    { AnalyticsConfiguration: { ApplicationArn: app('us-east-1') } },
    invalid,
    'The integration with Pinpoint is not supported for the requested us-east-1 region.',
  ],
  [
    { RefreshTokenRotation: { Feature: 'ENABLED' } },
    'FeatureUnavailableInTierException',
    'The following features need to be disabled for the LITE pricing tier configured: Refresh Token Rotation',
  ],
  [
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
    'FeatureUnavailableInTierException',
    /LITE pricing tier configured: Choice-Based Sign-In$/,
  ],
];

test('what does not fit is refused, when a client is made and when it changes, with nothing done', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({ UserPoolTier: 'LITE' });
  const before = await harness.call('DescribeUserPoolClient', { UserPoolId, ClientId });
  for (const [given, code, text] of refusals) {
    await harness.refuses(
      'CreateUserPoolClient',
      { UserPoolId, ClientName: 'x', ...given },
      code,
      text,
    );
    await harness.refuses('UpdateUserPoolClient', { UserPoolId, ClientId, ...given }, code, text);
  }
  assert.deepEqual(await harness.call('DescribeUserPoolClient', { UserPoolId, ClientId }), before);
  const { UserPoolClients } = await harness.call('ListUserPoolClients', { UserPoolId });
  assert.equal(UserPoolClients?.length, 1);
});

test('what concerns the secret at birth is refused', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const refuse = (given: Partial<InputOf<'CreateUserPoolClient'>>, code: string, text: RegExp) =>
    harness.refuses('CreateUserPoolClient', { UserPoolId, ClientName: 'x', ...given }, code, text);
  await refuse(
    { GenerateSecret: true, ClientSecret: 'x'.repeat(24) },
    invalid,
    /^ClientSecret cannot be given/,
  );
  await refuse({ ClientSecret: 'x'.repeat(23) }, invalid, /^1 validation error detected/);
  await refuse(
    {
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['openid'],
    },
    badFlow,
    /custom scopes/,
  );
});

test('what is written holds every required attribute and nothing that is the service’s own', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({
    Schema: [
      { Name: 'email', Required: true, Mutable: false },
      { Name: 'team', AttributeDataType: 'String' },
    ],
  });
  const refuse = async (given: Given, what: 'read' | 'write') => {
    const text = (doing: string) => `Invalid ${what} attributes specified while ${doing} a client`;
    const made = { UserPoolId, ClientName: 'x', ...given };
    await harness.refuses('CreateUserPoolClient', made, invalid, text('creating'));
    const changed = { UserPoolId, ClientId, ...given };
    await harness.refuses('UpdateUserPoolClient', changed, invalid, text('updating'));
  };
  await refuse({ WriteAttributes: ['name'] }, 'write');
  await refuse({ WriteAttributes: ['custom:team'] }, 'write');
  await refuse({ WriteAttributes: ['email', 'custom:none'] }, 'write');
  for (const own of ['sub', 'email_verified', 'phone_number_verified', 'identities']) {
    await refuse({ WriteAttributes: ['email', own] }, 'write');
  }
  await refuse({ ReadAttributes: ['custom:none'] }, 'read');
  // What is read is free; what is written and cannot change later is still given at sign-up.
  for (const given of [
    { ReadAttributes: ['name'] },
    { WriteAttributes: ['name', 'email'] },
    { WriteAttributes: [] },
  ]) {
    await harness.call('CreateUserPoolClient', { UserPoolId, ClientName: 'x', ...given });
    await harness.call('UpdateUserPoolClient', { UserPoolId, ClientId, ...given });
  }
});

test('what a request says is told before pool and client are looked for', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const wrong = { CallbackURLs: ['http://example.com'] };
  const nowhere = 'eu-west-1_none';
  await harness.refuses(
    'CreateUserPoolClient',
    { UserPoolId: nowhere, ClientName: 'x', ...wrong },
    invalid,
  );
  await harness.refuses(
    'UpdateUserPoolClient',
    { UserPoolId, ClientId: 'none', ...wrong },
    invalid,
  );
  await harness.refuses(
    'CreateUserPoolClient',
    { UserPoolId: nowhere, ClientName: 'x', WriteAttributes: ['sub'] },
    'ResourceNotFoundException',
    'User pool eu-west-1_none does not exist.',
  );
});

test('rotation is described with its grace, and as off once it was set', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const described = async () =>
    (await harness.call('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient
      ?.RefreshTokenRotation;
  const update = (given: Given) =>
    harness.call('UpdateUserPoolClient', { UserPoolId, ClientId, ...given });
  assert.equal(await described(), undefined);
  await update({});
  assert.equal(await described(), undefined);
  const on = { Feature: 'ENABLED' } as const;
  const answered = await update({ RefreshTokenRotation: on });
  const shown = { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 };
  assert.deepEqual(answered.UserPoolClient?.RefreshTokenRotation, shown);
  assert.deepEqual(await described(), shown);
  await update({ RefreshTokenRotation: { ...on, RetryGracePeriodSeconds: 10 } });
  assert.equal((await described())?.RetryGracePeriodSeconds, 10);
  for (let again = 0; again < 2; again += 1) {
    await update({});
    assert.deepEqual(await described(), { Feature: 'DISABLED', RetryGracePeriodSeconds: 0 });
  }
});

test('analytics by ARN are described with the service’s role, which may be written back', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const AnalyticsConfiguration = { ApplicationArn: app('eu-west-1'), UserDataShared: true };
  const { UserPoolClient } = await harness.call('UpdateUserPoolClient', {
    UserPoolId,
    ClientId,
    AnalyticsConfiguration,
  });
  assert.deepEqual(UserPoolClient?.AnalyticsConfiguration, {
    ...AnalyticsConfiguration,
    RoleArn:
      'arn:aws:iam::000000000000:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp',
  });
  await harness.call('UpdateUserPoolClient', {
    ...(UserPoolClient as object),
    UserPoolId,
    ClientId,
  });
});
