import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '../domain/ids.ts';
import { serverContext } from '../execute.ts';
import { Failure } from '../failure.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, signIn } from '../testing/signed-in.ts';
import { browseUsers, USER_SORTS, type BrowsedPage } from './browse-users.ts';

const PEOPLE = ['cleo', 'Ada', 'bob'];

async function fixture(harness: Harness) {
  const made = await harness.makePool();
  for (const name of PEOPLE) {
    await addUser(harness, made, name);
    harness.advance(1000);
  }
  const pool = await harness.storage.stores.pools.get(poolId(made.UserPoolId));
  assert(pool);
  const page = (asked: Partial<BrowsedPage>) =>
    browseUsers(serverContext(harness.storage, harness.world), pool, {
      filter: '',
      sort: 'newest',
      limit: 60,
      token: undefined,
      ...asked,
    });
  const names = async (asked: Partial<BrowsedPage>) =>
    (await page(asked)).users.map(({ user }) => user.Username);
  return { made, page, names };
}

test('users come in the requested order', async (t) => {
  const harness = await openHarness(t);
  const { made, names } = await fixture(harness);
  assert.deepEqual(await names({}), ['bob', 'Ada', 'cleo']);
  assert.deepEqual(await names({ sort: 'oldest' }), ['cleo', 'Ada', 'bob']);
  assert.deepEqual(await names({ sort: 'a-z' }), ['Ada', 'bob', 'cleo']);
  assert.deepEqual(await names({ sort: 'z-a' }), ['cleo', 'bob', 'Ada']);
  await harness.call('AdminDisableUser', { UserPoolId: made.UserPoolId, Username: 'Ada' });
  const filter = 'status = "Enabled"';
  assert.deepEqual(await names({ filter }), ['bob', 'cleo']);
  assert.deepEqual(await names({ filter, sort: 'oldest' }), ['cleo', 'bob']);
  assert.deepEqual(await names({ filter, sort: 'a-z' }), ['bob', 'cleo'], 'newest first');
  for (const sort of USER_SORTS) {
    assert.deepEqual(await names({ filter: 'username ^= "c"', sort }), ['cleo']);
  }
});

test('a page continues where the previous one ended, in its own order only', async (t) => {
  const harness = await openHarness(t);
  const { page, names } = await fixture(harness);
  for (const sort of USER_SORTS) {
    const { users, next } = await page({ sort, limit: 2 });
    const rest = await page({ sort, limit: 2, token: next });
    const seen = [...users, ...rest.users].map(({ user }) => user.Username);
    assert.deepEqual(seen, await names({ sort }));
    assert.equal(rest.next, undefined);
    for (const other of [
      { sort: sort === 'newest' ? ('oldest' as const) : ('newest' as const) },
      { sort, filter: 'status = "Enabled"' },
    ]) {
      await assert.rejects(page({ ...other, token: next }), (error) => {
        return error instanceof Failure && error.code === 'InvalidParameterException';
      });
    }
  }
  await assert.rejects(page({ filter: 'shoe_size = "44"' }), /Invalid search attribute/);
});

test('each user has the last sign-in, or 0 for never', async (t) => {
  const harness = await openHarness(t);
  const { made, page } = await fixture(harness);
  await signIn(harness, made, 'bob');
  for (const filter of ['', 'username ^= ""']) {
    const { users } = await page({ filter });
    const last = users.map(({ user, lastSignInAtMs }) => [user.Username, lastSignInAtMs]);
    assert.equal(Object.fromEntries(last)['bob'], harness.world.clock.nowMs());
    assert.equal(Object.fromEntries(last)['cleo'], 0);
    assert.doesNotMatch(JSON.stringify(users), /sealed|\$test\$/);
  }
});
