import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSession, aUser, sub, t0 } from './records.ts';
import { describeStore } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What Storage promises about transactions. */
export function transactionsContract(make: MakeDatabase): void {
  describeStore('transactions', make, (subject) => {
    test('all writes of a transaction happen together, and its value is returned', async () => {
      const pool = await subject.newPool();
      const answer = await subject.storage.transaction(async ({ users, replayCache }) => {
        await users.create(aUser(pool, 'anna'));
        await replayCache.spend('together', t0);
        return 42;
      });
      assert.equal(answer, 42);
      assert.ok(await subject.stores.users.byName(pool, 'anna'));
      assert.equal(await subject.stores.replayCache.spend('together', t0), false);
    });

    test('a transaction sees its own writes; nobody else does before it is committed', async () => {
      const pool = await subject.newPool();
      await subject.storage.transaction(async ({ users }) => {
        const user = aUser(pool, 'anna');
        await users.create(user);
        assert.deepEqual(await users.byName(pool, 'anna'), user);
        assert.equal((await users.list(pool, 10)).items.length, 1);
        assert.equal(await subject.stores.users.byName(pool, 'anna'), undefined);
        assert.equal((await subject.stores.users.list(pool, 10)).items.length, 0);
      });
      assert.ok(await subject.stores.users.byName(pool, 'anna'));
    });

    test('a change of a user who is locked by a transaction waits, and sees all that it wrote (security.md A14)', async () => {
      const user = aUser(await subject.newPool(), 'anna');
      const { users, sessions } = subject.stores;
      await users.create(user);
      let revoking: Promise<void> | undefined;
      await subject.storage.transaction(async (inner) => {
        assert.deepEqual(await inner.users.lockForUpdate(user), user);
        revoking ??= subject.storage.transaction(async (other) => {
          await other.users.change(user, (now) => ({ ...now, enabled: false }));
          await other.sessions.revokeAllOf(user, t0);
        });
        // Enough time for the other one to overtake, if it could.
        for (let reads = 0; reads < 20; reads += 1) {
          assert.equal((await inner.users.bySub(user))?.enabled, true);
        }
        await inner.sessions.create(aSession(user.poolId, user.sub), 'held-token');
      });
      await revoking;
      assert.equal((await sessions.byToken('held-token'))?.session.revokedAtMs, t0);
      assert.equal(await users.lockForUpdate({ ...user, sub: sub('nobody') }), undefined);
    });

    test('what the work throws arrives unchanged, and undoes everything', async () => {
      const pool = await subject.newPool();
      const thrown = new TypeError('from the caller');
      const failing = subject.storage.transaction(async ({ users }) => {
        await users.create(aUser(pool, 'anna'));
        throw thrown;
      });
      await assert.rejects(failing, (error) => error === thrown);
      assert.equal(await subject.stores.users.byName(pool, 'anna'), undefined);
      assert.equal((await subject.stores.users.create(aUser(pool, 'anna'))).kind, 'created');
    });

    test('transactions that fail do not disturb concurrent ones', async () => {
      const pool = await subject.newPool();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 30 }, (_, index) =>
          subject.storage.transaction(async ({ users, limits }) => {
            await limits.take(pool, 'all', 'try', 100, 1_000, t0);
            await users.create(aUser(pool, `u${index}`));
            if (index % 3 === 0) throw new Error('undo');
          }),
        ),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 10);
      assert.equal((await subject.stores.users.list(pool, 60)).items.length, 20);
      assert.equal(await subject.stores.pools.userCount(pool), 20);
      const { limits } = subject.stores;
      assert.equal(await limits.take(pool, 'all', 'try', 21, 1_000, t0), true);
      assert.equal(await limits.take(pool, 'all', 'try', 21, 1_000, t0), false);
    });

    test('a failed statement fails the transaction, even if its caller goes on', async () => {
      const pool = await subject.newPool();
      const user = aUser(pool, 'anna');
      await subject.stores.users.create(user);
      const failing = subject.storage.transaction(async ({ users, replayCache }) => {
        await replayCache.spend('swallowed', t0);
        await users.create({ ...aUser(pool, 'bob'), sub: user.sub }).catch(() => undefined);
      });
      await assert.rejects(failing, { name: 'StorageError' });
      assert.equal(await subject.stores.replayCache.spend('swallowed', t0), true);
      assert.equal(await subject.stores.users.byName(pool, 'bob'), undefined);
    });

    test('stores of a transaction cannot be used once it is over', async () => {
      const kept = await subject.storage.transaction(async (stores) => stores);
      await assert.rejects(kept.replayCache.spend('late', t0), { name: 'StorageError' });
      assert.equal(await subject.stores.replayCache.spend('late', t0), true);
    });

    test('health is good while open; after closing, everything is unavailable', async () => {
      assert.deepEqual(await subject.storage.health(), { ok: true });
      const { storage } = subject;
      const { users, replayCache } = storage.stores;
      const pool = await subject.newPool();
      await storage.close();
      const unavailable = { name: 'StorageUnavailableError' };
      await assert.rejects(users.byName(pool, 'anna'), unavailable);
      await assert.rejects(replayCache.spend('closed', t0), unavailable);
      assert.equal((await storage.health()).ok, false);
      await storage.close();
      await subject.restart();
    });
  });
}
