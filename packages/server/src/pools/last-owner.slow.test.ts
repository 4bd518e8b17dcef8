import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { Failure, type GroupStore, type StoreRules, type Stores } from '@poolhouse/core';
import { openStorage } from '@poolhouse/storage';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { ADMINISTRATORS_POOL } from './administrators-pool.ts';
import { hasOwner } from '../console-http/administrators.ts';
import {
  addAdministrator as addByCommand,
  listAdministrators,
  removeAdministrator,
} from '../console-http/manage-administrators.ts';
import { checkSetUpToken, prepareConsole } from '../console-http/set-up.ts';
import {
  accessTokenOf,
  addAdministrator,
  asServer,
  PASSWORD,
} from '../console-http/testing/administrator.ts';
import { keepLastOwner } from './last-owner.ts';
import { startServer, type RunningServer } from '../testing/start-server.ts';

const UserPoolId = ADMINISTRATORS_POOL;
const IS_LAST = /^ada is the last owner\. Add another owner first\.$/;

/** Starts nodes on one database; SQLite has only one node, which is then asked twice. */
type StartNodes = (t: TestContext) => Promise<readonly [RunningServer, RunningServer]>;

const onSqlite: StartNodes = async (t) => {
  const running = await startServer(t);
  return [running, running];
};

const onPostgres: StartNodes = async (t) => {
  const database = await postgresTestDatabase();
  const environment = {
    POOLHOUSE_DATABASE_URL: database.url,
    POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
    POOLHOUSE_KEYS: `common:${randomBytes(32).toString('base64')}`,
  };
  const nodes = [await startServer(t, { environment }), await startServer(t, { environment })];
  t.after(() => database.drop());
  return nodes as unknown as readonly [RunningServer, RunningServer];
};

const parts = ({ server: { storage, world, execute } }: RunningServer) => ({
  storage,
  world,
  execute,
});

const refusedAsLast = (work: Promise<unknown>) =>
  assert.rejects(work, (error) => {
    assert(error instanceof Failure, String(error));
    assert.equal(error.code, 'NotAuthorizedException');
    return true;
  });

/** Every way in which an owner can disappear, or lose the ability to sign in. */
const waysOut: Readonly<
  Record<string, (running: RunningServer, Username: string) => Promise<unknown>>
> = {
  AdminDeleteUser: (running, Username) =>
    asServer(running, 'AdminDeleteUser', { UserPoolId, Username }),
  AdminRemoveUserFromGroup: (running, Username) =>
    asServer(running, 'AdminRemoveUserFromGroup', { UserPoolId, Username, GroupName: 'owner' }),
  AdminDisableUser: (running, Username) =>
    asServer(running, 'AdminDisableUser', { UserPoolId, Username }),
  'poolhouse administrators remove': (running, username) =>
    removeAdministrator(parts(running), username),
  DeleteUser: async (running, username) => {
    const AccessToken = await accessTokenOf(running, username);
    const answer = await running.post('DeleteUser', JSON.stringify({ AccessToken }));
    if (answer.status === 200) return;
    const { __type, message } = answer.json() as { __type: 'NotAuthorizedException'; message: '' };
    throw new Failure(__type, message);
  },
};

