import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { poolId, replacingMethods, sub, type Storage } from '@poolhouse/core';
import { openStorage } from '@poolhouse/storage';
import { aPool, aUser } from '@poolhouse/storage/testing';
import { makeNameReview } from './name-review.ts';
import { runMain } from './testing/run-main.ts';

/** Puts a user in as a build did that compared names in case-sensitive pools as they were typed. */
async function addOlder(storage: Storage, UserPoolId: string, username: string, number: number) {
  const id = `0000000${number}-0000-4000-8000-000000000000`;
  const user = aUser(poolId(UserPoolId), username, { sub: sub(id), createdAtMs: number });
  await storage.stores.users.create(user);
  return id;
}

test('names of an older build have their keys before the first answer, and who yields one is listed at every start', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-names-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const runs = async <T>(work: (aws: CognitoIdentityProviderClient) => Promise<T>) => {
    const main = runMain([], { POOLHOUSE_PORT: '0', POOLHOUSE_DATA: folder });
    t.after(() => main.child.kill('SIGKILL'));
    const aws = new CognitoIdentityProviderClient({
      endpoint: await main.url,
      region: 'ph-local-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    const done = await work(aws);
    main.child.kill('SIGTERM');
    const { stdout } = await main.ended;
    return { done, stdout };
  };
  const first = await runs((aws) => aws.send(new CreateUserPoolCommand({ PoolName: 'p' })));
  assert.doesNotMatch(first.stdout, /share a name/);
  const UserPoolId = first.done.UserPool?.Id ?? '';

  const storage = await openStorage({ kind: 'sqlite', file: join(folder, 'poolhouse.db') });
  const lone = await addOlder(storage, UserPoolId, 'E\u0301va', 1);
  const typed = await addOlder(storage, UserPoolId, '\u00c5sa', 2);
  const other = await addOlder(storage, UserPoolId, 'A\u030asa', 3);
  await storage.stores.nameReview.note({ poolId: poolId(UserPoolId) });
  await storage.close();

  for (let start = 0; start < 2; start += 1) {
    const { done, stdout } = await runs((aws) =>
      Promise.all(
        ['\u00c9va', 'A\u030asa', other].map(async (Username) => {
          const answer = await aws.send(new AdminGetUserCommand({ UserPoolId, Username }));
          return answer.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
        }),
      ),
    );
    assert.deepEqual(done, [lone, typed, other]);
    assert.match(stdout, new RegExp(`share a name[^\\n]*\\n  ${UserPoolId}, sub ${other}\\n`));
    assert(!stdout.includes(typed));
  }
});

test('beside requests names are looked at in small slices, and an end is not waited for', async (t) => {
  const { storage: opened } = await openedStorage(t);
  const pool = aPool();
  await opened.stores.pools.createIfAbsent(pool);
  for (let number = 0; number < 180; number += 1) {
    await opened.stores.users.create(aUser(pool.id, `user-${number}`));
  }
  await opened.stores.nameReview.note({ poolId: pool.id, doneAtMs: 1_000 });
  const limits: number[] = [];
  const asked = Promise.withResolvers<void>();
  const { nameReview } = opened.stores;
  const storage: Storage = Object.assign(Object.create(opened) as Storage, {
    stores: {
      ...opened.stores,
      nameReview: replacingMethods(nameReview, {
        slice(at: Parameters<typeof nameReview.slice>[0], limit: number) {
          limits.push(limit);
          if (limits.length === 4) asked.resolve();
          return nameReview.slice(at, limit);
        },
      }),
    },
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const clock = { nowMs: () => 2_000 };
  const review = makeNameReview(storage, { clock, log });
  review.start();
  await asked.promise;
  await review.stop();
  assert.deepEqual(limits, [50, 50, 50, 50]);
  const ending = makeNameReview(storage, { clock, log });
  ending.start();
  await ending.stop();
  assert(limits.length < 8, 'it went on to its end');
});

async function openedStorage(t: TestContext): Promise<{ readonly storage: Storage }> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-names-'));
  const storage = await openStorage({ kind: 'sqlite', file: join(folder, 'poolhouse.db') });
  t.after(async () => {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { storage };
}
