import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { poolId, rotateDataKey, SERVER_SECRETS, WrongKeyError } from '@poolhouse/core';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { call } from '../testing/call.ts';
import { startServer } from '../testing/start-server.ts';

test('the key-encryption key is replaced in two starts, after which the old one is no longer needed (F17)', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-rewrap-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [old, fresh] = ['old', 'fresh'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
  const start = (...keys: (string | undefined)[]) =>
    startServer(
      { after: () => undefined },
      {
        environment: {
          POOLHOUSE_DATA: folder,
          POOLHOUSE_KEYS: keys.join(','),
          // The port differs at each start, which would be reported.
          POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
        },
      },
    );
  const first = await start(old);
  const { UserPool } = await first.client().send(new CreateUserPoolCommand({ PoolName: 'one' }));
  const key = await first.server.accessKeys.create({ note: '' });
  await first.server.stop();
  assert.deepEqual(first.logged, []);
  await assert.rejects(start(fresh), WrongKeyError);

  const second = await start(fresh, old);
  await second.server.stop();
  const rewrapped = second.logged.find(({ event }) => event === 'keys.rewrapped');
  assert.deepEqual(rewrapped?.fields, { count: 2 });

  const third = await start(fresh);
  const aws = third.client({ accessKeyId: key.id, secretAccessKey: key.secret });
  const described = await aws.send(new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id }));
  assert.equal(described.UserPool?.Name, 'one');
  const jwks = await third.send({ method: 'GET', path: `/${UserPool?.Id}/.well-known/jwks.json` });
  assert.equal(jwks.status, 200);
  await third.server.stop();
  assert.deepEqual(third.logged, []);
  await assert.rejects(start(old), WrongKeyError);
});

test(
  'on several nodes the new key is added second before it becomes first: no request is refused, and data keys created meanwhile are not forgotten',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const database = await postgresTestDatabase();
    t.after(() => database.drop());
    const [old, fresh] = ['old', 'fresh'].map(
      (id) => `${id}:${randomBytes(32).toString('base64')}`,
    );
    const start = (...keys: (string | undefined)[]) =>
      startServer(t, {
        environment: {
          POOLHOUSE_DATABASE_URL: database.url,
          POOLHOUSE_KEYS: keys.join(','),
          POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
        },
      });
    const before = await start(old, fresh);
    const pools: string[] = [];
    for (let number = 0; number < 12; number += 1) {
      const { UserPool } = await call(before.server, 'CreateUserPool', { PoolName: `p${number}` });
      pools.push(UserPool?.Id ?? '');
    }
    const keySets = (node: typeof before) =>
      Promise.all(
        pools.map(async (pool) => {
          const path = `/${pool}/.well-known/jwks.json`;
          return (await node.send({ method: 'GET', path })).status;
        }),
      );
    const all = pools.map(() => 200);
    const owners = [...pools.map((pool) => poolId(pool)), SERVER_SECRETS] as const;
    // While one node re-wraps keys with the new one, the other wraps some with the old one.
    const [after] = await Promise.all([
      start(fresh, old),
      ...owners.map((owner) => rotateDataKey(before.server, owner)),
      keySets(before),
    ]);
    for (const node of [before, after]) {
      const statuses = await keySets(node);
      assert.deepEqual(statuses, all);
      assert(!node.logged.some(({ level }) => level === 'error'));
    }
    await before.server.stop();
    await after.server.stop();
    const last = await start(fresh, old);
    await last.server.stop();
    const alone = await start(fresh);
    assert.deepEqual(await keySets(alone), all);
    for (const owner of owners) {
      const secrets = await alone.server.world.vault.of(owner);
      assert.equal(secrets.version, 1, 'the second version is opened and seals in a minute');
    }
  },
);
