import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { serverContext } from '../execute.ts';
import { openHarness, testHasher } from '../testing/harness.ts';
import { addUser, signIn } from '../testing/signed-in.ts';
import { oneAtATime } from './one-at-a-time.ts';

const twelve = Array.from({ length: 12 }, (_, at) => at);

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  test(`of twelve right sign-ins at once, none is refused, on ${name}`, { skip }, async (t) => {
    let verified = 0;
    const hasher = {
      ...testHasher,
      verify: (...asked: Parameters<typeof testHasher.verify>) => {
        verified += 1;
        return testHasher.verify(...asked);
      },
    };
    const harness = await openHarness(t, { database, hasher });
    const made = await harness.makePool();
    await addUser(harness, made, 'ada');
    await Promise.all(twelve.map(() => signIn(harness, made, 'ada')));
    assert.equal(verified, twelve.length);
    // Wrong ones are as few as before: the fifth locks, and the others are not even looked at.
    const wrong = await Promise.allSettled(
      twelve.map(() => signIn(harness, made, 'ada', 'Wrong-1234')),
    );
    assert.ok(wrong.every(({ status }) => status === 'rejected'));
    assert.equal(verified, twelve.length + 5);
  });
}

test('a line goes on after a failure, and others do not wait in it', async (t) => {
  const harness = await openHarness(t);
  const ctx = serverContext(harness.storage, harness.world);
  const done: string[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const first = oneAtATime(ctx, 'ada', async () => {
    await held;
    done.push('first');
    throw new Error('first');
  });
  const second = oneAtATime(ctx, 'ada', async () => void done.push('second'));
  await oneAtATime(ctx, 'bob', async () => void done.push('other'));
  assert.deepEqual(done, ['other']);
  release();
  await assert.rejects(first, /first/);
  await second;
  assert.deepEqual(done, ['other', 'first', 'second']);
});
