import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { poolId, sub, type Storage } from '@poolhouse/core';
import { withMethods } from '@poolhouse/core/testing';
import { openStorage } from '@poolhouse/storage';
import { aPool, aUser, stepsOfAnOlderBuild } from '@poolhouse/storage/testing';
import { makeNameReview } from './name-review.ts';
import { runMain } from '../testing/run-main.ts';
import { runnerOf } from '../testing/runner-of.ts';

async function makeByAnOlderBuild(file: string): Promise<void> {
  await (await openStorage({ kind: 'sqlite', file, steps: stepsOfAnOlderBuild })).close();
}

/** Adds a user as an older build did, which compared names in case-sensitive pools as they were typed. */
async function addOlder(storage: Storage, UserPoolId: string, username: string, number: number) {
  const id = `0000000${number}-0000-4000-8000-000000000000`;
  const user = aUser(poolId(UserPoolId), username, { sub: sub(id), createdAtMs: number });
  await storage.stores.users.create(user);
  return id;
}

test('names of an older build get their keys before the first answer, and users who yield one are listed at every start', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-names-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const keys = `test:${randomBytes(32).toString('base64')}`;
  const runs = async <T>(work: (aws: CognitoIdentityProviderClient) => Promise<T>) => {
    const main = runMain([], {
      POOLHOUSE_PORT: '0',
      POOLHOUSE_DATA: folder,
      POOLHOUSE_KEYS: keys,
    });
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
  const file = join(folder, 'poolhouse.db');
  await makeByAnOlderBuild(file);
  const first = await runs((aws) => aws.send(new CreateUserPoolCommand({ PoolName: 'p' })));
  assert.doesNotMatch(first.stdout, /share a name/);
  const UserPoolId = first.done.UserPool?.Id ?? '';

  const storage = await openStorage({ kind: 'sqlite', file });
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

test('the slices of a review are as large as their time allows, and nobody waits for its end', async (t) => {
  const { storage: opened } = await openedStorage(t);
  const pool = aPool();
  await opened.stores.pools.createIfAbsent(pool);
  for (let number = 0; number < 180; number += 1) {
    await opened.stores.users.create(aUser(pool.id, `user-${number}`));
  }
  const { nameReview } = opened.stores;
  const limits: number[] = [];
  let nowMs = 0;
  let asked = () => undefined as void;
  const storage: Storage = Object.assign(Object.create(opened) as Storage, {
    exclusively: opened.exclusively.bind(opened),
    stores: {
      ...opened.stores,
      nameReview: withMethods(nameReview, {
        slice(at: Parameters<typeof nameReview.slice>[0], limit: number) {
          limits.push(limit);
          // A row costs a quarter of a millisecond.
          nowMs += limit / 4;
          asked();
          return nameReview.slice(at, limit);
        },
      }),
    },
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const clock = { nowMs: () => 2_000 };
  const time = {
    nowMs: () => nowMs,
    wait: async (_: number, signal: AbortSignal) => signal.throwIfAborted(),
  };
  const review = () => makeNameReview(storage, { clock, log, time });

  await nameReview.note({ poolId: pool.id });
  await review().beforeRequests(new AbortController().signal);
  assert.deepEqual(limits.splice(0), [2_000], 'nobody waits for an answer yet');

  await nameReview.note({ poolId: pool.id, doneAtMs: 1_000 });
  const whole = runnerOf(review().work);
  const third = Promise.withResolvers<void>();
  asked = () => void (limits.length === 3 && third.resolve());
  whole.start();
  await third.promise;
  await whole.stop();
  assert.deepEqual(limits.splice(0), [20, 40, 40]);
});

async function openedStorage(t: TestContext): Promise<{ readonly storage: Storage }> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-names-'));
  const file = join(folder, 'poolhouse.db');
  await makeByAnOlderBuild(file);
  const storage = await openStorage({ kind: 'sqlite', file });
  t.after(async () => {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { storage };
}
