import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolId, SearchAttribute, User, UserFilter } from '@poolhouse/core';
import { aUser, sub, t0 } from './records.ts';
import { allPages, describeStore } from './subject.ts';
import type { MakeDatabase, Subject } from './subject.ts';

async function fill(
  { stores, newPool }: Subject,
  users: readonly Partial<User>[],
): Promise<PoolId> {
  const pool = await newPool();
  for (const [index, over] of users.entries())
    await stores.users.create(aUser(pool, over.username ?? `user${index}`, { names: [], ...over }));
  return pool;
}

/** The user names of all pages, which must be the same at every page size; sorted, because only the set is promised. */
async function found({ stores }: Subject, pool: PoolId, filter?: UserFilter): Promise<string[]> {
  const readings: string[][] = [];
  for (const limit of [1, 2, 3, 60]) {
    const pages = await allPages((after: readonly string[] | undefined) =>
      stores.users.list(pool, limit, filter, after),
    );
    assert.ok(pages.every((page) => page.length <= limit));
    readings.push(pages.flat().map(({ username }) => username));
  }
  const [first = [], ...others] = readings;
  for (const other of others) assert.deepEqual(other, first);
  return first.toSorted();
}

const equals = (attribute: SearchAttribute, value: string): UserFilter => ({
  attribute,
  match: 'equals',
  value,
});
const startsWith = (attribute: SearchAttribute, value: string): UserFilter => ({
  attribute,
  match: 'starts-with',
  value,
});

