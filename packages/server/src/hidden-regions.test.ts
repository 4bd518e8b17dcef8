import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { hiddenRegionsText } from './hidden-regions.ts';
import { startServer } from './testing/start-server.ts';

test('start-up tells of user pools that a pinned region keeps out of reach', async (t) => {
  const { client, server } = await startServer(t);
  const { stores } = server.storage;
  await server.setUpLink();
  assert.equal(await hiddenRegionsText(stores, 'eu-west-1'), '');
  await client().send(new CreateUserPoolCommand({ PoolName: 'here' }));
  assert.equal(await hiddenRegionsText(stores, 'eu-west-1'), '');
  assert.equal(await hiddenRegionsText(stores, undefined), '');
  for (const region of ['us-east-1', 'ph-local-1']) {
    await client(undefined, region).send(new CreateUserPoolCommand({ PoolName: 'there' }));
  }
  assert.equal(
    await hiddenRegionsText(stores, 'eu-west-1'),
    'Warning: POOLHOUSE_REGION is eu-west-1: access keys and the console do not reach the user pools of ph-local-1, us-east-1. Leave it out to have them all.\n',
  );
});
