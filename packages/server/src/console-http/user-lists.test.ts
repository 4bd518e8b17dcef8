import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

test('the list of users: ordered, with the last sign-in, a page at a time', async (t) => {
  let nowMs = Date.now();
  const running = await startServer(t, { replacements: { clock: { nowMs: () => nowMs } } });
  const owner = await administrator(running, 'owner');
  const viewer = await administrator(running, 'viewer');
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'shop' });
  const UserPoolId = UserPool?.Id ?? '';
  for (const Username of ['cleo', 'Ada', 'bob']) {
    nowMs += 1000;
    await owner.call('AdminCreateUser', { UserPoolId, Username, MessageAction: 'SUPPRESS' });
  }
  const [ada] =
    (await owner.call('ListUsers', { UserPoolId, Filter: 'username = "Ada"' })).Users ?? [];
  const { stores } = running.server.storage;
  const pool = UserPoolId as Parameters<typeof stores.users.list>[0];
  const ref = { poolId: pool, sub: ada?.Attributes?.[0]?.Value as never };
  await stores.users.noteSignIn(ref, nowMs);

  interface Listed {
    readonly users: readonly { readonly Username: string; readonly LastSignInDate?: number }[];
    readonly next?: string;
  }
  const ask = (body: object, id = UserPoolId) =>
    viewer.send('POST', `/pools/${id}/users/list`, { limit: 60, ...body });
  const list = async (body: object) => (await ask(body)).json() as unknown as Listed;
  const names = async (body: object) => (await list(body)).users.map(({ Username }) => Username);
  assert.deepEqual(await names({}), ['bob', 'Ada', 'cleo']);
  assert.deepEqual(await names({ sort: 'a-z' }), ['Ada', 'bob', 'cleo']);
  assert.deepEqual(await names({ filter: 'username ^= "c"' }), ['cleo']);
  const first = await list({ limit: 2 });
  const rest = await list({ limit: 2, token: first.next });
  assert.deepEqual([first.users.length, rest.users.length, rest.next], [2, 1, undefined]);

  const [shown] = (await list({ filter: 'username = "Ada"' })).users;
  assert.deepEqual(shown, { ...ada, LastSignInDate: nowMs / 1000 });
  assert.equal(first.users[0]?.LastSignInDate, 0);

  for (const [body, said] of [
    [{ sort: 'by size' }, /sort/],
    [{ limit: 61 }, /limit/],
    [{ limit: 0 }, /limit/],
    [{ filter: 'x'.repeat(257) }, /filter/],
    [{ filter: 'shoe_size = "44"' }, /Invalid search attribute/],
    [{ token: `${first.next}x` }, /token/i],
    [{ sort: 'oldest', token: first.next }, /token/i],
  ] as const) {
    const answer = await ask(body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.match(String(answer.json()['message']), said);
  }
  for (const id of ['local_missing00', ADMINISTRATORS_POOL]) {
    assert.equal((await ask({}, id)).status, 404, id);
  }
});

test('a server of one region does not list another region’s users', async (t) => {
  const running = await startServer(t, { environment: { POOLHOUSE_REGION: 'eu-west-1' } });
  const owner = await administrator(running, 'owner');
  const answer = await owner.send('POST', '/operations/CreateUserPool', {
    region: 'eu-west-1',
    input: { PoolName: 'shop' },
  });
  const { UserPool } = answer.json() as { UserPool?: { Id?: string } };
  const list = (id = '') => owner.send('POST', `/pools/${id}/users/list`, { limit: 1 });
  assert.equal((await list(UserPool?.Id)).status, 200);
  const { stores } = running.server.storage;
  const own = await stores.pools.get(UserPool?.Id as never);
  assert(own);
  const other = { ...own, id: 'us-east-1_Other0001' as never, region: 'us-east-1' };
  await stores.pools.createIfAbsent(other);
  assert.equal((await list(other.id)).status, 404);
});
