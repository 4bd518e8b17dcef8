import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AdminCreateUserCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  InitiateAuthCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { administrator } from '../console-http/testing/administrator.ts';
import { startServer, type RunningServer } from '../testing/start-server.ts';

const HERE = 'eu-west-1';
const THERE = 'us-east-1';
const local = { accessKeyId: 'local', secretAccessKey: 'local' };

async function makePool(running: RunningServer) {
  const { UserPool } = await running
    .client(local, HERE)
    .send(new CreateUserPoolCommand({ PoolName: 'shop' }));
  return { id: UserPool?.Id ?? '', arn: UserPool?.Arn ?? '' };
}

test('a signed request finds the pools of its own region, and lists them', async (t) => {
  const running = await startServer(t);
  const pool = await makePool(running);
  const absent = {
    name: 'ResourceNotFoundException',
    message: `User pool ${pool.id} does not exist.`,
  };
  const there = running.client(local, THERE);
  await assert.rejects(there.send(new DescribeUserPoolCommand({ UserPoolId: pool.id })), absent);
  await assert.rejects(
    there.send(new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'ann' })),
    absent,
  );
  await assert.rejects(
    there.send(new ListTagsForResourceCommand({ ResourceArn: pool.arn })),
    absent,
  );
  const listed = async (region: string) =>
    (
      await running.client(local, region).send(new ListUserPoolsCommand({ MaxResults: 60 }))
    ).UserPools?.map(({ Id }) => Id);
  assert.deepEqual(await listed(HERE), [pool.id]);
  assert.deepEqual(await listed(THERE), []);
  // A key that is limited to the pool is thereby limited to its region.
  const key = await running.server.accessKeys.create({ pools: [pool.id], note: '' });
  const bound = { accessKeyId: key.id, secretAccessKey: key.secret };
  const describe = new DescribeUserPoolCommand({ UserPoolId: pool.id });
  await running.client(bound, HERE).send(describe);
  await assert.rejects(running.client(bound, THERE).send(describe), absent);
});

test('a request without a signature has no region', async (t) => {
  const running = await startServer(t);
  const { id: UserPoolId } = await makePool(running);
  const { UserPoolClient } = await running
    .client(local, HERE)
    .send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web' }));
  const signIn = new InitiateAuthCommand({
    ClientId: UserPoolClient?.ClientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: 'nobody', SRP_A: 'ab'.repeat(383) },
  });
  await assert.rejects(running.client(local, THERE).send(signIn), {
    name: 'UserNotFoundException',
  });
});

test('the console looks for a pool in its own region, whichever is chosen for lists', async (t) => {
  const running = await startServer(t);
  const pool = await makePool(running);
  const owner = await administrator(running, 'owner');
  const send = (name: string, region: string, input: object) =>
    owner.send('POST', `/operations/${name}`, { region, input });
  for (const region of [HERE, THERE, 'ph-local-1']) {
    const described = await send('DescribeUserPool', region, { UserPoolId: pool.id });
    assert.equal(described.status, 200, region);
    const tags = await send('ListTagsForResource', region, { ResourceArn: pool.arn });
    assert.equal(tags.status, 200, region);
  }
  const made = (await send('CreateUserPool', THERE, { PoolName: 'x' })).json() as {
    UserPool: { Id: string };
  };
  assert.match(made.UserPool.Id, /^us-east-1_/);
});

test('a pinned region is the only one that the console reaches, even by a pool’s name', async (t) => {
  const running = await startServer(t, { environment: { POOLHOUSE_REGION: HERE } });
  const pool = await makePool(running);
  const owner = await administrator(running, 'owner');
  const describe = (region: string, UserPoolId: string) =>
    owner.send('POST', '/operations/DescribeUserPool', { region, input: { UserPoolId } });
  assert.equal((await describe(HERE, pool.id)).status, 200);
  const refused = await describe(HERE, 'us-east-1_aB3');
  assert.equal(refused.status, 400);
  assert.match(String(refused.json()['message']), /keeps pools of the region eu-west-1 only/);
});