/** What UserStore promises about lists. */
export function userListsContract(make: MakeDatabase): void {
  describeStore('user lists', make, (subject) => {
    test('without a filter, every user comes once, in order of sub, without secrets', async () => {
      const subs = ['b', 'a', 'B', 'é', '0'];
      const pool = await fill(
        subject,
        subs.map((text) => ({ sub: sub(text + subs.length), sealedPassword: 'secret' })),
      );
      const { users } = subject.stores;
      const { items, after } = await users.list(pool, 60);
      assert.deepEqual(
        items.map((user) => user.sub),
        ['05', 'B5', 'a5', 'b5', 'é5'],
      );
      assert.equal(after, undefined);
      assert.deepEqual(items[0], {
        sub: '05',
        username: 'user4',
        status: 'CONFIRMED',
        enabled: true,
        attributes: {},
        createdAtMs: t0,
        modifiedAtMs: t0,
        lastSignInAtMs: 0,
      });
      assert.equal((await found(subject, pool)).length, 5);
      assert.deepEqual(await users.list(await subject.newPool(), 60), { items: [] });
    });

    test('a last page that is exactly full has no successor', async () => {
      const pool = await fill(subject, [{}, {}, {}, {}]);
      const { users } = subject.stores;
      assert.equal((await users.list(pool, 4)).after, undefined);
      const first = await users.list(pool, 2);
      assert.equal(first.items.length, 2);
      const second = await users.list(pool, 2, undefined, first.after);
      assert.equal(second.items.length, 2);
      assert.equal(second.after, undefined);
    });

    test('users who come or go between two pages do not make others come twice or be missed', async () => {
      const pool = await fill(
        subject,
        ['a', 'b', 'c', 'd'].map((text) => ({ sub: sub(`walk-${text}`), username: text })),
      );
      const { users } = subject.stores;
      const first = await users.list(pool, 2);
      await users.create(aUser(pool, 'new', { sub: sub('walk-aa') }));
      await users.delete({ poolId: pool, sub: sub('walk-b') }, t0);
      const second = await users.list(pool, 2, undefined, first.after);
      const seen = [...first.items, ...second.items].map(({ username }) => username);
      assert.deepEqual(seen, ['a', 'b', 'c', 'd']);
    });

    for (const attribute of [
      'email',
      'phone_number',
      'name',
      'given_name',
      'family_name',
      'preferred_username',
    ] as const)
      test(`${attribute}: equal or starting, whatever the case; absent values never match`, async () => {
        const pool = await fill(subject, [
          { username: '1', attributes: { [attribute]: 'Anna' } },
          { username: '2', attributes: { [attribute]: 'anna' } },
          { username: '3', attributes: { [attribute]: 'ANNABEL' } },
          { username: '4', attributes: { [attribute]: 'Ann' } },
          { username: '5', attributes: { [attribute]: '' } },
          { username: '6' },
        ]);
        assert.deepEqual(await found(subject, pool, equals(attribute, 'ANNA')), ['1', '2']);
        assert.deepEqual(await found(subject, pool, startsWith(attribute, 'aNNa')), [
          '1',
          '2',
          '3',
        ]);
        assert.deepEqual(await found(subject, pool, startsWith(attribute, '')), [
          '1',
          '2',
          '3',
          '4',
          '5',
        ]);
        assert.deepEqual(await found(subject, pool, equals(attribute, '')), ['5']);
        assert.deepEqual(await found(subject, pool, equals(attribute, 'an')), []);
        assert.deepEqual(await found(subject, pool, equals(attribute, "' OR '%_")), []);
      });

    test('beyond ASCII: accents, sigmas, the edges of surrogates and the last character', async () => {
      const last = '\u{10ffff}';
      const names = ['Österreich', 'ΣΟΦΟΣ', '\ud7ffx', '\ue000', '🏊a', last, last + last, 'x\0y'];
      const pool = await fill(
        subject,
        names.map((name, index) => ({ username: String(index), attributes: { name } })),
      );
      const name = (prefix: string): Promise<string[]> =>
        found(subject, pool, startsWith('name', prefix));
      assert.deepEqual(await name('öst'), ['0']);
      assert.deepEqual(await name('os'), []);
      assert.deepEqual(await name('ΣΟΦΟ'), ['1']);
      assert.deepEqual(await found(subject, pool, equals('name', 'σοφοσ')), ['1']);
      assert.deepEqual(await name('\ud7ff'), ['2']);
      assert.deepEqual(await name('\ue000'), ['3']);
      assert.deepEqual(await name('🏊'), ['4']);
      assert.deepEqual(await name(last), ['5', '6']);
      assert.deepEqual(await name(last + last), ['6']);
      assert.deepEqual(await name('x\0'), ['7']);
    });

    test('values longer than what is indexed are compared in full', async () => {
      const long = 'é'.repeat(2_047);
      const pool = await fill(subject, [
        { username: '1', attributes: { name: `${long}a` } },
        { username: '2', attributes: { name: `${long}B` } },
        { username: '3', attributes: { name: '🏊'.repeat(300) } },
      ]);
      assert.deepEqual(await found(subject, pool, equals('name', `${long}b`)), ['2']);
      assert.deepEqual(await found(subject, pool, startsWith('name', long)), ['1', '2']);
      assert.deepEqual(await found(subject, pool, startsWith('name', 'éé')), ['1', '2']);
      assert.deepEqual(await found(subject, pool, startsWith('name', '🏊'.repeat(100))), ['3']);
    });

    test('values are folded like names, even if the folded value is longer than what is indexed', async () => {
      const growing = 'İ'.repeat(150);
      const pool = await fill(subject, [
        { username: '1', attributes: { name: `${growing}1` } },
        { username: '2', attributes: { name: growing } },
        { username: '3', attributes: { name: 'GROSSMANN', email: 'Ⅳ@ｅxample.com' } },
        { username: '4', attributes: { name: 'Cafe\u0301' } },
      ]);
      assert.deepEqual(await found(subject, pool, equals('name', growing)), ['2']);
      assert.deepEqual(await found(subject, pool, startsWith('name', growing)), ['1', '2']);
      assert.deepEqual(await found(subject, pool, equals('name', 'Großmann')), ['3']);
      assert.deepEqual(await found(subject, pool, startsWith('email', 'iv@EX')), ['3']);
      assert.deepEqual(await found(subject, pool, equals('name', 'CAF\u00c9')), ['4']);
    });

    test('username: case-sensitive', async () => {
      const pool = await fill(subject, [
        { username: 'Anna' },
        { username: 'anna' },
        { username: 'Annabel' },
      ]);
      assert.deepEqual(await found(subject, pool, equals('username', 'Anna')), ['Anna']);
      assert.deepEqual(await found(subject, pool, startsWith('username', 'Ann')), [
        'Anna',
        'Annabel',
      ]);
    });

    test('sub: equal or starting', async () => {
      const pool = await fill(subject, [
        { username: '1', sub: sub('ab') },
        { username: '2', sub: sub('abc') },
        { username: '3', sub: sub('b') },
      ]);
      assert.deepEqual(await found(subject, pool, equals('sub', 'ab')), ['1']);
      assert.deepEqual(await found(subject, pool, startsWith('sub', 'ab')), ['1', '2']);
      assert.deepEqual(await found(subject, pool, equals('sub', 'x')), []);
    });

    test('status and cognito:user_status', async () => {
      const pool = await fill(subject, [
        { username: '1', status: 'CONFIRMED', enabled: true },
        { username: '2', status: 'CONFIRMED', enabled: false },
        { username: '3', status: 'UNCONFIRMED', enabled: true },
        { username: '4', status: 'FORCE_CHANGE_PASSWORD', enabled: true },
        { username: '5', status: 'RESET_REQUIRED', enabled: false },
        { username: '6', status: 'CONFIRMED', enabled: true },
        { username: '7', status: 'EXTERNAL_PROVIDER', enabled: true },
      ]);
      const of = (filter: UserFilter): Promise<string[]> => found(subject, pool, filter);
      const user = 'cognito:user_status';
      assert.deepEqual(await of(equals(user, 'CONFIRMED')), ['1', '2', '6']);
      assert.deepEqual(await of(equals(user, 'confirmed')), ['1', '2', '6']);
      assert.deepEqual(await of(equals(user, 'CONFIRM')), []);
      assert.deepEqual(await of(equals(user, 'CONFIRMED+')), []);
      assert.deepEqual(await of(startsWith(user, 'con')), ['1', '2', '6']);
      assert.deepEqual(await of(startsWith(user, '')), ['1', '2', '3', '4', '5', '6', '7']);
      assert.deepEqual(await of(equals('status', 'Enabled')), ['1', '3', '4', '6', '7']);
      assert.deepEqual(await of(equals('status', 'Disabled')), ['2', '5']);
      assert.deepEqual(await of(startsWith('status', 'Dis')), ['2', '5']);
      assert.deepEqual(await of(startsWith('status', '')), ['1', '2', '3', '4', '5', '6', '7']);
      for (const value of ['enabled', 'DISABLED', 'true'])
        assert.deepEqual(await of(equals('status', value)), []);
    });

    test('a changed user is found only under the new values', async () => {
      const pool = await fill(subject, [{ username: '1', attributes: { email: 'a@b.c' } }]);
      const [listed] = (await subject.stores.users.list(pool, 1)).items;
      assert.ok(listed);
      await subject.stores.users.change({ poolId: pool, sub: listed.sub }, (user) => ({
        ...user,
        enabled: false,
        attributes: { given_name: 'Anna' },
      }));
      assert.deepEqual(await found(subject, pool, equals('email', 'a@b.c')), []);
      assert.deepEqual(await found(subject, pool, equals('given_name', 'anna')), ['1']);
      assert.deepEqual(await found(subject, pool, equals('status', 'Disabled')), ['1']);
    });
  });
}
