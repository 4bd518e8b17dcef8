import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SearchAttribute } from '@poolhouse/core';
import { aGroup, aPool, clientId, poolId, sub, t0 } from '../contract/records.ts';
import { SqlStorage } from '../storage/sql-storage.ts';
import type { Database } from '../sql/sql.ts';
import {
  removeRemainsOfClient,
  removeRemainsOfPool,
  removeRemainsOfUser,
} from '../stores/records/remains.ts';
import { resealDevices } from '../stores/reseal-devices.ts';
import { resealSessions } from '../stores/reseal-sessions.ts';
import { openSqlite } from './open-sqlite.ts';

test('no read scans a whole table or sorts what an index could provide', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-plans-'));
  const database = await openSqlite(join(folder, 'p.db'));
  const texts = new Set<string>();
  const noting: Database = Object.create(database, {
    one: {
      value: (text: string, params: never[]) => (texts.add(text), database.one(text, params)),
    },
    all: {
      value: (text: string, params: never[]) => (texts.add(text), database.all(text, params)),
    },
    cacheMaxAgeMs: { value: Infinity },
  }) as Database;
  const { stores } = new SqlStorage(noting);
  const pool = poolId('test-1_plans');
  const user = { poolId: pool, sub: sub('u') };
  const attributes: SearchAttribute[] = [
    'username',
    'email',
    'phone_number',
    'name',
    'given_name',
    'family_name',
    'preferred_username',
    'cognito:user_status',
    'status',
    'sub',
  ];
  for (const attribute of attributes)
    for (const match of ['equals', 'starts-with'] as const)
      for (const after of [undefined, ['x', '1']])
        for (const value of ['Enabled', ''])
          await stores.users.list(pool, 60, { attribute, match, value }, after);
  await stores.users.list(pool, 60);
  for (const descending of [true, false])
    for (const after of [undefined, ['x', '1']]) {
      await stores.users.inOrder(pool, 60, { by: 'title', descending }, after);
      await stores.users.inOrder(pool, 60, { by: 'created', descending }, after && ['1']);
    }
  await stores.users.bySub(user);
  await stores.users.byName(pool, 'x');
  await stores.nameReview.slice({ poolId: pool, after: user.sub }, 60);
  await stores.nameReview.yielding(60, user);
  await stores.sessions.byToken('x');
  await stores.sessions.liveUser(pool, user.sub, 'x');
  await stores.sessions.get(user, 'x');
  for (const after of [undefined, { authTimeMs: t0, id: 'x' }])
    await stores.sessions.liveOf(user, t0, 60, after);
  await resealSessions(noting, [pool, 60, ''], (secrets) => secrets);
  await stores.pools.get(pool);
  await stores.pools.list('test-1', 60);
  await stores.pools.userCount(pool);
  await stores.clients.get(clientId('x'));
  await stores.clients.list(pool, 60);
  await stores.configurations.get({ poolId: pool, kind: 'mfa' });
  for (const after of [undefined, [1, 'x'] as const]) await stores.passkeys.list(user, 20, after);
  await stores.passkeys.ofUser(user);
  for (const after of [undefined, [1, 'x'] as const]) await stores.devices.list(user, 20, after);
  await stores.devices.get(user, 'x');
  for (const after of [undefined, [1, 'x'] as const]) await stores.imports.list(pool, 20, after);
  await stores.imports.isRunning(pool);
  await stores.imports.part({ poolId: pool, id: 'x' }, 'x', 1);
  await stores.imports.log({ poolId: pool, id: 'x' }, 20, 1);
  await resealDevices(noting, [pool, 60, ''], (secrets) => secrets);
  await stores.resourceServers.get(pool, 'x');
  await stores.authEvents.list(user, 60, [1, 'x']);
  await stores.resourceServers.list(pool, 60);
  await stores.identityProviders.get(pool, 'x');
  await stores.identityProviders.byIdentifier(pool, 'x');
  await stores.identityProviders.list(pool, 60);
  await stores.samlKeys.get(pool, 'signing');
  const identity = { providerName: 'x', attributeName: 'x', attributeValue: 'x' };
  await stores.linkedIdentities.get(pool, identity);
  await stores.groups.get(pool, 'x');
  await stores.groups.list(pool, 60);
  await stores.groups.listOfUser(user, 60);
  await stores.codes.find({ ...user, purpose: 'reset-password', attribute: 'email' }, t0);
  await stores.outbox.nextDueAtMs('EMAIL');
  await stores.outbox.list({ to: 'x', limit: 60 });

  assert.ok(texts.size > 30);
  for (const text of texts) {
    const parameters = Array.from(text.matchAll(/\?/g), () => '');
    const plan = await database.all<{ readonly detail: string }>(
      `EXPLAIN QUERY PLAN ${text}`,
      parameters,
    );
    for (const { detail } of plan)
      // Exceptions: the first entry of an index that holds only waiting messages, the few rows that a limited subquery found, and one
      // user's live sessions, which a pool that tracks them limits.
      if (
        !detail.endsWith('INDEX outbox_waiting') &&
        detail !== 'SCAN s' &&
        !(text.includes('auth_time_ms DESC') && detail === 'USE TEMP B-TREE FOR ORDER BY')
      )
        assert.doesNotMatch(detail, /^SCAN|TEMP B-TREE|AUTOMATIC/, `${detail}\n${text}`);
  }
  await database.close();
  rmSync(folder, { recursive: true });
});

