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
import { WrongKeyError } from '@poolhouse/core';
import { startServer } from './testing/start-server.ts';

test('the key-encryption key is replaced in two starts, and the old one is needed no more (F17)', async (t) => {
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
          // The port is another one at each start, which is worth a line by itself.
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
