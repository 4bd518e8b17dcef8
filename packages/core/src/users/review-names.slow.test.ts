import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  aUser,
  madeByAnOlderBuild,
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import type { InputOf } from '@poolhouse/model';
import { poolId, sub } from '../domain/ids.ts';
import type { SignInName, User } from '../domain/users/user.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { reviewRecentPools, reviewUnfinishedPools, reviewYieldedNames } from './review-names.ts';

const KELVIN = '\u212a';
const mark = 'mark@example.com';
const ignoringCase = { UsernameConfiguration: { CaseSensitive: false } };
const aliases = {
  ...ignoringCase,
  AliasAttributes: ['email' as const],
  AutoVerifiedAttributes: ['email' as const],
};

/** A harness with users as the previous build wrote them: with keys that were only lower-cased, or not changed at all. */
async function olderHarness(
  t: TestContext,
  make: MakeDatabase,
  settings: Partial<InputOf<'CreateUserPool'>>,
) {
  const harness = await openHarness(t, { database: madeByAnOlderBuild(make) });
  const made = await harness.makePool(settings);
  const pool = poolId(made.UserPoolId);
  const { users, nameReview } = harness.storage.stores;
  const { world, storage } = harness;
  const parts = {
    storage,
    clock: world.clock,
    log: world.log,
    pace: { rows: 2_000, pause: async () => undefined },
  };
  let number = 0;
  const add = async (username: string, names: readonly SignInName[], over: Partial<User> = {}) => {
    number += 1;
    const id = `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const created = await users.create(
      aUser(pool, username, { sub: sub(id), names, createdAtMs: number, ...over }),
    );
    assert.deepEqual(created, { kind: 'created' });
    return id;
  };
  return {
    harness,
    made,
    add,
    parts,
    named: (key: string): readonly SignInName[] => [{ kind: 'username', key }],
    whoIs: async (key: string) => (await users.byName(pool, key))?.sub,
    user: (id: string) => users.bySub({ poolId: pool, sub: sub(id) }),
    undo: () => nameReview.note({ poolId: pool }),
    poolId: pool,
  };
}

const review = async (older: Awaited<ReturnType<typeof olderHarness>>) => {
  await older.undo();
  await reviewUnfinishedPools(older.parts);
  const { users } = await reviewYieldedNames(older.parts);
  return users.map((user) => user.sub);
};

const verified = (email: string): Partial<User> => ({
  attributes: { email, email_verified: 'true' },
});
const withEmail = (username: string, key: string): readonly SignInName[] => [
  { kind: 'username', key: username },
  { kind: 'email', key },
];

const adminGet = async (harness: Harness, UserPoolId: string, Username: string) =>
  (await harness.call('AdminGetUser', { UserPoolId, Username })).UserAttributes?.find(
    ({ Name }) => Name === 'sub',
  )?.Value;

const databases: readonly [string, MakeDatabase, string | undefined][] = [
  ['SQLite', sqliteTestDatabase, undefined],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason],
];

for (const [database, make, skip] of databases) {
  const check = (name: string, run: (t: TestContext) => Promise<void>) =>
    void test(`${database}: ${name}`, { skip: skip ?? false }, run);

  check('names of an older build are found under today’s keys, and by an older node', async (t) => {
    const older = await olderHarness(t, make, ignoringCase);
    const accented = await older.add('e\u0301va', older.named('e\u0301va'));
    const wide = await older.add('Ａda', older.named('ａda'));
    const plain = await older.add('Bob', older.named('bob'));
    const before = await older.user(plain);
    assert.deepEqual(await review(older), []);
    for (const [typed, id] of [
      ['Éva', accented],
      ['ADA', wide],
      ['BOB', plain],
    ] as const) {
      assert.equal(await adminGet(older.harness, older.made.UserPoolId, typed), id);
    }
    assert.equal(await older.whoIs('ａda'), wide);
    assert.deepEqual(await older.user(plain), before);
    await older.harness.refuses(
      'SignUp',
      { ClientId: older.made.ClientId, Username: 'ａＤＡ', Password: 'Correct-horse-9' },
      'UsernameExistsException',
    );
  });

  check(
    'of two with one key, who writes it so keeps it, then who proved it, then the older',
    async (t) => {
      const emails = await olderHarness(t, make, {
        ...ignoringCase,
        UsernameAttributes: ['email'],
      });
      const idn = 'joe@xn--mller-kva.de';
      const late = await emails.add(
        'x1',
        withEmail('x1', 'joe@müller.de'),
        verified('joe@MÜLLER.de'),
      );
      const typed = await emails.add('x2', withEmail('x2', idn), { attributes: { email: idn } });
      assert.deepEqual(await review(emails), [late]);
      assert.equal(await emails.whoIs(idn), typed);

      const proof = await olderHarness(t, make, { ...ignoringCase, UsernameAttributes: ['email'] });
      const [first, second] = ['joe@ｅxample.com', 'joe@exaｍple.com'] as const;
      await proof.add('x1', withEmail('x1', first), { attributes: { email: first } });
      const proved = await proof.add('x2', withEmail('x2', second), verified(second));
      assert.equal((await review(proof)).length, 1);
      assert.equal(await proof.whoIs('joe@example.com'), proved);

      const age = await olderHarness(t, make, {});
      const young = await age.add('A\u030a', age.named('A\u030a'), { createdAtMs: 9 });
      const old = await age.add('\u212b', age.named('\u212b'), { createdAtMs: 5 });
      assert.deepEqual(await review(age), [young]);
      assert.equal(await age.whoIs('\u00c5'), old);
    },
  );

  check(
    'who yields a name is found by sub, goes on changing, and gets it once it is free',
    async (t) => {
      const older = await olderHarness(t, make, {});
      const { harness, made } = older;
      const loser = await older.add('e\u0301', older.named('e\u0301'));
      const winner = await older.add('\u00e9', older.named('\u00e9'));
      assert.deepEqual(await review(older), [loser]);
      const { UserPoolId } = made;
      assert.equal(await adminGet(harness, UserPoolId, 'e\u0301'), winner);
      assert.equal(await adminGet(harness, UserPoolId, loser), loser);
      const Password = 'Correct-horse-9';
      await harness.call('AdminSetUserPassword', {
        UserPoolId,
        Username: loser,
        Password,
        Permanent: true,
      });
      const { AuthenticationResult } = await harness.call('InitiateAuth', {
        ClientId: made.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: loser, PASSWORD: Password },
      });
      assert.ok(AuthenticationResult?.AccessToken);
      assert.equal(await older.whoIs('\u00e9'), winner);
      assert.deepEqual(await review(older), [loser]);
      await harness.call('AdminDeleteUser', { UserPoolId, Username: winner });
      assert.deepEqual(await review(older), []);
      assert.equal(await older.whoIs('\u00e9'), loser);
      assert.equal((await older.user(loser))?.yieldedNames, undefined);
    },
  );

  check(
    'a name that was taken for somebody’s address is given up, and the owner confirms it',
    async (t) => {
      const older = await olderHarness(t, make, aliases);
      const { harness, made } = older;
      const thief = await older.add(`mar${KELVIN}@example.com`, older.named(mark));
      await harness.call('SignUp', {
        ClientId: made.ClientId,
        Username: 'mark',
        Password: 'Correct-horse-9',
        UserAttributes: [{ Name: 'email', Value: mark }],
      });
      assert.deepEqual(await review(older), [thief]);
      assert.equal(await older.whoIs(mark), undefined);
      await harness.call('ConfirmSignUp', {
        ClientId: made.ClientId,
        Username: 'mark',
        ConfirmationCode: await harness.code(mark),
      });
      const owner = await adminGet(harness, made.UserPoolId, mark);
      assert.ok(owner);
      assert.notEqual(owner, thief);
      assert.deepEqual(await review(older), [thief]);
    },
  );

  check('an alias that is yielded is asked for again once the address has changed', async (t) => {
    const older = await olderHarness(t, make, { AliasAttributes: ['email'] });
    const { harness, made } = older;
    const loud = await older.add(
      'a',
      withEmail('a', 'joe@EXAMPLE.com'),
      verified('joe@EXAMPLE.com'),
    );
    const holder = await older.add(
      'b',
      withEmail('b', 'joe@example.com'),
      verified('joe@example.com'),
    );
    assert.deepEqual(await review(older), [loud]);
    assert.equal(await older.whoIs('a'), loud);
    const write = (email: string) =>
      harness.call('AdminUpdateUserAttributes', {
        UserPoolId: made.UserPoolId,
        Username: 'a',
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      });
    await write('other@example.com');
    assert.equal((await older.user(loud))?.yieldedNames, undefined);
    await assert.rejects(write('joe@EXAMPLE.com'), { code: 'AliasExistsException' });
    assert.equal(await older.whoIs('joe@example.com'), holder);
  });

  check(
    'a review that is broken off goes on, and a done pool is left alone after a week',
    async (t) => {
      const older = await olderHarness(t, make, ignoringCase);
      const odd = (number: number) => `ａ${String(number).padStart(4, '0')}`;
      const numbers = Array.from({ length: 2_100 }, (_, number) => number);
      const ids = await Promise.all(
        numbers.map((number) => older.add(odd(number), older.named(odd(number)))),
      );
      await older.undo();
      let pauses = 0;
      const broken = {
        ...older.parts,
        pace: {
          rows: 2_000,
          pause: async () => {
            pauses += 1;
            if (pauses === 1) throw new Error('the process ends');
          },
        },
      };
      await assert.rejects(reviewUnfinishedPools(broken), /ends/);
      const unfinished = await older.parts.storage.stores.nameReview.unfinishedPools();
      assert.deepEqual(unfinished, [{ poolId: older.poolId, after: ids[1_999] }]);
      await reviewUnfinishedPools(older.parts);
      for (const at of [0, 1_999, 2_099]) {
        assert.equal(await older.whoIs(odd(at).normalize('NFKC')), ids[at]);
      }
      const late = await older.add('ｚ', older.named('ｚ'));
      older.harness.advance(8 * 86_400_000);
      await reviewRecentPools(older.parts);
      assert.equal(await older.whoIs('z'), undefined);
      older.harness.advance(-2 * 86_400_000);
      await reviewRecentPools(older.parts);
      assert.equal(await older.whoIs('z'), late);
    },
  );

  check(
    'what a node of the build before wrote beside it is mended at the next start',
    async (t) => {
      const older = await olderHarness(t, make, ignoringCase);
      const id = await older.add('Ａda', older.named('ａda'));
      await review(older);
      // That node lower-cases keys, does not know yielded names, and overwrites them.
      await older.parts.storage.stores.users.change(
        { poolId: older.poolId, sub: sub(id) },
        (current) => ({ ...current, names: older.named('ａda') }),
      );
      assert.equal(await older.whoIs('ada'), undefined);
      await reviewRecentPools(older.parts);
      assert.equal(await older.whoIs('ada'), id);
    },
  );

  check('two nodes that review at once agree', async (t) => {
    const older = await olderHarness(t, make, {});
    for (let number = 0; number < 40; number += 1) {
      await older.add(`e\u0301${number}`, older.named(`e\u0301${number}`));
      await older.add(`\u00e9${number}`, older.named(`\u00e9${number}`));
    }
    await Promise.all([reviewRecentPools(older.parts), reviewRecentPools(older.parts)]);
    await reviewYieldedNames(older.parts);
    for (let number = 0; number < 40; number += 1) {
      const holder = await older.whoIs(`\u00e9${number}`);
      assert.ok(holder);
      assert.equal((await older.user(holder))?.username, `\u00e9${number}`);
    }
    const { users, hasMore } = await reviewYieldedNames(older.parts);
    assert.deepEqual([users.length, hasMore], [20, true]);
  });
}
