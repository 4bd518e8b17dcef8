import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness } from '../../testing/harness.ts';

test('an update replaces everything that may change and keeps the rest', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    Schema: [{ Name: 'team', AttributeDataType: 'String' }],
    AutoVerifiedAttributes: ['email'],
    DeletionProtection: 'ACTIVE',
    UserPoolTags: { a: '1' },
    EmailVerificationSubject: 'Subject',
    DeviceConfiguration: {},
  });
  const before = (await harness.call('DescribeUserPool', { UserPoolId })).UserPool;
  harness.advance(60_000);
  assert.deepEqual(await harness.call('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE' }), {});
  const after = (await harness.call('DescribeUserPool', { UserPoolId })).UserPool;
  const plain = (await harness.call('CreateUserPool', { PoolName: 'test' })).UserPool;
  assert.deepEqual(after, {
    ...plain,
    Id: UserPoolId,
    Arn: before?.Arn,
    CreationDate: before?.CreationDate,
    LastModifiedDate: (before?.LastModifiedDate ?? 0) + 60,
    SchemaAttributes: before?.SchemaAttributes,
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    UserPoolTier: 'LITE',
  });
  await harness.call('UpdateUserPool', { UserPoolId, PoolName: 'renamed' });
  const renamed = (await harness.call('DescribeUserPool', { UserPoolId })).UserPool;
  assert.equal(renamed?.Name, 'renamed');
});

test('a refused update changes nothing', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const before = await harness.call('DescribeUserPool', { UserPoolId });
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId, PoolName: 'x', MfaConfiguration: 'ON' },
    'InvalidParameterException',
    'Cannot turn MFA functionality ON, once the user pool has been created.',
  );
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId: 'eu-west-1_none', PoolName: 'x' },
    'ResourceNotFoundException',
    'User pool eu-west-1_none does not exist.',
  );
  assert.deepEqual(await harness.call('DescribeUserPool', { UserPoolId }), before);
});
