import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness } from '../../testing/harness.ts';

test("a pool's own clients are listed by name, without their secrets", async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({}, { ClientName: 'b', GenerateSecret: true });
  await harness.makePool({}, { ClientName: 'of another pool' });
  for (const ClientName of ['c', 'a']) {
    await harness.call('CreateUserPoolClient', { UserPoolId, ClientName });
  }
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await harness.call('ListUserPoolClients', {
      UserPoolId,
      MaxResults: 2,
      NextToken,
    });
    for (const client of page.UserPoolClients ?? []) {
      assert.deepEqual(Object.keys(client).sort(), ['ClientId', 'ClientName', 'UserPoolId']);
      names.push(client.ClientName);
    }
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  assert.deepEqual(names, ['a', 'b', 'c']);
  const count = async (ClientType: 'DCR' | 'REGULAR') =>
    (await harness.call('ListUserPoolClients', { UserPoolId, ClientType })).UserPoolClients?.length;
  assert.deepEqual([await count('REGULAR'), await count('DCR')], [3, 0]);
  await harness.refuses(
    'ListUserPoolClients',
    { UserPoolId: 'eu-west-1_none' },
    'ResourceNotFoundException',
    'User pool eu-west-1_none does not exist.',
  );
});

test('a deleted client is gone', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  assert.deepEqual(await harness.call('DeleteUserPoolClient', { UserPoolId, ClientId }), {});
  await harness.refuses(
    'DescribeUserPoolClient',
    { UserPoolId, ClientId },
    'ResourceNotFoundException',
    `User pool client ${ClientId} does not exist.`,
  );
  const { UserPoolClients } = await harness.call('ListUserPoolClients', { UserPoolId });
  assert.deepEqual(UserPoolClients, []);
});
