import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aClient, aCode, aSession, aGroup, aMessage, aPool, aUser, poolId, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What PoolStore promises. */
export function poolsContract(make: MakeDatabase): void {
  describeStore('pools', make, (subject) => {
    test('a pool is read as it was written, before and after a restart', async () => {
      const pool = aPool({ name: 'Größe 🏊', allowsSrp: true });
      assert.equal(await subject.stores.pools.createIfAbsent(pool), true);
      assert.deepEqual(await subject.stores.pools.get(pool.id), pool);
      await subject.restart();
      assert.deepEqual(await subject.stores.pools.get(pool.id), pool);
      assert.equal(await subject.stores.pools.get(poolId('test-1_none')), undefined);
    });

    test('of eight that create one id, one wins, and its record stays', async () => {
      const { id } = aPool();
      let winner = -1;
      const outcomes = await eightTakers(async (taker) => {
        const won = await subject.stores.pools.createIfAbsent(aPool({ id, name: `p${taker}` }));
        if (won) winner = taker;
        return won;
      });
      assert.equal(outcomes.get(true), 1);
      assert.equal((await subject.stores.pools.get(id))?.name, `p${winner}`);
    });

    test('a change is visible at once, keeps the id, and returns the new record', async () => {
      const pool = aPool();
      await subject.stores.pools.createIfAbsent(pool);
      await subject.stores.pools.get(pool.id);
      const changed = await subject.stores.pools.change(pool.id, (current) => ({
        ...current,
        id: poolId('test-1_stolen'),
        name: 'renamed',
        allowsSrp: true,
        modifiedAtMs: t0 + 1,
      }));
      assert.deepEqual(changed, {
        ...pool,
        name: 'renamed',
        allowsSrp: true,
        modifiedAtMs: t0 + 1,
      });
      assert.deepEqual(await subject.stores.pools.get(pool.id), changed);
      assert.equal(await subject.stores.pools.change(poolId('test-1_none'), (p) => p), undefined);
    });

    test('eight changes of one pool are all kept', async () => {
      const pool = aPool({ name: '' });
      await subject.stores.pools.createIfAbsent(pool);
      await eightTakers((taker) =>
        subject.stores.pools.change(pool.id, (p) => ({ ...p, name: p.name + taker })),
      );
      const name = (await subject.stores.pools.get(pool.id))?.name ?? '';
      assert.deepEqual([...name].sort().join(''), '01234567');
    });

    test('what a transaction wrote into a pool is not remembered if it fails, and is visible if it succeeds', async () => {
      const pool = aPool({ name: 'before' });
      await subject.stores.pools.createIfAbsent(pool);
      await subject.stores.pools.get(pool.id);
      const failing = subject.storage.transaction(async ({ pools }) => {
        await pools.change(pool.id, (p) => ({ ...p, name: 'undone' }));
        assert.equal((await pools.get(pool.id))?.name, 'undone');
        assert.equal((await subject.stores.pools.get(pool.id))?.name, 'before');
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.equal((await subject.stores.pools.get(pool.id))?.name, 'before');
      await subject.storage.transaction(async ({ pools }) => {
        await pools.change(pool.id, (p) => ({ ...p, name: 'after' }));
        // A read at this moment caches the old record, which must not outlive the commit.
        assert.equal((await subject.stores.pools.get(pool.id))?.name, 'before');
      });
      assert.equal((await subject.stores.pools.get(pool.id))?.name, 'after');
    });

    test('a pool says how many sessions its users may have, as its configuration does at that moment', async () => {
      const { stores } = subject;
      const pool = aPool();
      const other = aPool({ region: pool.region });
      await stores.pools.createIfAbsent(pool);
      await stores.pools.createIfAbsent(other);
      const set = (UserSessionTracking: 'ENABLED' | 'DISABLED', MaxPerUser: number) =>
        subject.stores.configurations.change(
          { poolId: pool.id, kind: 'sessions' },
          () => ({ UserSessionTracking, TokenSession: { MaxPerUser } }),
          t0,
        );
      assert.deepEqual(await stores.pools.get(pool.id), pool);
      await set('ENABLED', 3);
      const tracking = { ...pool, sessionsPerUser: 3 };
      assert.deepEqual(await stores.pools.get(pool.id), tracking);
      assert.deepEqual(await stores.pools.get(other.id), other);
      const { items } = await stores.pools.list(pool.region, 1_000);
      assert.deepEqual(
        items.find(({ id }) => id === pool.id),
        tracking,
      );
      assert.deepEqual(
        await stores.pools.change(pool.id, (current) => ({ ...current, name: 'renamed' })),
        { ...tracking, name: 'renamed' },
      );
      await subject.restart();
      assert.equal((await subject.stores.pools.get(pool.id))?.sessionsPerUser, 3);
      await set('ENABLED', 4);
      assert.equal((await subject.stores.pools.get(pool.id))?.sessionsPerUser, 4);
      await set('DISABLED', 4);
      assert.deepEqual(await subject.stores.pools.get(pool.id), { ...pool, name: 'renamed' });
    });

    test('lists cover one region, oldest first, equal ages by id, at every page size', async () => {
      const region = 'list-1';
      for (const [id, createdAtMs] of [
        ['c', t0],
        ['a', t0 + 1],
        ['b', t0],
        ['B', t0],
      ] as const)
        await subject.stores.pools.createIfAbsent(
          aPool({ id: poolId(`list-1_${id}`), region, createdAtMs }),
        );
      const expected = ['list-1_B', 'list-1_b', 'list-1_c', 'list-1_a'];
      for (const limit of [1, 2, 3, 4, 5]) {
        const pages = await allPages((after: Parameters<typeof subject.stores.pools.list>[2]) =>
          subject.stores.pools.list(region, limit, after),
        );
        assert.deepEqual(
          pages.flat().map(({ id }) => id),
          expected,
        );
        assert.equal(pages.length, Math.ceil(4 / limit));
      }
      assert.deepEqual(await subject.stores.pools.list('nowhere-1', 10), { items: [] });
    });

    test('deleting a pool deletes everything in it, and nothing of others', async () => {
      const { stores } = subject;
      const pool = await subject.newPool();
      const other = await subject.newPool();
      const fill = async (
        id: typeof pool,
      ): Promise<{ user: ReturnType<typeof aUser>; client: ReturnType<typeof aClient> }> => {
        const user = aUser(id, 'anna');
        const client = aClient(id);
        await stores.users.create(user);
        await stores.clients.createIfAbsent(client);
        await stores.clients.get(client.id);
        await stores.groups.createIfAbsent(aGroup(id, 'staff'));
        await stores.groups.addMember(user, 'staff', t0);
        await stores.codes.put(aCode(id, user.sub));
        await stores.sessions.create(aSession(id, user.sub), `hash-${id}`);
        await stores.limits.take(id, user.sub, 'try', 1, 1_000, t0);
        await stores.dataKeys.createIfAbsent({
          owner: id,
          version: 1,
          wrapped: 'w',
          createdAtMs: t0,
        });
        await stores.signingKeys.createIfAbsent({
          poolId: id,
          use: 'id',
          kid: 'k',
          publicJwk: '{}',
          sealedPrivate: 's',
          createdAtMs: t0,
        });
        await stores.outbox.add(aMessage(id, `message-${id}`));
        return { user, client };
      };
      const gone = await fill(pool);
      const kept = await fill(other);
      assert.equal(await stores.pools.delete(pool, t0), true);
      assert.equal(await stores.pools.delete(pool, t0), false);
      assert.equal(await stores.pools.carryOutDeletion(pool, 100, t0 + 60_000), 'gone');
      const facts = async (id: typeof pool, { user, client }: typeof gone): Promise<boolean[]> => [
        (await stores.pools.get(id)) !== undefined,
        (await stores.users.bySub(user)) !== undefined,
        (await stores.users.byName(id, 'anna')) !== undefined,
        (await stores.pools.userCount(id)) === 1,
        (await stores.clients.get(client.id)) !== undefined,
        (await stores.groups.get(id, 'staff')) !== undefined,
        (await stores.groups.ofUser(id, user.sub)).length === 1,
        (await stores.codes.find(aCode(id, user.sub), t0)) !== undefined,
        (await stores.sessions.byToken(`hash-${id}`)) !== undefined,
        !(await stores.limits.take(id, user.sub, 'try', 1, 1_000, t0)),
        (await stores.dataKeys.of(id)).length === 1,
        (await stores.signingKeys.of(id)).length === 1,
        (await stores.outbox.get(`message-${id}`)) !== undefined,
      ];
      assert.deepEqual(new Set(await facts(pool, gone)), new Set([false]));
      assert.deepEqual(new Set(await facts(other, kept)), new Set([true]));
      // Not even a name is left.
      await stores.pools.createIfAbsent(aPool({ id: pool }));
      assert.equal((await stores.users.create(aUser(pool, 'anna'))).kind, 'created');
    });

    test('users are counted correctly, through failures and deletions too', async () => {
      const { stores, storage } = subject;
      const pool = await subject.newPool();
      assert.equal(await stores.pools.userCount(pool), 0);
      const users = Array.from({ length: 40 }, (_, i) => aUser(pool, `u${i}`));
      await Promise.all(users.map((user) => stores.users.create(user)));
      assert.equal(await stores.pools.userCount(pool), 40);
      await stores.users.create(aUser(pool, 'u1'));
      await storage
        .transaction(async (tx) => {
          await tx.users.create(aUser(pool, 'undone'));
          throw new Error('undo');
        })
        .catch(() => undefined);
      const [first] = users;
      assert.ok(first);
      await eightTakers(() => stores.users.delete(first, t0));
      assert.equal(await stores.pools.userCount(pool), 39);
    });
  });
}
