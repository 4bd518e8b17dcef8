import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../failure.ts';
import { openHouse } from '../../testing/house.ts';

test('tags are added, replaced, listed and taken off', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({ UserPoolTags: { team: 'blue' } });
  const { UserPool } = await house.call('DescribeUserPool', { UserPoolId });
  const ResourceArn = UserPool?.Arn ?? '';
  const Tags = { team: 'red', cost: '', __proto__x: '1' };
  assert.deepEqual(await house.call('TagResource', { ResourceArn, Tags }), {});
  assert.deepEqual(await house.call('ListTagsForResource', { ResourceArn }), { Tags });
  const TagKeys = ['team', 'unknown', '__proto__x'];
  assert.deepEqual(await house.call('UntagResource', { ResourceArn, TagKeys }), {});
  const described = await house.call('DescribeUserPool', { UserPoolId });
  assert.deepEqual(described.UserPool?.UserPoolTags, { cost: '' });
});

test('tags have their limits, and a refusal changes nothing', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({ UserPoolTags: { team: 'blue' } });
  const ResourceArn = `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${UserPoolId}`;
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`t${at}`, '']));
  const invalid = 'InvalidParameterException';
  await house.refuses('TagResource', { ResourceArn, Tags: many }, invalid, /at most 50/);
  await house.refuses('TagResource', { ResourceArn, Tags: { 'AWS:x': '' } }, invalid, /^aws: pref/);
  assert.deepEqual(await house.call('ListTagsForResource', { ResourceArn }), {
    Tags: { team: 'blue' },
  });
});

test('only ARNs of pools of this server are known, and limited keys see their own', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool();
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
    await house.refuses('ListTagsForResource', { ResourceArn }, code);
    await house.refuses('TagResource', { ResourceArn, Tags: { a: '1' } }, code);
    await house.refuses('UntagResource', { ResourceArn, TagKeys: ['a'] }, code);
  }
  const limited = {
    kind: 'access-key',
    id: 'x',
    region: 'eu-west-1',
    pools: ['eu-west-1_other'],
  } as const;
  await assert.rejects(
    house.call(
      'TagResource',
      { ResourceArn: `${prefix}:000000000000:userpool/${UserPoolId}`, Tags: { a: '1' } },
      limited,
    ),
    (error) => error instanceof Failure && error.code === 'NotAuthorizedException',
  );
});
