import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf, OperationName } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

/** Reads of what cannot be set yet, which tools send to every pool. */
const reads: { readonly [Name in OperationName]?: object } = {
  GetUserPoolMfaConfig: { MfaConfiguration: 'OFF' },
  ListIdentityProviders: { Providers: [] },
  ListResourceServers: { ResourceServers: [] },
  ListUserImportJobs: { UserImportJobs: [] },
};

test('a pool is answered with nothing, a pool that is not there with its absence', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  for (const [name, expected] of Object.entries(reads) as [OperationName, object][]) {
    const input = { UserPoolId, ...(name === 'ListUserImportJobs' && { MaxResults: 10 }) };
    assert.deepEqual(await harness.call(name, input as never), expected, name);
    await harness.refuses(
      name,
      { ...input, UserPoolId: 'eu-west-1_missing00' },
      'ResourceNotFoundException',
    );
    const token = name === 'ListUserImportJobs' ? 'PaginationToken' : 'NextToken';
    if (!name.startsWith('List')) continue;
    await harness.refuses(name, { ...input, [token]: 'forged' }, 'InvalidParameterException');
  }
});

test('the looks and the risk configuration of a pool and of its clients only', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const other = await harness.makePool();
  assert.deepEqual(await harness.call('GetUICustomization', { UserPoolId }), {
    UICustomization: { UserPoolId, ClientId: 'ALL' },
  });
  assert.deepEqual(await harness.call('GetUICustomization', { UserPoolId, ClientId }), {
    UICustomization: { UserPoolId, ClientId },
  });
  assert.deepEqual(await harness.call('DescribeRiskConfiguration', { UserPoolId }), {
    RiskConfiguration: { UserPoolId },
  });
  assert.deepEqual(await harness.call('DescribeRiskConfiguration', { UserPoolId, ClientId }), {
    RiskConfiguration: { UserPoolId, ClientId },
  });
  for (const name of ['GetUICustomization', 'DescribeRiskConfiguration'] as const) {
    const foreign = { UserPoolId, ClientId: other.ClientId };
    await harness.refuses(name, foreign, 'ResourceNotFoundException');
    const gone = { UserPoolId: 'eu-west-1_missing00' } satisfies InputOf<typeof name>;
    await harness.refuses(name, gone, 'ResourceNotFoundException');
  }
});

test('no domain is known, which is no error', async (t) => {
  const harness = await openHarness(t);
  assert.deepEqual(await harness.call('DescribeUserPoolDomain', { Domain: 'shop' }), {
    DomainDescription: {},
  });
});

test('a pool with factors tells of the text messages that it would send', async (t) => {
  const harness = await openHarness(t);
  const SmsConfiguration = {
    SnsCallerArn: 'arn:aws:iam::000000000000:role/sms',
    ExternalId: 'poolhouse',
  };
  const { UserPoolId } = await harness.makePool({
    MfaConfiguration: 'OPTIONAL',
    AutoVerifiedAttributes: ['phone_number'],
    SmsConfiguration,
  });
  const answer = await harness.call('GetUserPoolMfaConfig', { UserPoolId });
  assert.equal(answer.MfaConfiguration, 'OPTIONAL');
  assert.equal(
    answer.SmsMfaConfiguration?.SmsConfiguration?.SnsCallerArn,
    SmsConfiguration.SnsCallerArn,
  );
});