for (const [database, start, skip] of [
  ['SQLite', onSqlite, false],
  ['PostgreSQL, two nodes', onPostgres, postgresSkipReason ?? false],
] as const) {
  suite(`the last owner, on ${database}`, { skip }, () => {
    test('cannot be removed in any way', async (t) => {
      const [running, other] = await start(t);
      await addAdministrator(running, 'ada', 'owner');
      for (const [way, leave] of Object.entries(waysOut)) {
        await assert.rejects(leave(running, 'ada'), isRefusedAsLast, way);
      }
      await refusedAsLast(asServer(running, 'DeleteGroup', { UserPoolId, GroupName: 'owner' }));
      await asServer(running, 'UpdateUserPool', { UserPoolId, DeletionProtection: 'INACTIVE' });
      await refusedAsLast(asServer(running, 'DeleteUserPool', { UserPoolId }));
      const { Enabled } = await asServer(other, 'AdminGetUser', { UserPoolId, Username: 'ada' });
      assert.equal(Enabled, true);
      assert.notEqual(await accessTokenOf(other, 'ada'), '');
      assert.deepEqual(
        (await listAdministrators(parts(other))).map(({ username, role }) => [username, role]),
        [['ada', 'owner']],
      );
      const entries = await running.server.storage.stores.audit.list(
        { operation: 'DeleteGroup' },
        9,
      );
      assert.deepEqual(entries.items, [], 'what was refused is not on the audit');
    });

    test('is one who can sign in: another owner permits every way out, a disabled one none', async (t) => {
      const [running] = await start(t);
      await addAdministrator(running, 'ada', 'owner');
      for (const [index, [way, leave]] of Object.entries(waysOut).entries()) {
        await addAdministrator(running, `owner${index}`, 'owner');
        await leave(running, `owner${index}`);
        await assert.rejects(leave(running, 'ada'), isRefusedAsLast, way);
      }
      await asServer(running, 'AdminUserGlobalSignOut', { UserPoolId, Username: 'ada' });
    });

    test('is whoever is left of two owners who remove each other at once', async (t) => {
      const [one, other] = await start(t);
      const ways = Object.entries(waysOut).filter(([way]) => way !== 'DeleteUser');
      let owner = 'ada';
      await addAdministrator(one, owner, 'owner');
      for (const [round, [way, leave]] of [...ways, ...ways, ...ways].entries()) {
        const second = `second${round}`;
        await addAdministrator(one, second, 'owner');
        const outcomes = await Promise.allSettled([leave(one, owner), leave(other, second)]);
        assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1, way);
        const page = await one.server.storage.stores.groups.members(UserPoolId, 'owner', 9);
        const left = page.items.filter(({ enabled }) => enabled).map(({ username }) => username);
        assert.equal(left.length, 1, way);
        owner = left[0] ?? '';
      }
    });

    test('is created with a set-up link that works only once, and that a newer one invalidates', async (t) => {
      const [one, other] = await start(t);
      const tokenOf = (link: string | undefined) =>
        new URL(link ?? '').searchParams.get('token') ?? '';
      const older = tokenOf(await prepareConsole(parts(one)));
      const newer = tokenOf(await prepareConsole(parts(other)));
      const setUp = async (running: RunningServer, token: string, username: string) => {
        const email = `${username}@example.com`;
        const answer = await running.send({
          path: '/console/api/set-up',
          headers: {
            Origin: running.server.world.publicUrl,
            'Content-Type': 'application/json',
          },
          body: JSON.stringify({ token, username, email, password: PASSWORD }),
        });
        return [answer.status, answer.json()['message']];
      };
      const spent =
        'This set-up link was used, or a newer one was printed since. Use the newest one.';
      assert.deepEqual(await setUp(one, older, 'thief'), [404, spent]);
      const wins = await Promise.all([setUp(one, newer, 'ada'), setUp(other, newer, 'mara')]);
      assert.deepEqual(new Set(wins.map(([status]) => status)), new Set([201, 404]));
      for (const token of [older, newer]) {
        assert.deepEqual(await checkSetUpToken(parts(other), token), { worth: 'spent' });
      }
      assert.equal(await hasOwner(one.server.storage), true);
      assert.equal(await prepareConsole(parts(one)), undefined);
    });
  });
}

function isRefusedAsLast(error: unknown): boolean {
  assert(error instanceof Failure, String(error));
  assert.equal(error.code, 'NotAuthorizedException');
  assert.match(error.message, IS_LAST);
  return true;
}

export const newStore = (
  rules: StoreRules<unknown, 'reads'>,
): StoreRules<unknown, 'reads', Stores & { vips: { remove(name: string): Promise<void> } }> =>
  // @ts-expect-error: a new store is not decided, which the type check notices
  rules;

export const newMethod = (
  rules: StoreRules<unknown, 'reads', Pick<Stores, 'groups'>>,
): StoreRules<unknown, 'reads', { groups: GroupStore & { clear(name: string): Promise<void> } }> =>
  // @ts-expect-error: a new method of a store that owners can leave by is not decided
  rules;

test('a guarded storage has every method of every store, outside a transaction and inside one', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-owner-'));
  const storage = await openStorage({ kind: 'sqlite', file: join(folder, 'poolhouse.db') });
  t.after(async () => {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  });
  const kept = keepLastOwner(storage);
  const assertWhole = (guarded: Stores) => {
    for (const [name, store] of Object.entries(storage.stores) as [keyof Stores, object][]) {
      const view = guarded[name] as unknown as Record<string, unknown>;
      for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(store))) {
        assert.equal(typeof view[method], 'function', `${name}.${method}`);
      }
    }
  };
  assertWhole(kept.stores);
  await kept.transaction(async (stores) => assertWhole(stores));
});

test('if there are more administrators than one page holds, all are listed, each with their greatest role', async (t) => {
  const running = await startServer(t);
  const { storage } = running.server;
  await addAdministrator(running, 'ada', 'owner');
  for (let index = 0; index < 64; index += 1) {
    await addByCommand(parts(running), { username: `viewer${index}`, role: 'viewer' });
  }
  await asServer(running, 'AdminAddUserToGroup', {
    UserPoolId,
    Username: 'ada',
    GroupName: 'viewer',
  });
  const all = await listAdministrators(parts(running));
  assert.equal(all.length, 65);
  assert.equal(all.filter(({ role }) => role === 'owner').length, 1);
  assert.equal(await removeAdministrator(parts(running), 'viewer63'), true);
  assert.equal(await removeAdministrator(parts(running), 'viewer63'), false);
  assert.equal(await hasOwner(storage), true);
});
