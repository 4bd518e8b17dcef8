import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolId, StateFilter, User, UserOrder } from '@poolhouse/core';
import { aUser, sub, t0 } from './records.ts';
import { allPages, describeStore } from './subject.ts';
import type { MakeDatabase, Subject } from './subject.ts';

const newest: UserOrder = { by: 'created', descending: true };
const oldest: UserOrder = { by: 'created', descending: false };
const upward: UserOrder = { by: 'title', descending: false };
const downward: UserOrder = { by: 'title', descending: true };

async function fill(subject: Subject, users: readonly Partial<User>[]): Promise<PoolId> {
  const pool = await subject.newPool();
  for (const [index, over] of users.entries())
    await subject.stores.users.create(
      aUser(pool, over.username ?? `user${index}`, { names: [], ...over }),
    );
  return pool;
}

/** The user names of all pages, which must be in the same order at every page size. */
async function found({ stores }: Subject, pool: PoolId, order: UserOrder): Promise<string[]> {
  const readings: string[][] = [];
  for (const limit of [1, 2, 3, 60]) {
    const pages = await allPages((after: readonly string[] | undefined) =>
      stores.users.inOrder(pool, limit, order, after),
    );
    assert.ok(pages.every((page) => page.length <= limit));
    readings.push(pages.flat().map(({ username }) => username));
  }
  const [first = [], ...others] = readings;
  for (const other of others) assert.deepEqual(other, first);
  return first;
}

