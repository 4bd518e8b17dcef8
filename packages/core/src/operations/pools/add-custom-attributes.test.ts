import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../../testing/house.ts';

test('custom attributes are added at the end, all or none', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool();
  const text = (Name: string) => ({ Name, AttributeDataType: 'String' as const });
  const custom = async () => {
    const { UserPool } = await house.call('DescribeUserPool', { UserPoolId });
    return UserPool?.SchemaAttributes?.slice(21).map(({ Name }) => Name);
  };
  const answer = await house.call('AddCustomAttributes', {
    UserPoolId,
    CustomAttributes: [text('b'), { ...text('a'), DeveloperOnlyAttribute: true }],
  });
  assert.deepEqual(answer, {});
  assert.deepEqual(await custom(), ['custom:b', 'dev:custom:a']);
  await house.refuses(
    'AddCustomAttributes',
    { UserPoolId, CustomAttributes: [text('c'), text('b')] },
    'InvalidParameterException',
    'custom:b: Existing attribute already has name custom:b.',
  );
  assert.deepEqual(await custom(), ['custom:b', 'dev:custom:a']);
  await house.refuses(
    'AddCustomAttributes',
    { UserPoolId: 'eu-west-1_none', CustomAttributes: [text('c')] },
    'ResourceNotFoundException',
    'User pool eu-west-1_none does not exist.',
  );
});
