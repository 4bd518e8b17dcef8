import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInput, operations, shapeNamed, type OperationName } from '@poolhouse/model';
import type { Caller } from '../operation.ts';
import { registry } from '../registry.ts';
import { openHarness } from '../testing/harness.ts';
import { sampleMembers } from '../testing/sample-members.ts';

const home: Caller = { kind: 'access-key', id: 'local', region: 'eu-west-1' };
const elsewhere: Caller = { ...home, region: 'us-east-1' };

/** Every built operation that names a pool, read from the model, so that later operations are included. */
const namingPools = [...registry.keys()].filter((name) => {
  const shape = shapeNamed(operations[name].input);
  return (
    shape.type === 'structure' &&
    (shape.required ?? []).some((member) => member === 'UserPoolId' || member === 'ResourceArn')
  );
});

function inputFor(name: OperationName, given: Readonly<Record<string, string>>): object {
  const shape = shapeNamed(operations[name].input);
  const required = shape.type === 'structure' ? (shape.required ?? []) : [];
  const input = Object.fromEntries(
    required.map((member) => [member, given[member] ?? sampleMembers[member]]),
  );
  const decoded = decodeInput(name, input);
  assert(decoded.ok, `${name} needs a sample: ${decoded.ok ? '' : decoded.message}`);
  return input;
}

test('pools outside the request’s region cannot be found, by any operation', async (t) => {
  const harness = await openHarness(t);
  assert(namingPools.length >= 30);
  for (const caller of [
    elsewhere,
    { ...elsewhere, kind: 'administrator' as const },
    { ...elsewhere, region: 'eu-west-11' },
    { ...elsewhere, region: 'EU-WEST-1' },
  ]) {
    const { UserPoolId, ClientId } = await harness.makePool();
    const ResourceArn = `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${UserPoolId}`;
    await harness.call('AdminCreateUser', { UserPoolId, Username: 'ann' });
    await harness.call('CreateGroup', { UserPoolId, GroupName: 'team' });
    const before = (await harness.call('DescribeUserPool', { UserPoolId })).UserPool;
    for (const name of namingPools) {
      const input = inputFor(name, { UserPoolId, ClientId, ResourceArn });
      await assert.rejects(
        harness.call(name, input, caller),
        { code: 'ResourceNotFoundException', message: `User pool ${UserPoolId} does not exist.` },
        name,
      );
    }
    assert.deepEqual((await harness.call('DescribeUserPool', { UserPoolId })).UserPool, before);
    assert.equal(
      (await harness.call('AdminGetUser', { UserPoolId, Username: 'ann' })).Enabled,
      true,
    );
  }
});

test('operations without a signature have no region: pools are found by their app clients', async (t) => {
  const harness = await openHarness(t);
  const { ClientId } = await harness.makePool();
  const signedUp = await harness.call(
    'SignUp',
    { ClientId, Username: 'ann', Password: 'Passw0rd!x' },
    { kind: 'anyone' },
  );
  assert(signedUp.UserSub);
});

test('a pool in a region of the server’s own is found by its name, and in no other region', async (t) => {
  const harness = await openHarness(t);
  const { UserPool } = await harness.call(
    'CreateUserPool',
    { PoolName: 'x' },
    { ...home, region: 'local' },
  );
  const UserPoolId = UserPool?.Id ?? '';
  assert.match(UserPoolId, /^local_/);
  await assert.rejects(harness.call('DescribeUserPool', { UserPoolId }), /does not exist/);
  await harness.call('DescribeUserPool', { UserPoolId }, { ...home, region: 'local' });
});
