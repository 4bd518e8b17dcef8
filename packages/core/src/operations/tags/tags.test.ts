import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../failure.ts';
import { openHarness } from '../../testing/harness.ts';

test('tags are added, replaced, listed and taken off', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({ UserPoolTags: { team: 'blue' } });
  const { UserPool } = await harness.call('DescribeUserPool', { UserPoolId });
  const ResourceArn = UserPool?.Arn ?? '';
  const Tags = { team: 'red', cost: '', __proto__x: '1' };
  assert.deepEqual(await harness.call('TagResource', { ResourceArn, Tags }), {});
  assert.deepEqual(await harness.call('ListTagsForResource', { ResourceArn }), { Tags });
  const TagKeys = ['team', 'unknown', '__proto__x'];
  assert.deepEqual(await harness.call('UntagResource', { ResourceArn, TagKeys }), {});
  const described = await harness.call('DescribeUserPool', { UserPoolId });
  assert.deepEqual(described.UserPool?.UserPoolTags, { cost: '' });
});

test('tags have their limits, and a refusal changes nothing', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({ UserPoolTags: { team: 'blue' } });
  const ResourceArn = `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${UserPoolId}`;
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`t${at}`, '']));
  const invalid = 'InvalidParameterException';
  await harness.refuses('TagResource', { ResourceArn, Tags: many }, invalid, /at most 50/);
  await harness.refuses(
    'TagResource',
    { ResourceArn, Tags: { 'AWS:x': '' } },
    invalid,
    /^aws: pref/,
  );
  assert.deepEqual(await harness.call('ListTagsForResource', { ResourceArn }), {
    Tags: { team: 'blue' },
  });
});

test('only ARNs of pools of this server are known, and limited keys see their own', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const prefix = 'arn:aws:cognito-idp:eu-west-1';
  const refusals = [
    [`${prefix}:111111111111:userpool/${UserPoolId}`, 'InvalidParameterException'],
    [
      `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPoolId}`,
      'InvalidParameterException',
    ],
    [`arn:aws:s3:eu-west-1:000000000000:userpool/${UserPoolId}`, 'InvalidParameterException'],
    [`${prefix}:000000000000:userpool/eu-west-1_none`, 'ResourceNotFoundException'],
  ] as const;
  for (const [ResourceArn, code] of refusals) {
    await harness.refuses('ListTagsForResource', { ResourceArn }, code);
    await harness.refuses('TagResource', { ResourceArn, Tags: { a: '1' } }, code);
    await harness.refuses('UntagResource', { ResourceArn, TagKeys: ['a'] }, code);
  }
  const limited = {
    kind: 'access-key',
    id: 'x',
    region: 'eu-west-1',
    pools: ['eu-west-1_other'],
  } as const;
  await assert.rejects(
    harness.call(
      'TagResource',
      { ResourceArn: `${prefix}:000000000000:userpool/${UserPoolId}`, Tags: { a: '1' } },
      limited,
    ),
    (error) => error instanceof Failure && error.code === 'NotAuthorizedException',
  );
});
