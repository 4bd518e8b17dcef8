import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientSecrets } from '@poolhouse/core';
import { aClient, aCode, aSession, aUser, clientId, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What ClientStore promises. */
export function clientsContract(make: MakeDatabase): void {
  describeStore('clients', make, (subject) => {
    test('a client is read as it was written, before and after a restart', async () => {
      const pool = await subject.newPool();
      const client = aClient(pool, { secrets: [{ id: 's--1', sealed: 'x', createdAtMs: t0 }] });
      assert.equal(await subject.stores.clients.createIfAbsent(client), true);
      assert.deepEqual(await subject.stores.clients.get(client.id), client);
      await subject.restart();
      assert.deepEqual(await subject.stores.clients.get(client.id), client);
      assert.equal(await subject.stores.clients.get(clientId('none')), undefined);
    });

    test('ids are unique across all pools', async () => {
      const client = aClient(await subject.newPool());
      await subject.stores.clients.createIfAbsent(client);
      const second = { ...client, poolId: await subject.newPool() };
      assert.equal(await subject.stores.clients.createIfAbsent(second), false);
      assert.equal((await subject.stores.clients.get(client.id))?.poolId, client.poolId);
    });

    test('of eight that create the same id, one wins', async () => {
      const client = aClient(await subject.newPool());
      const outcomes = await eightTakers(() => subject.stores.clients.createIfAbsent(client));
      assert.equal(outcomes.get(true), 1);
    });

    test('eight changes are all kept, and visible at once', async () => {
      const client = aClient(await subject.newPool(), { name: '' });
      await subject.stores.clients.createIfAbsent(client);
      await subject.stores.clients.get(client.id);
      await eightTakers((taker) =>
        subject.stores.clients.change(client.id, (c) => ({ ...c, name: c.name + taker })),
      );
      const name = (await subject.stores.clients.get(client.id))?.name ?? '';
      assert.equal([...name].sort().join(''), '01234567');
      assert.equal(await subject.stores.clients.change(clientId('none'), (c) => c), undefined);
    });

    test('changing a returned record does not affect the next reader', async () => {
      const client = aClient(await subject.newPool());
      await subject.stores.clients.createIfAbsent(client);
      const read = await subject.stores.clients.get(client.id);
      assert.ok(read);
      assert.throws(() => Object.assign(read.settings, { ExplicitAuthFlows: [] }), TypeError);
      assert.deepEqual(await subject.stores.clients.get(client.id), client);
    });

    test('deleting a client deletes its tokens and codes, but not those of others', async () => {
      const { stores } = subject;
      const pool = await subject.newPool();
      const client = aClient(pool);
      await stores.clients.createIfAbsent(client);
      const user = aUser(pool, 'anna');
      await stores.users.create(user);
      await stores.sessions.create(aSession(pool, user.sub, { clientId: client.id }), 'gone');
      await stores.sessions.create(aSession(pool, user.sub), 'kept');
      await stores.codes.put(aCode(pool, user.sub, { clientId: client.id }));
      await stores.codes.put(aCode(pool, user.sub, { purpose: 'reset-password' }));
      await stores.clients.get(client.id);
      assert.equal(await stores.clients.delete(client.id, t0), true);
      assert.equal(await stores.clients.delete(client.id, t0), false);
      assert.equal(await stores.clients.get(client.id), undefined);
      assert.equal(await stores.sessions.byToken('gone'), undefined);
      assert.equal(await stores.clients.carryOutDeletion(client.id, 100), 'gone');
      assert.ok(await stores.sessions.byToken('kept'));
      assert.equal(await stores.codes.find(aCode(pool, user.sub), t0), undefined);
      assert.ok(await stores.codes.find(aCode(pool, user.sub, { purpose: 'reset-password' }), t0));
    });

    test('lists are ordered by name, then id, by code point, at every page size', async () => {
      const pool = await subject.newPool();
      const names = ['b', 'a', 'Z', 'é', '🏊', '\ufb01', 'a'];
      for (const [index, name] of names.entries())
        await subject.stores.clients.createIfAbsent(
          aClient(pool, { name, id: clientId(`${pool}-${index}`) }),
        );
      const expected = ['Z', 'a', 'a', 'b', 'é', '\ufb01', '🏊'];
      for (const limit of [1, 3, 6, 7, 8]) {
        const pages = await allPages((after: readonly [string, string] | undefined) =>
          subject.stores.clients.list(pool, limit, after),
        );
        assert.deepEqual(
          pages.flat().map(({ name }) => name),
          expected,
        );
        assert.equal(pages.length, Math.ceil(7 / limit));
      }
      assert.equal(await subject.stores.clients.count(pool), 7);
      assert.equal(await subject.stores.clients.count(await subject.newPool()), 0);
    });

    test('secrets are replaced in slices, and nothing else about a client changes', async () => {
      const { clients } = subject.stores;
      const pool = await subject.newPool();
      const other = aClient(await subject.newPool());
      await clients.createIfAbsent(other);
      const made = ['a', 'b', 'c', 'd', 'e'].map((name) =>
        aClient(pool, {
          name,
          id: clientId(`${pool}-${name}`),
          secrets: [{ id: 's--1', sealed: name, createdAtMs: t0 }],
        }),
      );
      for (const client of made) await clients.createIfAbsent(client);
      const anew = ({ id, secrets }: ClientSecrets): ClientSecrets => ({
        id,
        secrets: secrets.map((secret) => ({ ...secret, sealed: `${secret.sealed}+` })),
      });
      let after = await clients.reseal(pool, 2, '', anew);
      // A client that is renamed meanwhile is neither skipped nor seen twice.
      for (const client of made) {
        await clients.change(client.id, (current) => ({ ...current, name: `0${client.name}` }));
      }
      while (after !== undefined) after = await clients.reseal(pool, 2, after, anew);
      for (const client of made) {
        const expected = { ...client, ...anew(client), name: `0${client.name}` };
        assert.deepEqual(await clients.get(client.id), expected);
      }
      assert.deepEqual(await clients.get(other.id), other);
      assert.notEqual(await clients.reseal(pool, 5, '', anew), undefined);
      assert.equal(await clients.reseal(pool, 6, '', (client) => client), undefined);
    });
  });
}
