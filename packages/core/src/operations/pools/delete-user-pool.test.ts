import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PoolGoneError } from '../../ports/stores/index.ts';
import { openHouse } from '../../testing/house.ts';

test('a deleted pool is gone with its clients and keys', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool();
  assert(await house.world.signingKeys.of(UserPoolId as never));
  assert.deepEqual(await house.call('DeleteUserPool', { UserPoolId }), {});
  await house.refuses(
    'DescribeUserPool',
    { UserPoolId },
    'ResourceNotFoundException',
    `User pool ${UserPoolId} does not exist.`,
  );
  await house.refuses(
    'DescribeUserPoolClient',
    { UserPoolId, ClientId },
    'ResourceNotFoundException',
  );
  await house.refuses('DeleteUserPool', { UserPoolId }, 'ResourceNotFoundException');
  assert.equal(await house.world.signingKeys.of(UserPoolId as never), undefined);
  await assert.rejects(house.world.vault.of(UserPoolId), PoolGoneError);
});

test('a protected pool stays', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({ DeletionProtection: 'ACTIVE' });
  await house.refuses(
    'DeleteUserPool',
    { UserPoolId },
    'InvalidParameterException',
    'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
  );
  await house.call('UpdateUserPool', { UserPoolId, DeletionProtection: 'INACTIVE' });
  await house.call('DeleteUserPool', { UserPoolId });
});