/** What UserStore promises about the orders in which people browse users, and about last sign-ins. */
export function userOrdersContract(make: MakeDatabase): void {
  describeStore('orders of users', make, (subject) => {
    test('created: in order of arrival or newest first, whatever their state and sub', async () => {
      const pool = await fill(subject, [
        { username: 'c', sub: sub('9') },
        { username: 'a', sub: sub('5'), status: 'UNCONFIRMED' },
        { username: 'd', sub: sub('7'), enabled: false },
        { username: 'b', sub: sub('1'), status: 'FORCE_CHANGE_PASSWORD', enabled: false },
        { username: 'e', sub: sub('3') },
      ]);
      assert.deepEqual(await found(subject, pool, oldest), ['c', 'a', 'd', 'b', 'e']);
      assert.deepEqual(await found(subject, pool, newest), ['e', 'b', 'd', 'a', 'c']);
      const nobody = await subject.newPool();
      for (const order of [oldest, newest, upward, downward])
        assert.deepEqual(await subject.stores.users.inOrder(nobody, 60, order), { items: [] });
    });

    test('created: of one status, or only enabled or disabled users', async () => {
      const pool = await fill(subject, [
        { username: '1', status: 'CONFIRMED' },
        { username: '2', status: 'CONFIRMED', enabled: false },
        { username: '3', status: 'UNCONFIRMED' },
        { username: '4', status: 'RESET_REQUIRED', enabled: false },
        { username: '5', status: 'CONFIRMED' },
      ]);
      const of = (attribute: StateFilter['attribute'], value: string, match?: 'starts-with') =>
        found(subject, pool, {
          by: 'created',
          descending: true,
          only: { attribute, match: match ?? 'equals', value },
        });
      assert.deepEqual(await of('cognito:user_status', 'confirmed'), ['5', '2', '1']);
      assert.deepEqual(await of('cognito:user_status', 'un', 'starts-with'), ['3']);
      assert.deepEqual(await of('cognito:user_status', 'HAPPY'), []);
      assert.deepEqual(await of('status', 'Enabled'), ['5', '3', '1']);
      assert.deepEqual(await of('status', 'Disabled'), ['4', '2']);
      assert.deepEqual(await of('status', '', 'starts-with'), ['5', '4', '3', '2', '1']);
      assert.deepEqual(await of('status', 'disabled'), []);
    });

    test('title: the user name whatever its case; if that is the sub, the address', async () => {
      const named = await fill(
        subject,
        ['Zoe', 'anna', 'Bert', 'bert', 'Änne', '_'].map((username) => ({
          username,
          attributes: { email: 'a@b.c' },
        })),
      );
      const order = ['_', 'anna', 'Bert', 'bert', 'Zoe', 'Änne'];
      assert.deepEqual(await found(subject, named, upward), order);
      assert.deepEqual(await found(subject, named, downward), order.toReversed());

      const addressed = await fill(
        subject,
        (
          [
            ['4', { email: 'Cleo@x.com', phone_number: '+1' }],
            ['3', { email: 'adam@x.com' }],
            ['2', { phone_number: '+316' }],
            ['1', {}],
            ['5', { email: 'adam@x.com' }],
          ] as const
        ).map(([id, attributes]) => ({ sub: sub(id), username: id, attributes })),
      );
      assert.deepEqual(await found(subject, addressed, upward), ['2', '1', '3', '5', '4']);
      assert.deepEqual(await found(subject, addressed, downward), ['4', '5', '3', '1', '2']);
    });

    test('users who come, go or change between two pages do not make others come twice or be missed', async () => {
      for (const [order, pages] of [
        [newest, ['d', 'c', 'b', 'a']],
        [upward, ['a', 'b', 'c', 'd']],
      ] as const) {
        const pool = await fill(
          subject,
          ['a', 'b', 'c', 'd'].map((username) => ({ username, sub: sub(`page-${username}`) })),
        );
        const { users } = subject.stores;
        const first = await users.inOrder(pool, 2, order);
        await users.create(aUser(pool, 'aa', { sub: sub('page-aa') }));
        await users.delete({ poolId: pool, sub: sub(`page-${pages[1]}`) }, t0);
        const ref = { poolId: pool, sub: sub(`page-${pages[2]}`) };
        await users.change(ref, (user) => ({ ...user, enabled: false }));
        const second = await users.inOrder(pool, 2, order, first.after);
        const seen = [...first.items, ...second.items].map(({ username }) => username);
        assert.deepEqual(seen, [...pages]);
      }
    });

    test('a sign-in is recorded and clears the failures; nothing else changes that time', async () => {
      const pool = await fill(subject, [
        { username: 'a', sub: sub('signs-in') },
        { username: 'b' },
      ]);
      const { users } = subject.stores;
      const ref = { poolId: pool, sub: sub('signs-in') };
      const last = async () => {
        const { items } = await users.inOrder(pool, 2, oldest);
        const listed = await users.list(pool, 2);
        const ofBoth = [...items, ...listed.items].filter(({ username }) => username === 'a');
        const [one, other] = ofBoth.map(({ lastSignInAtMs }) => lastSignInAtMs);
        assert.equal(one, other);
        return one;
      };
      assert.equal(await last(), 0, 'never');
      await users.takePasswordAttempt(ref, t0, () => 60_000);
      await users.noteSignIn(ref, t0 + 5);
      assert.equal(await last(), t0 + 5);
      const before = await users.bySub(ref);
      assert.equal(before?.failedAttempts, 0);
      assert.equal(before?.lockedUntilMs, undefined);
      assert.equal(before?.modifiedAtMs, t0);
      await users.change(ref, (user) => ({ ...user, enabled: false, modifiedAtMs: t0 + 6 }));
      await users.takePasswordAttempt(ref, t0 + 7, () => 0);
      await users.clearFailedAttempts(ref);
      assert.equal(await last(), t0 + 5);
      await users.noteSignIn(ref, t0 + 9);
      assert.equal(await last(), t0 + 9);
      await users.noteSignIn({ poolId: pool, sub: sub('nobody') }, t0);
      const { items } = await users.inOrder(pool, 2, newest);
      assert.equal(items[0]?.lastSignInAtMs, 0, 'somebody else');
    });

    test('an attempt from before a sign-in is not given back after it', async () => {
      const pool = await fill(subject, [{ username: 'a', sub: sub('given-back') }]);
      const { users } = subject.stores;
      const ref = { poolId: pool, sub: sub('given-back') };
      const noLock = () => 0;
      const attempt = await users.takePasswordAttempt(ref, t0, noLock);
      assert.ok(attempt);
      await users.noteSignIn(ref, t0 + 1);
      await users.takePasswordAttempt(ref, t0 + 2, noLock);
      await users.giveBackPasswordAttempt(ref, attempt, noLock);
      assert.equal((await users.bySub(ref))?.failedAttempts, 1);
    });
  });
}
