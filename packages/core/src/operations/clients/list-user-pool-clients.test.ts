import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../../testing/house.ts';

test("a pool's own clients are listed by name, without their secrets", async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({}, { ClientName: 'b', GenerateSecret: true });
  await house.makePool({}, { ClientName: 'of another pool' });
  for (const ClientName of ['c', 'a']) {
    await house.call('CreateUserPoolClient', { UserPoolId, ClientName });
  }
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await house.call('ListUserPoolClients', { UserPoolId, MaxResults: 2, NextToken });
    for (const client of page.UserPoolClients ?? []) {
      assert.deepEqual(Object.keys(client).sort(), ['ClientId', 'ClientName', 'UserPoolId']);
      names.push(client.ClientName);
    }
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  assert.deepEqual(names, ['a', 'b', 'c']);
  const count = async (ClientType: 'DCR' | 'REGULAR') =>
    (await house.call('ListUserPoolClients', { UserPoolId, ClientType })).UserPoolClients?.length;
  assert.deepEqual([await count('REGULAR'), await count('DCR')], [3, 0]);
  await house.refuses(
    'ListUserPoolClients',
    { UserPoolId: 'eu-west-1_none' },
    'ResourceNotFoundException',
    'User pool eu-west-1_none does not exist.',
  );
});

test('a deleted client is gone', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool();
  assert.deepEqual(await house.call('DeleteUserPoolClient', { UserPoolId, ClientId }), {});
  await house.refuses(
    'DescribeUserPoolClient',
    { UserPoolId, ClientId },
    'ResourceNotFoundException',
    `User pool client ${ClientId} does not exist.`,
  );
  const { UserPoolClients } = await house.call('ListUserPoolClients', { UserPoolId });
  assert.deepEqual(UserPoolClients, []);
});
