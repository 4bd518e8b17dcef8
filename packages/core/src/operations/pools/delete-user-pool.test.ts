import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PoolGoneError } from '../../ports/stores/index.ts';
import { openHarness } from '../../testing/harness.ts';

test('a deleted pool is gone with its clients and keys', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  assert(await harness.world.signingKeys.of(UserPoolId as never));
  assert.deepEqual(await harness.call('DeleteUserPool', { UserPoolId }), {});
  await harness.refuses(
    'DescribeUserPool',
    { UserPoolId },
    'ResourceNotFoundException',
    `User pool ${UserPoolId} does not exist.`,
  );
  await harness.refuses(
    'DescribeUserPoolClient',
    { UserPoolId, ClientId },
    'ResourceNotFoundException',
  );
  await harness.refuses('DeleteUserPool', { UserPoolId }, 'ResourceNotFoundException');
  assert.equal(await harness.world.signingKeys.of(UserPoolId as never), undefined);
  await assert.rejects(harness.world.vault.of(UserPoolId), PoolGoneError);
});

test('a protected pool stays', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({ DeletionProtection: 'ACTIVE' });
  await harness.refuses(
    'DeleteUserPool',
    { UserPoolId },
    'InvalidParameterException',
    'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
  );
  await harness.call('UpdateUserPool', { UserPoolId, DeletionProtection: 'INACTIVE' });
  await harness.call('DeleteUserPool', { UserPoolId });
});
