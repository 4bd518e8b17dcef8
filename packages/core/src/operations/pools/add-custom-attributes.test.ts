import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness } from '../../testing/harness.ts';

test('custom attributes are added at the end, all or none', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const text = (Name: string) => ({ Name, AttributeDataType: 'String' as const });
  const custom = async () => {
    const { UserPool } = await harness.call('DescribeUserPool', { UserPoolId });
    return UserPool?.SchemaAttributes?.slice(21).map(({ Name }) => Name);
  };
  const answer = await harness.call('AddCustomAttributes', {
    UserPoolId,
    CustomAttributes: [text('b'), { ...text('a'), DeveloperOnlyAttribute: true }],
  });
  assert.deepEqual(answer, {});
  assert.deepEqual(await custom(), ['custom:b', 'dev:custom:a']);
  await harness.refuses(
    'AddCustomAttributes',
    { UserPoolId, CustomAttributes: [text('c'), text('b')] },
    'InvalidParameterException',
    'custom:b: Existing attribute already has name custom:b.',
  );
  assert.deepEqual(await custom(), ['custom:b', 'dev:custom:a']);
  await harness.refuses(
    'AddCustomAttributes',
    { UserPoolId: 'eu-west-1_none', CustomAttributes: [text('c')] },
    'ResourceNotFoundException',
    'User pool eu-west-1_none does not exist.',
  );
});
