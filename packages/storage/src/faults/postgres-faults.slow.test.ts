import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Storage } from '@poolhouse/core';
import {
  administrate,
  postgresSkipReason,
  postgresTestDatabase,
} from '../contract/postgres-test-database.ts';
import type { PostgresTestDatabase } from '../contract/postgres-test-database.ts';
import { aClient, aPool, aUser, t0 } from '../contract/records.ts';
import { openStorage } from '../storage/open-storage.ts';
import { openPostgres } from '../postgres/open-postgres.ts';
import { SqlStorage } from '../storage/sql-storage.ts';
import { StorageOpenError } from '../sql/storage-errors.ts';
import { cuttingProxy } from './cutting-proxy.ts';

const unavailable = { name: 'StorageUnavailableError' };

describe('PostgreSQL faults', { skip: postgresSkipReason ?? false }, () => {
  let database: PostgresTestDatabase;
  let storage: Storage;
  const pool = aPool();
  before(async () => {
    database = await postgresTestDatabase();
    storage = await database.open();
    await storage.stores.pools.createIfAbsent(pool);
  });
  after(async () => {
    await storage.close();
    await database.drop();
  });

  /** Ends the connections of the tested code from outside. */
  const endConnections = (): Promise<void> =>
    administrate(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${database.schema}'`,
    );

  test('idle connections that the server ended are replaced without any request noticing', async () => {
    await Promise.all(
      Array.from({ length: 10 }, () => storage.stores.users.byName(pool.id, 'nobody')),
    );
    await endConnections();
    assert.equal(await storage.stores.users.byName(pool.id, 'nobody'), undefined);
    await endConnections();
    assert.equal((await storage.stores.users.create(aUser(pool.id, 'after'))).kind, 'created');
    assert.deepEqual(await storage.health(), { ok: true });
  });

  test('a connection that is lost inside a transaction fails it as unavailable, with all of it undone', async () => {
    const failing = storage.transaction(async ({ users }) => {
      await users.create(aUser(pool.id, 'lost'));
      await endConnections();
      await users.create(aUser(pool.id, 'never'));
    });
    await assert.rejects(failing, unavailable);
    assert.equal(await storage.stores.users.byName(pool.id, 'lost'), undefined);
    assert.equal((await storage.stores.users.create(aUser(pool.id, 'lost'))).kind, 'created');
  });

  test('when the answer to COMMIT is lost the request fails, and its retry finds the work done', async (t) => {
    const target = new URL(database.url);
    const proxy = await cuttingProxy(target.hostname, Number(target.port || 5432));
    target.port = String(proxy.port);
    target.hostname = '127.0.0.1';
    const far = await openStorage({ kind: 'postgres', url: target.href });
    t.after(async () => {
      await far.close();
      proxy.close();
    });
    // With the terminating byte, so that READ COMMITTED does not match.
    proxy.cutAfter('COMMIT\0');
    const create = (): ReturnType<typeof far.stores.users.create> =>
      far.stores.users.create(aUser(pool.id, 'committed'));
    await assert.rejects(create(), unavailable);
    assert.deepEqual(await create(), { kind: 'name-taken', nameKind: 'username' });
    proxy.cutAfter('UPDATE');
    const { sub } = (await far.stores.users.byName(pool.id, 'committed')) ?? {};
    assert.ok(sub);
    const attempt = far.stores.users.takePasswordAttempt({ poolId: pool.id, sub }, t0, () => 0);
    await assert.rejects(attempt, unavailable);
    assert.equal((await far.stores.users.byName(pool.id, 'committed'))?.failedAttempts, 0);
  });

  test('transactions that block each other are run again, and both succeed', async () => {
    const [a, b] = [aUser(pool.id, 'block-a'), aUser(pool.id, 'block-b')];
    await storage.stores.users.create(a);
    await storage.stores.users.create(b);
    const holding = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const both = async (mine: 0 | 1): Promise<void> => {
      const order = mine === 0 ? [a, b] : [b, a];
      await storage.transaction(async ({ users }) => {
        for (const user of order) {
          await users.change(user, (current) => ({
            ...current,
            attributes: { log: `${current.attributes['log'] ?? ''}${mine}` },
          }));
          holding[mine].resolve();
          await holding[mine === 0 ? 1 : 0].promise;
        }
      });
    };
    await Promise.all([both(0), both(1)]);
    const logs = await Promise.all(
      [a, b].map(async (user) => (await storage.stores.users.bySub(user))?.attributes['log']),
    );
    assert.ok(logs[0] === '01' || logs[0] === '10');
    assert.equal(logs[1], logs[0]);
  });

  test('nodes that start together create the tables once', async () => {
    const fresh = await postgresTestDatabase();
    const nodes = await Promise.all(Array.from({ length: 4 }, () => fresh.open()));
    const created = await Promise.all(nodes.map((node) => node.stores.pools.createIfAbsent(pool)));
    assert.equal(created.filter(Boolean).length, 1);
    await Promise.all(nodes.map((node) => node.close()));
    await fresh.drop();
  });

  test('another node’s writes are visible at once, those to pools and clients within a second', async () => {
    let nowMs = 0;
    const near = new SqlStorage(await openPostgres(database.url), () => nowMs);
    const client = aClient(pool.id, { name: 'before' });
    await storage.stores.clients.createIfAbsent(client);
    await near.stores.clients.get(client.id);
    await storage.stores.clients.change(client.id, (c) => ({ ...c, name: 'after' }));
    nowMs = 999;
    const inTransaction = await near.transaction(({ clients }) => clients.get(client.id));
    assert.equal(inTransaction?.name, 'after');
    nowMs = 1_000;
    assert.equal((await near.stores.clients.get(client.id))?.name, 'after');
    const user = aUser(pool.id, 'seen');
    await storage.stores.users.create(user);
    assert.deepEqual(await near.stores.users.bySub(user), user);
    await near.close();
  });

  test('a database that accepts no writes is not healthy, and writes are unavailable', async () => {
    const url = new URL(database.url);
    const options = url.searchParams.get('options') ?? '';
    url.searchParams.set('options', `${options} -c default_transaction_read_only=on`);
    const readOnly = await openStorage({ kind: 'postgres', url: url.href }).catch(
      (error: unknown) => error,
    );
    assert.ok(readOnly instanceof StorageOpenError);
    assert.match(readOnly.message, /read-only/);
  });

  test('a failure to open says what to do, and never shows the password', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const absent = new URL(database.url);
    absent.pathname = '/no_such_database';
    for (const [url, message] of [
      [`postgres://anna:hunter2@127.0.0.1:${port}/db`, /cannot be reached. Check host and port/],
      [absent.href, /has no database of that name/],
    ] as const)
      await assert.rejects(openStorage({ kind: 'postgres', url }), (error) => {
        assert.ok(error instanceof StorageOpenError);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      });
  });
});
