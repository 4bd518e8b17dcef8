// A process that writes endlessly and reports on standard output what was acknowledged, one fact per line. crash.slow.test.ts kills it at
// any moment. Argument: the storage options as JSON.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { User } from '@poolhouse/core';
import { aSession, aPool, aUser, poolId, t0 } from '../contract/records.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { StorageOptions } from '../storage/open-storage.ts';
import type { Fact } from './facts.ts';

const storage = await openStorage(JSON.parse(process.argv[2] ?? '') as StorageOptions);
const { users, sessions, pools } = storage.stores;
const pool = poolId('test-1_crash');
await pools.createIfAbsent(aPool({ id: pool }));

// What is written to a pipe reaches the reader even if this process dies immediately.
function acknowledged(fact: Fact): void {
  const line = `${JSON.stringify(fact)}\n`;
  for (;;) {
    try {
      writeSync(1, line);
      return;
    } catch (error) {
      // The pipe is full: anything shorter than its page is written whole or not at all.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

async function liveOneLife(): Promise<void> {
  const name = randomUUID();
  const user: User = aUser(pool, name, {
    names: [
      { kind: 'username', key: name },
      { kind: 'email', key: `${name}@old` },
    ],
  });
  await users.create(user);
  acknowledged({ kind: 'user', sub: user.sub, names: user.names.map(({ key }) => key) });
  await users.change(user, (current) => ({
    ...current,
    names: [
      { kind: 'username', key: name },
      { kind: 'email', key: `${name}@new` },
    ],
  }));
  acknowledged({ kind: 'user', sub: user.sub, names: [name, `${name}@new`] });
  const session = aSession(pool, user.sub);
  await sessions.create(session, `${name} 1`);
  await sessions.rotate(`${name} 1`, `${name} 2`, t0, 0);
  acknowledged({ kind: 'rotated', from: `${name} 1`, to: `${name} 2` });
  await sessions.revoke(session.id, t0 + 1);
  acknowledged({ kind: 'revoked', token: `${name} 2` });
  await users.takePasswordAttempt(user, t0, () => 60_000);
  acknowledged({ kind: 'locked', sub: user.sub });
}

// Several at a time, so that they share commits.
await Promise.all(
  Array.from({ length: 6 }, async () => {
    for (;;) await liveOneLife();
  }),
);