test('members are found by their group’s generation, without walking through earlier ones', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-plans-'));
  const database = await openSqlite(join(folder, 'p.db'));
  const texts: string[] = [];
  const all: Database['all'] = (text, params) => (texts.push(text), database.all(text, params));
  const noting = Object.create(database, {
    one: { value: database.one.bind(database) },
    all: { value: all },
  }) as Database;
  const { stores } = new SqlStorage(database);
  const pool = aPool();
  await stores.pools.createIfAbsent(pool);
  await stores.groups.createIfAbsent(aGroup(pool.id, 'g'));
  for (const key of ['group_name=? AND sub>?', 'group_name=? AND generation=? AND sub>?']) {
    await new SqlStorage(noting).stores.groups.members(pool.id, 'g', 60);
    const text = texts.at(-1) ?? '';
    const plan = await database.all<{ readonly detail: string }>(
      `EXPLAIN QUERY PLAN ${text}`,
      Array.from(text.matchAll(/\?/g), () => 1),
    );
    const [found = '', ...others] = plan.map(({ detail }) => detail);
    assert.ok(found.startsWith('SEARCH m ') && found.includes(key), found);
    for (const detail of others) assert.doesNotMatch(detail, /^SCAN|TEMP B-TREE|AUTOMATIC/, text);
    await database.run('UPDATE user_groups SET generation = 1', []);
  }
  assert.equal(texts.length, 2);
  await database.close();
  rmSync(folder, { recursive: true });
});

test('what a deletion removes is found by its whole key, and chosen in an order that an index provides', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-plans-'));
  const database = await openSqlite(join(folder, 'p.db'));
  const texts: string[] = [];
  const tx = { ...database, run: async (text: string) => (texts.push(text), 0) } as never;
  await removeRemainsOfPool(tx, 'p', 10);
  await removeRemainsOfClient(tx, ['p', 'c'], 10);
  await removeRemainsOfUser(tx, { poolId: poolId('p'), sub: sub('u') }, 10);
  assert.equal(texts.length, 27);
  for (const text of texts) {
    const plan = await database.all<{ readonly detail: string }>(
      `EXPLAIN QUERY PLAN ${text}`,
      Array.from(text.matchAll(/\?/g), () => 1),
    );
    const [found = '', ...others] = plan.map(({ detail }) => detail);
    assert.match(
      found,
      /^SEARCH .*[( ](id|token_hash|sub|name_key|name|attribute|action|kind|credential_id|device_key|identifier|attribute_value|part_no|line|event_id)=\?\)$/,
    );
    for (const detail of others) {
      if (detail !== 'SCAN f') assert.doesNotMatch(detail, /^SCAN|TEMP B-TREE|AUTOMATIC/, text);
    }
  }
  await database.close();
  rmSync(folder, { recursive: true });
});
