import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolId, SignInName, User, UserSecrets } from '@poolhouse/core';
import { aCode, aSession, aGroup, aUser, poolId, sub, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

function named(pool: PoolId, username: string, email: string): User {
  const names: SignInName[] = [
    { kind: 'username', key: username },
    { kind: 'email', key: email },
  ];
  return aUser(pool, username, { names, attributes: { email } });
}

/** Continues a walk to its end; returns the number of slices. */
async function walk(step: (after: string) => Promise<string | undefined>): Promise<number> {
  let after: string | undefined = '';
  let slices = 0;
  for (; after !== undefined; slices += 1) after = await step(after);
  return slices;
}

/** What UserStore promises, except lists and password attempts. */
export function usersContract(make: MakeDatabase): void {
  describeStore('users', make, (subject) => {
    test('a user is read as it was written, by sub and by every name, before and after a restart', async () => {
      const pool = await subject.newPool();
      const bare = aUser(pool, 'bare', { names: [] });
      const full: User = {
        ...named(pool, 'Anna 🏊', 'anna@example.com'),
        status: 'FORCE_CHANGE_PASSWORD',
        enabled: false,
        attributes: { zeta: '', email: 'Anna@Example.com', 'custom:a"b': "it's\u0000\n\ud800" },
        pendingAttributes: { phone_number: '+4912345' },
        sealedPassword: 'p',
        sealedSrp: 's',
        sealedHistory: ['h1', 'h2'],
        temporaryPasswordExpiresAtMs: t0 + 1,
        failedAttempts: 3,
        lastFailedAtMs: t0 + 2,
        lockedUntilMs: t0 + 3,
        signedOutAtMs: t0 + 4,
      };
      for (const user of [bare, full])
        assert.deepEqual(await subject.stores.users.create(user), { kind: 'created' });
      await subject.restart();
      const { users } = subject.stores;
      assert.deepEqual(await users.bySub(bare), bare);
      assert.deepEqual(await users.bySub(full), full);
      assert.deepEqual(await users.byName(pool, 'Anna 🏊'), full);
      assert.deepEqual(await users.byName(pool, 'anna@example.com'), full);
      for (const key of ['anna 🏊', 'ANNA 🏊', 'Anna 🏊\0', '', 'bare'])
        assert.equal(await users.byName(pool, key), undefined);
      assert.equal(await users.byName(await subject.newPool(), 'Anna 🏊'), undefined);
      assert.equal(await users.bySub({ poolId: pool, sub: sub('nobody') }), undefined);
    });

    test('the order of attributes is kept', async () => {
      const user = aUser(await subject.newPool(), 'u', {
        attributes: { b: '1', a: '2', '9': '3' },
      });
      await subject.stores.users.create(user);
      const read = await subject.stores.users.bySub(user);
      assert.deepEqual(Object.keys(read?.attributes ?? {}), Object.keys(user.attributes));
    });

    test('a taken name refuses the whole user and says which kind of name it is', async () => {
      const { users, pools } = subject.stores;
      const pool = await subject.newPool();
      await users.create(named(pool, 'anna', 'a@example.com'));
      const byEmail = named(pool, 'bob', 'a@example.com');
      assert.deepEqual(await users.create(byEmail), { kind: 'name-taken', nameKind: 'email' });
      assert.equal(await users.bySub(byEmail), undefined);
      assert.equal(await users.byName(pool, 'bob'), undefined);
      const byName = named(pool, 'anna', 'b@example.com');
      assert.deepEqual(await users.create(byName), { kind: 'name-taken', nameKind: 'username' });
      assert.equal(await users.byName(pool, 'b@example.com'), undefined);
      // All kinds share one name space: an email address in use cannot be another user's name.
      const crossed = named(pool, 'a@example.com', 'c@example.com');
      assert.deepEqual(await users.create(crossed), { kind: 'name-taken', nameKind: 'username' });
      assert.equal(await pools.userCount(pool), 1);
    });

    test('the same name may occur twice in one user', async () => {
      const { users } = subject.stores;
      const pool = await subject.newPool();
      const twice = named(pool, 'a@example.com', 'a@example.com');
      // Whichever comes first, the text is held as the user name.
      const user = { ...twice, names: twice.names.toReversed() };
      await users.create(user);
      assert.deepEqual(await users.byName(pool, 'a@example.com'), user);
      const stealing = named(pool, 'thief', 'a@example.com');
      assert.equal((await users.create(stealing)).kind, 'name-taken');
      const changed = await users.change(user, (current) => ({
        ...current,
        names: [{ kind: 'username' as const, key: 'another' }],
      }));
      assert.equal(changed.kind, 'changed');
      assert.equal((await users.create(stealing)).kind, 'created');
    });

    test('of eight that create one name, one wins, and that one is found', async () => {
      const { users, pools } = subject.stores;
      const pool = await subject.newPool();
      const rivals = Array.from({ length: 8 }, (_, i) => named(pool, `u${i}`, 'same@example.com'));
      let winner: User | undefined;
      const outcomes = await eightTakers(async (taker) => {
        const rival = rivals[taker] as User;
        const { kind } = await users.create(rival);
        if (kind === 'created') winner = rival;
        return kind;
      });
      assert.deepEqual(Object.fromEntries(outcomes), { created: 1, 'name-taken': 7 });
      assert.deepEqual(await users.byName(pool, 'same@example.com'), winner);
      assert.equal(await pools.userCount(pool), 1);
    });

    test('users who claim the same two names in opposite order do not block each other', async () => {
      const { users } = subject.stores;
      const pool = await subject.newPool();
      const outcomes = await eightTakers(async (taker) => {
        const names: SignInName[] = [
          { kind: 'email', key: 'x' },
          { kind: 'phone_number', key: 'y' },
        ];
        if (taker % 2 === 1) names.reverse();
        return (await users.create(aUser(pool, `u${taker}`, { names }))).kind;
      });
      assert.deepEqual(Object.fromEntries(outcomes), { created: 1, 'name-taken': 7 });
    });

    test('a change writes the whole record with its names, and returns it', async () => {
      const { users } = subject.stores;
      const pool = await subject.newPool();
      const user = named(pool, 'anna', 'old@example.com');
      await users.create(user);
      const next: User = {
        ...user,
        status: 'RESET_REQUIRED',
        enabled: false,
        attributes: { email: 'new@example.com', given_name: 'Anna' },
        names: [
          { kind: 'username', key: 'anna' },
          { kind: 'email', key: 'new@example.com' },
        ],
        sealedPassword: 'p',
        modifiedAtMs: t0 + 1,
      };
      assert.deepEqual(await users.change(user, () => next), { kind: 'changed', user: next });
      assert.deepEqual(await users.bySub(user), next);
      assert.deepEqual(await users.byName(pool, 'new@example.com'), next);
      assert.equal(await users.byName(pool, 'old@example.com'), undefined);
      assert.equal((await users.create(named(pool, 'b', 'old@example.com'))).kind, 'created');
      const { sealedPassword: _, ...without } = next;
      await users.change(user, () => without);
      assert.deepEqual(await users.bySub(user), without);
    });

    test('a change that is refused, finds no user, or meets a taken name changes nothing', async () => {
      const { users } = subject.stores;
      const pool = await subject.newPool();
      const user = named(pool, 'anna', 'a@example.com');
      await users.create(user);
      await users.create(named(pool, 'bob', 'b@example.com'));
      assert.deepEqual(await users.change(user, () => ({ refusal: 'no' as const })), {
        kind: 'refused',
        refusal: 'no',
      });
      const nobody = { poolId: pool, sub: sub('nobody') };
      assert.deepEqual(await users.change(nobody, (current) => current), { kind: 'missing' });
      const claim = (current: User): User => ({
        ...current,
        enabled: false,
        names: [
          { kind: 'username', key: 'anna' },
          { kind: 'phone_number', key: '+491' },
          { kind: 'preferred_username', key: 'b@example.com' },
        ],
      });
      assert.deepEqual(await users.change(user, claim), {
        kind: 'name-taken',
        nameKind: 'preferred_username',
      });
      assert.deepEqual(await users.bySub(user), user);
      assert.equal(await users.byName(pool, '+491'), undefined);
      assert.equal((await users.byName(pool, 'b@example.com'))?.username, 'bob');
      await assert.rejects(
        users.change(user, () => {
          throw new Error('from the caller');
        }),
        /from the caller/,
      );
    });

    test('eight changes of one user are all kept', async () => {
      const { users } = subject.stores;
      const user = aUser(await subject.newPool(), 'anna', { attributes: { log: '' } });
      await users.create(user);
      await eightTakers((taker) =>
        users.change(user, (current) => ({
          ...current,
          attributes: { log: `${current.attributes['log']}${taker}` },
        })),
      );
      const log = (await users.bySub(user))?.attributes['log'] ?? '';
      assert.equal([...log].sort().join(''), '01234567');
    });

    test('deleting a user deletes names, codes, tokens and memberships; the names are free again', async () => {
      const { users, codes, sessions, groups } = subject.stores;
      const pool = await subject.newPool();
      const user = named(pool, 'anna', 'a@example.com');
      await users.create(user);
      await groups.createIfAbsent(aGroup(pool, 'staff'));
      await groups.addMember(user, 'staff', t0);
      await codes.put(aCode(pool, user.sub));
      const session = aSession(pool, user.sub);
      await sessions.create(session, `hash-${pool}`);
      assert.deepEqual(Object.fromEntries(await eightTakers(() => users.delete(user, t0))), {
        true: 1,
        false: 7,
      });
      assert.equal(await users.bySub(user), undefined);
      assert.equal(await users.byName(pool, 'a@example.com'), undefined);
      assert.equal(await codes.find(aCode(pool, user.sub), t0), undefined);
      assert.equal(await sessions.byToken(`hash-${pool}`), undefined);
      assert.deepEqual(await groups.ofUser(pool, user.sub), []);
      assert.equal((await users.create({ ...user, sub: sub('second') })).kind, 'created');
    });

    test('the SRP verifiers of a pool are dropped, and nothing else', async () => {
      const { users } = subject.stores;
      const pool = await subject.newPool();
      const other = aUser(await subject.newPool(), 'other', { sealedSrp: 's' });
      await users.create(other);
      const members = Array.from({ length: 20 }, (_, i) =>
        aUser(pool, `u${i}`, { sealedPassword: 'p', ...(i % 3 > 0 && { sealedSrp: 's' }) }),
      );
      for (const user of members) await users.create(user);
      const slices = await walk((after) => users.dropSrpVerifiers(pool, 7, after));
      assert.ok(slices >= 3, `${slices} slices`);
      for (const { sealedSrp: _, ...user } of members)
        assert.deepEqual(await users.bySub(user), user);
      assert.deepEqual(await users.bySub(other), other);
    });

    test('the secrets of a pool are replaced in slices, and nothing else', async () => {
      const { users } = subject.stores;
      const pool = await subject.newPool();
      const other = aUser(await subject.newPool(), 'other', { sealedPassword: 'p' });
      await users.create(other);
      const members = Array.from({ length: 20 }, (_, i) =>
        aUser(pool, `u${i}`, {
          ...(i % 4 > 0 && { sealedPassword: `p${i}` }),
          ...(i % 3 > 0 && { sealedSrp: `s${i}` }),
          sealedHistory: i % 2 > 0 ? [`h${i}`, `g${i}`] : [],
        }),
      );
      for (const user of members) await users.create(user);
      const anew = (user: UserSecrets): UserSecrets => ({
        sub: user.sub,
        ...(user.sealedPassword !== undefined && { sealedPassword: `${user.sealedPassword}+` }),
        ...(user.sealedSrp !== undefined && { sealedSrp: `${user.sealedSrp}+` }),
        sealedHistory: user.sealedHistory.map((one) => `${one}+`),
      });
      const sizes: number[] = [];
      const slices = await walk((after) => {
        sizes.push(0);
        return users.reseal(pool, 7, after, (user) => {
          sizes.push((sizes.pop() ?? 0) + 1);
          return anew(user);
        });
      });
      assert.ok(slices >= 3, `${slices} slices`);
      assert.ok(Math.max(...sizes) <= 7, `${Math.max(...sizes)} in a slice`);
      assert.equal(
        sizes.reduce((sum, size) => sum + size),
        20,
      );
      for (const user of members)
        assert.deepEqual(await users.bySub(user), { ...user, ...anew(user) });
      assert.deepEqual(await users.bySub(other), other);
      // Past the end, and in a pool without users.
      assert.equal(await users.reseal(pool, 1_000_000, '', (user) => user), undefined);
      await walk((after) => users.reseal(poolId('test-1_nobody'), 1_000, after, anew));
    });

    test('a password that is changed while secrets are being replaced is not lost', async () => {
      const { users } = subject.stores;
      const pool = await subject.newPool();
      const user = aUser(pool, 'anna', { sealedPassword: 'old' });
      await users.create(user);
      await Promise.all([
        users.change(user, (current) => ({ ...current, sealedPassword: 'new' })),
        ...Array.from({ length: 7 }, () =>
          users.reseal(pool, 1_000_000, '', (secrets) => ({
            ...secrets,
            sealedPassword: `${secrets.sealedPassword}+`,
          })),
        ),
      ]);
      assert.match((await users.bySub(user))?.sealedPassword ?? '', /^new\+*$/);
    });
  });
}
