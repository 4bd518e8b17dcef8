import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { AuthEvent, User } from '@poolhouse/core';
import { aUser, clientId, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

function anEvent({ poolId, sub }: User, over: Partial<AuthEvent> = {}): AuthEvent {
  return {
    ...{ poolId, sub, id: randomUUID(), kind: 'SignIn', atMs: t0, result: 'Pass' },
    ...{ clientId: clientId('client'), challenges: [], sealedContext: 'sealed', ...over },
  };
}

/** What AuthEventStore promises. */
export function authEventsContract(make: MakeDatabase): void {
  describeStore('events', make, (subject) => {
    const newUser = async (pool?: User['poolId']) => {
      const user = aUser(pool ?? (await subject.newPool()), randomUUID());
      await subject.stores.users.create(user);
      return user;
    };
    const put = (user: User, over: Partial<AuthEvent> = {}) =>
      subject.stores.authEvents.put(anEvent(user, over));
    const listed = async (user: User) => (await subject.stores.authEvents.list(user, 60)).items;

    test('an event is read as it was written, before and after a restart, by its own user', async () => {
      const user = await newUser();
      const event = anEvent(user, {
        challenges: [{ ChallengeName: 'Password', ChallengeResponse: 'Failure' }],
        result: 'Fail',
        feedback: { value: 'Invalid', provider: 'User', atMs: t0 + 1 },
      });
      await subject.stores.authEvents.put(event);
      assert.deepStrictEqual(await listed(user), [event]);
      assert.deepEqual(await listed(await newUser(user.poolId)), []);
      await subject.restart();
      assert.deepStrictEqual(await listed(user), [event]);
    });

    test('an event that goes on keeps its time and what was said of it, and is nobody else’s', async () => {
      const user = await newUser();
      const feedback = { value: 'Valid', provider: 'Admin', atMs: t0 } as const;
      await put(user, { id: 'a', result: 'InProgress' });
      assert.equal(await subject.stores.authEvents.setFeedback(user, 'a', feedback), true);
      const challenges = [{ ChallengeName: 'Mfa', ChallengeResponse: 'Success' } as const];
      await put(user, { id: 'a', atMs: t0 + 9, challenges, sealedContext: 'again' });
      const [event] = await listed(user);
      assert.deepStrictEqual(
        event,
        anEvent(user, { id: 'a', challenges, sealedContext: 'again', feedback }),
      );
      const other = await newUser(user.poolId);
      await put(other, { id: 'a', result: 'Fail' });
      assert.deepEqual([await listed(user), await listed(other)], [[event], []]);
      await eightTakers(() => put(other, { id: 'b' }));
      assert.equal((await listed(other)).length, 1);
    });

    test('the newest come first, page by page, and no event comes twice', async () => {
      const user = await newUser();
      await put(await newUser(user.poolId), { id: 'other' });
      for (const [id, atMs] of [
        ['c', t0],
        ['a', t0 + 2],
        ['d', t0 + 2],
        ['b', t0 + 1],
      ] as const)
        await put(user, { id, atMs });
      for (const limit of [1, 3, 4, 60]) {
        const pages = await allPages((after: readonly [number, string] | undefined) =>
          subject.stores.authEvents.list(user, limit, after),
        );
        assert.deepEqual(
          pages.flat().map(({ id }) => id),
          ['d', 'a', 'b', 'c'],
        );
        assert.equal(pages.length, Math.ceil(4 / limit));
      }
      const { items, after } = await subject.stores.authEvents.list(user, 2);
      await put(user, { id: 'new', atMs: t0 + 9 });
      const rest = await subject.stores.authEvents.list(user, 60, after);
      assert.deepEqual(
        [...items, ...rest.items].map(({ id }) => id),
        ['d', 'a', 'b', 'c'],
      );
    });

    test('something is said of a user’s own events only', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      await put(user, { id: 'a' });
      const feedback = { value: 'Invalid', provider: 'User', atMs: t0 + 5 } as const;
      const { authEvents } = subject.stores;
      assert.equal(await authEvents.setFeedback(other, 'a', feedback), false);
      assert.equal(await authEvents.setFeedback(user, 'b', feedback), false);
      assert.equal((await listed(user))[0]?.feedback, undefined);
      assert.equal(await authEvents.setFeedback(user, 'a', feedback), true);
      assert.deepEqual((await listed(user))[0]?.feedback, feedback);
    });

    test('events go with their user and with their age, and none come after', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      for (const [id, atMs] of [
        ['old', t0 - 2],
        ['older', t0 - 3],
        ['kept', t0],
      ] as const)
        await put(user, { id, atMs });
      await put(other, { id: 'others' });
      assert.equal(await subject.stores.authEvents.purge(t0, 1), 1);
      assert.deepEqual(
        (await listed(user)).map(({ id }) => id),
        ['kept', 'old'],
      );
      assert.equal(await subject.stores.authEvents.purge(t0, 60), 1);
      await subject.stores.users.delete(user, t0);
      await put(user, { id: 'late' });
      assert.deepEqual(await listed(user), []);
      assert.equal((await listed(other)).length, 1);
    });

    test('a deleted pool has none', async () => {
      const user = await newUser();
      await put(user);
      const { pools } = subject.stores;
      await pools.delete(user.poolId, t0);
      assert.deepEqual(await listed(user), []);
      await put(user);
      while ((await pools.carryOutDeletion(user.poolId, 1, t0 + 60_000)) === 'rows');
      assert.deepEqual(await listed(user), []);
    });
  });
}
