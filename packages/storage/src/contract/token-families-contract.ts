import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { TokenFamily, User } from '@poolhouse/core';
import { aFamily, aUser, sub, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase, Subject } from './subject.ts';

async function signedIn(
  { stores, newPool }: Subject,
  over: Partial<TokenFamily> = {},
): Promise<{ user: User; family: TokenFamily; hash: string }> {
  const user = aUser(await newPool(), 'anna', { attributes: { email: 'anna@example.com' } });
  await stores.users.create(user);
  const family = aFamily(user.poolId, user.sub, over);
  const hash = randomUUID();
  await stores.tokenFamilies.create(family, hash);
  return { user, family, hash };
}

/** What TokenFamilyStore promises. */
export function tokenFamiliesContract(make: MakeDatabase): void {
  describeStore('token families', make, (subject) => {
    test('without a grace, a use that began before the first one is a second use (security.md R01)', async () => {
      const { hash } = await signedIn(subject);
      const { tokenFamilies } = subject.stores;
      assert.equal(await tokenFamilies.rotate(hash, randomUUID(), t0 + 5, 0), 'rotated');
      assert.equal(await tokenFamilies.rotate(hash, randomUUID(), t0, 0), 'reused');
      assert.equal((await tokenFamilies.byToken(hash))?.family.revokedAtMs, t0);
    });

    test('a token leads to its family and user, before and after a restart', async () => {
      const { user, family, hash } = await signedIn(subject);
      assert.deepEqual(await subject.stores.tokenFamilies.byToken(hash), { family, user });
      await subject.restart();
      assert.deepEqual(await subject.stores.tokenFamilies.byToken(hash), { family, user });
      assert.equal(await subject.stores.tokenFamilies.byToken('unknown'), undefined);
    });

    test('the live user is read with its family; revoked, unknown and foreign families are not live', async () => {
      const { stores } = subject;
      const { user, family } = await signedIn(subject);
      const stranger = aUser(user.poolId, 'bob');
      await stores.users.create(stranger);
      const live = stores.tokenFamilies;
      assert.deepEqual(await live.liveUser(user.poolId, user.sub, family.id), {
        user,
        family: 'live',
      });
      assert.equal((await live.liveUser(user.poolId, user.sub, 'unknown'))?.family, 'unknown');
      assert.equal((await live.liveUser(user.poolId, stranger.sub, family.id))?.family, 'unknown');
      assert.equal(await live.liveUser(user.poolId, sub('nobody'), family.id), undefined);
      assert.equal(await live.liveUser(await subject.newPool(), user.sub, family.id), undefined);
      await live.revoke(family.id, t0 + 5);
      assert.deepEqual(await live.liveUser(user.poolId, user.sub, family.id), {
        user,
        family: 'revoked',
      });
    });

    test('rotation: the successor lives, and the old token gives it again within the grace', async () => {
      const { tokenFamilies } = subject.stores;
      const { hash, family } = await signedIn(subject);
      const second = randomUUID();
      assert.equal(await tokenFamilies.rotate(hash, second, t0, 1_000), 'rotated');
      assert.equal((await tokenFamilies.byToken(hash))?.rotatedAtMs, t0);
      const state = await tokenFamilies.byToken(second);
      assert.equal(state?.rotatedAtMs, undefined);
      assert.equal(state?.family.id, family.id);
      // The stamp stays that of the first rotation: repeating does not prolong the grace.
      assert.equal(await tokenFamilies.rotate(hash, second, t0 + 999, 1_000), 'rotated');
      assert.equal((await tokenFamilies.byToken(hash))?.rotatedAtMs, t0);
      assert.equal(await tokenFamilies.rotate(hash, second, t0 + 1_000, 1_000), 'reused');
      assert.equal((await tokenFamilies.byToken(second))?.family.revokedAtMs, t0 + 1_000);
    });

    test('a successor that was used overtakes the token before it, in its grace too', async () => {
      const { tokenFamilies } = subject.stores;
      const { hash } = await signedIn(subject);
      const [second, third, other] = [randomUUID(), randomUUID(), randomUUID()];
      assert.equal(await tokenFamilies.rotate(hash, second, t0, 1_000), 'rotated');
      assert.equal(await tokenFamilies.rotate(second, third, t0 + 1, 1_000), 'rotated');
      assert.equal(await tokenFamilies.rotate(hash, second, t0 + 2, 1_000), 'overtaken');
      // Whoever names another successor, as one of a key that has been replaced, gets no second line.
      assert.equal(await tokenFamilies.rotate(second, other, t0 + 3, 1_000), 'overtaken');
      assert.equal(await tokenFamilies.byToken(other), undefined);
      assert.equal((await tokenFamilies.byToken(third))?.family.revokedAtMs, undefined);
      assert.equal(await tokenFamilies.rotate(hash, second, t0 + 1_000, 1_000), 'reused');
      assert.equal((await tokenFamilies.byToken(third))?.family.revokedAtMs, t0 + 1_000);
    });

    test('eight rotations at once within a grace leave one successor', async () => {
      const { tokenFamilies } = subject.stores;
      const { hash } = await signedIn(subject);
      const second = randomUUID();
      const outcomes = await eightTakers(() => tokenFamilies.rotate(hash, second, t0, 1_000));
      assert.deepEqual(Object.fromEntries(outcomes), { rotated: 8 });
      assert.equal((await tokenFamilies.byToken(second))?.rotatedAtMs, undefined);
    });

    test('within the grace, a family that was revoked or has ended gives nothing again', async () => {
      const { tokenFamilies } = subject.stores;
      const revoked = await signedIn(subject);
      const ended = await signedIn(subject, { expiresAtMs: t0 + 2 });
      for (const { hash, family } of [revoked, ended])
        assert.equal(await tokenFamilies.rotate(hash, `next ${family.id}`, t0, 1_000), 'rotated');
      await tokenFamilies.revoke(revoked.family.id, t0 + 1);
      for (const { hash, family } of [revoked, ended])
        assert.equal(
          await tokenFamilies.rotate(hash, `next ${family.id}`, t0 + 2, 1_000),
          'missing',
        );
    });

    test('eight rotations at once without grace: one wins, the family is revoked', async () => {
      const { tokenFamilies } = subject.stores;
      const { hash } = await signedIn(subject);
      const outcomes = await eightTakers(() => tokenFamilies.rotate(hash, randomUUID(), t0, 0));
      assert.deepEqual(Object.fromEntries(outcomes), { rotated: 1, reused: 7 });
      assert.equal((await tokenFamilies.byToken(hash))?.family.revokedAtMs, t0);
    });

    test('no rotation of unknown, revoked or ended tokens', async () => {
      const { tokenFamilies } = subject.stores;
      const revoked = await signedIn(subject);
      const ended = await signedIn(subject, { expiresAtMs: t0 });
      await tokenFamilies.revoke(revoked.family.id, t0);
      assert.equal(await tokenFamilies.rotate('unknown', 'n1', t0, 0), 'missing');
      assert.equal(await tokenFamilies.rotate(revoked.hash, 'n2', t0, 0), 'missing');
      assert.equal(await tokenFamilies.rotate(ended.hash, 'n3', t0, 0), 'missing');
      for (const hash of ['n1', 'n2', 'n3'])
        assert.equal(await tokenFamilies.byToken(hash), undefined);
    });

    test('a rotation in a transaction that fails leaves the old token as it was', async () => {
      const { hash } = await signedIn(subject);
      const failing = subject.storage.transaction(async ({ tokenFamilies }) => {
        await tokenFamilies.rotate(hash, 'undone', t0, 0);
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.equal(await subject.stores.tokenFamilies.byToken('undone'), undefined);
      assert.equal((await subject.stores.tokenFamilies.byToken(hash))?.rotatedAtMs, undefined);
    });

    test('revoking keeps the first moment, and holds after a restart', async () => {
      const { hash, family } = await signedIn(subject);
      await subject.stores.tokenFamilies.revoke(family.id, t0 + 1);
      await subject.stores.tokenFamilies.revoke(family.id, t0 + 2);
      await subject.stores.tokenFamilies.revoke('unknown', t0);
      await subject.restart();
      assert.equal((await subject.stores.tokenFamilies.byToken(hash))?.family.revokedAtMs, t0 + 1);
    });

    test('all families of a user are revoked, but the excepted one, and nobody else’s', async () => {
      const { tokenFamilies } = subject.stores;
      const { user, family, hash } = await signedIn(subject);
      const second = randomUUID();
      await tokenFamilies.create(aFamily(user.poolId, user.sub), second);
      const other = await signedIn(subject);
      await tokenFamilies.revokeAllOf(user, t0 + 1, family.id);
      assert.equal((await tokenFamilies.byToken(hash))?.family.revokedAtMs, undefined);
      assert.equal((await tokenFamilies.byToken(second))?.family.revokedAtMs, t0 + 1);
      await tokenFamilies.revokeAllOf(user, t0 + 2);
      assert.equal((await tokenFamilies.byToken(hash))?.family.revokedAtMs, t0 + 2);
      assert.equal((await tokenFamilies.byToken(other.hash))?.family.revokedAtMs, undefined);
    });

    test('purging removes ended families with their tokens, a batch at a time', async () => {
      const { tokenFamilies } = subject.stores;
      const ended = await Promise.all(
        [1, 2, 3].map((expiresAtMs) => signedIn(subject, { expiresAtMs })),
      );
      const [first] = ended;
      assert.ok(first);
      for (let index = 0; index < 5; index += 1)
        await tokenFamilies.rotate(
          index === 0 ? first.hash : `next ${index}`,
          `next ${index + 1}`,
          0,
          0,
        );
      // Two families, one with six tokens and one with one.
      assert.deepEqual(
        [
          await tokenFamilies.purge(3, 4),
          await tokenFamilies.purge(3, 4),
          await tokenFamilies.purge(3, 4),
        ],
        [4, 4, 1],
      );
      assert.equal(await tokenFamilies.purge(3, 4), 0);
      const left = await Promise.all(ended.map(({ hash }) => tokenFamilies.byToken(hash)));
      assert.deepEqual(
        left.map((state) => state !== undefined),
        [false, false, true],
      );
    });
  });
}
