import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Session, SessionListKey, User } from '@poolhouse/core';
import { aSession, aUser, sub, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase, Subject } from './subject.ts';

async function signedIn(
  { stores, newPool }: Subject,
  over: Partial<Session> = {},
): Promise<{ user: User; session: Session; hash: string }> {
  const user = aUser(await newPool(), 'anna', { attributes: { email: 'anna@example.com' } });
  await stores.users.create(user);
  const session = aSession(user.poolId, user.sub, over);
  const hash = randomUUID();
  await stores.sessions.create(session, hash);
  return { user, session, hash };
}

/** What SessionStore promises. */
export function sessionsContract(make: MakeDatabase): void {
  describeStore('sessions', make, (subject) => {
    test('without a grace period, a use that started before the first one is still a second use (security.md R01)', async () => {
      const { hash } = await signedIn(subject);
      const { sessions } = subject.stores;
      assert.equal(await sessions.rotate(hash, randomUUID(), t0 + 5, 0), 'rotated');
      assert.equal(await sessions.rotate(hash, randomUUID(), t0, 0), 'reused');
      assert.equal((await sessions.byToken(hash))?.session.revokedAtMs, t0);
    });

    test('a token leads to its session and user, before and after a restart', async () => {
      const { user, session, hash } = await signedIn(subject);
      assert.deepEqual(await subject.stores.sessions.byToken(hash), { session, user });
      await subject.restart();
      assert.deepEqual(await subject.stores.sessions.byToken(hash), { session, user });
      assert.equal(await subject.stores.sessions.byToken('unknown'), undefined);
    });

    test('the live user is read with its session; revoked, unknown and foreign sessions are not live', async () => {
      const { stores } = subject;
      const { user, session } = await signedIn(subject);
      const stranger = aUser(user.poolId, 'bob');
      await stores.users.create(stranger);
      const live = stores.sessions;
      assert.deepEqual(await live.liveUser(user.poolId, user.sub, session.id), {
        user,
        session: 'live',
      });
      assert.equal((await live.liveUser(user.poolId, user.sub, 'unknown'))?.session, 'unknown');
      assert.equal(
        (await live.liveUser(user.poolId, stranger.sub, session.id))?.session,
        'unknown',
      );
      assert.equal(await live.liveUser(user.poolId, sub('nobody'), session.id), undefined);
      assert.equal(await live.liveUser(await subject.newPool(), user.sub, session.id), undefined);
      await live.revoke(session.id, t0 + 5);
      assert.deepEqual(await live.liveUser(user.poolId, user.sub, session.id), {
        user,
        session: 'revoked',
      });
    });

    test('rotation: the successor is valid, and within the grace period the old token returns it again', async () => {
      const { sessions } = subject.stores;
      const { hash, session } = await signedIn(subject);
      const second = randomUUID();
      assert.equal(await sessions.rotate(hash, second, t0, 1_000), 'rotated');
      assert.equal((await sessions.byToken(hash))?.rotatedAtMs, t0);
      const state = await sessions.byToken(second);
      assert.equal(state?.rotatedAtMs, undefined);
      assert.equal(state?.session.id, session.id);
      // The time stays that of the first rotation: repeating it does not prolong the grace period.
      assert.equal(await sessions.rotate(hash, second, t0 + 999, 1_000), 'rotated');
      assert.equal((await sessions.byToken(hash))?.rotatedAtMs, t0);
      assert.equal(await sessions.rotate(hash, second, t0 + 1_000, 1_000), 'reused');
      assert.equal((await sessions.byToken(second))?.session.revokedAtMs, t0 + 1_000);
    });

    test('once a successor has been used, the token before it is overtaken, even within its grace period', async () => {
      const { sessions } = subject.stores;
      const { hash } = await signedIn(subject);
      const [second, third, other] = [randomUUID(), randomUUID(), randomUUID()];
      assert.equal(await sessions.rotate(hash, second, t0, 1_000), 'rotated');
      assert.equal(await sessions.rotate(second, third, t0 + 1, 1_000), 'rotated');
      assert.equal(await sessions.rotate(hash, second, t0 + 2, 1_000), 'overtaken');
      // Naming a different successor, for instance with a replaced key, does not start a second line of tokens.
      assert.equal(await sessions.rotate(second, other, t0 + 3, 1_000), 'overtaken');
      assert.equal(await sessions.byToken(other), undefined);
      assert.equal((await sessions.byToken(third))?.session.revokedAtMs, undefined);
      assert.equal(await sessions.rotate(hash, second, t0 + 1_000, 1_000), 'reused');
      assert.equal((await sessions.byToken(third))?.session.revokedAtMs, t0 + 1_000);
    });

    test('eight simultaneous rotations within a grace period leave one successor', async () => {
      const { sessions } = subject.stores;
      const { hash } = await signedIn(subject);
      const second = randomUUID();
      const outcomes = await eightTakers(() => sessions.rotate(hash, second, t0, 1_000));
      assert.deepEqual(Object.fromEntries(outcomes), { rotated: 8 });
      assert.equal((await sessions.byToken(second))?.rotatedAtMs, undefined);
    });

    test('a session that was revoked or has ended returns nothing, even within the grace period', async () => {
      const { sessions } = subject.stores;
      const revoked = await signedIn(subject);
      const ended = await signedIn(subject, { expiresAtMs: t0 + 2 });
      for (const { hash, session } of [revoked, ended])
        assert.equal(await sessions.rotate(hash, `next ${session.id}`, t0, 1_000), 'rotated');
      await sessions.revoke(revoked.session.id, t0 + 1);
      for (const { hash, session } of [revoked, ended])
        assert.equal(await sessions.rotate(hash, `next ${session.id}`, t0 + 2, 1_000), 'missing');
    });

    test('of eight simultaneous rotations without a grace period one wins, and the session is revoked', async () => {
      const { sessions } = subject.stores;
      const { hash } = await signedIn(subject);
      const outcomes = await eightTakers(() => sessions.rotate(hash, randomUUID(), t0, 0));
      assert.deepEqual(Object.fromEntries(outcomes), { rotated: 1, reused: 7 });
      assert.equal((await sessions.byToken(hash))?.session.revokedAtMs, t0);
    });

    test('unknown, revoked and expired tokens cannot be rotated', async () => {
      const { sessions } = subject.stores;
      const revoked = await signedIn(subject);
      const ended = await signedIn(subject, { expiresAtMs: t0 });
      await sessions.revoke(revoked.session.id, t0);
      assert.equal(await sessions.rotate('unknown', 'n1', t0, 0), 'missing');
      assert.equal(await sessions.rotate(revoked.hash, 'n2', t0, 0), 'missing');
      assert.equal(await sessions.rotate(ended.hash, 'n3', t0, 0), 'missing');
      for (const hash of ['n1', 'n2', 'n3']) assert.equal(await sessions.byToken(hash), undefined);
    });

    test('a rotation in a transaction that fails leaves the old token as it was', async () => {
      const { hash } = await signedIn(subject);
      const failing = subject.storage.transaction(async ({ sessions }) => {
        await sessions.rotate(hash, 'undone', t0, 0);
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.equal(await subject.stores.sessions.byToken('undone'), undefined);
      assert.equal((await subject.stores.sessions.byToken(hash))?.rotatedAtMs, undefined);
    });

    test('revoking keeps the time of the first revocation, and survives a restart', async () => {
      const { hash, session } = await signedIn(subject);
      await subject.stores.sessions.revoke(session.id, t0 + 1);
      await subject.stores.sessions.revoke(session.id, t0 + 2);
      await subject.stores.sessions.revoke('unknown', t0);
      await subject.restart();
      assert.equal((await subject.stores.sessions.byToken(hash))?.session.revokedAtMs, t0 + 1);
    });

    test('all sessions of a user are revoked except the one that is excluded, and nobody else’s', async () => {
      const { sessions } = subject.stores;
      const { user, session, hash } = await signedIn(subject);
      const second = randomUUID();
      await sessions.create(aSession(user.poolId, user.sub), second);
      const other = await signedIn(subject);
      await sessions.revokeAllOf(user, t0 + 1, session.id);
      assert.equal((await sessions.byToken(hash))?.session.revokedAtMs, undefined);
      assert.equal((await sessions.byToken(second))?.session.revokedAtMs, t0 + 1);
      await sessions.revokeAllOf(user, t0 + 2);
      assert.equal((await sessions.byToken(hash))?.session.revokedAtMs, t0 + 2);
      assert.equal((await sessions.byToken(other.hash))?.session.revokedAtMs, undefined);
    });

    test('the live sessions of a user are listed newest first, at every page size, and nobody else’s', async () => {
      const { sessions } = subject.stores;
      const { user, session } = await signedIn(subject, { authTimeMs: t0 });
      const stranger = aUser(user.poolId, 'bob');
      await subject.stores.users.create(stranger);
      await sessions.create(aSession(stranger.poolId, stranger.sub), randomUUID());
      const add = async (over: Partial<Session>) => {
        const one = aSession(user.poolId, user.sub, over);
        await sessions.create(one, randomUUID());
        return one;
      };
      const [b, a] = [await add({ id: 'b', authTimeMs: 7 }), await add({ id: 'a', authTimeMs: 7 })];
      const newest = await add({ authTimeMs: t0 + 1, sealedLastUse: 'sealed' });
      await add({ authTimeMs: t0 + 2, expiresAtMs: t0 + 9 });
      const revoked = await add({ authTimeMs: t0 + 3 });
      await sessions.revoke(revoked.id, t0);
      for (const limit of [1, 2, 3, 4, 5]) {
        const pages = await allPages((after?: SessionListKey) =>
          sessions.liveOf(user, t0 + 9, limit, after),
        );
        assert.deepEqual(pages.flat(), [newest, session, b, a]);
        assert.equal(pages.length, Math.ceil(4 / limit));
      }
      assert.equal((await sessions.liveOf(user, t0 + 8, 9)).items.length, 5);
    });

    test('one session of a user is revoked, once, and only where it is this user’s', async () => {
      const { sessions } = subject.stores;
      const { user, session, hash } = await signedIn(subject);
      const second = randomUUID();
      await sessions.create(aSession(user.poolId, user.sub), second);
      const stranger = aUser(user.poolId, 'bob');
      await subject.stores.users.create(stranger);
      for (const [ref, id] of [
        [stranger, session.id],
        [{ ...user, poolId: await subject.newPool() }, session.id],
        [user, 'unknown'],
      ] as const) {
        assert.equal(await sessions.revokeOneOf(ref, id, t0 + 1), false);
      }
      assert.equal((await sessions.byToken(hash))?.session.revokedAtMs, undefined);
      const outcomes = await eightTakers((taker) =>
        sessions.revokeOneOf(user, session.id, t0 + taker),
      );
      assert.deepEqual(Object.fromEntries(outcomes), { true: 1, false: 7 });
      assert.notEqual((await sessions.byToken(hash))?.session.revokedAtMs, undefined);
      assert.equal((await sessions.byToken(second))?.session.revokedAtMs, undefined);
    });

    test('the least recently used sessions of a user end, and nobody else’s, until as many are left as may be', async () => {
      const { sessions } = subject.stores;
      const { user, session } = await signedIn(subject, { authTimeMs: t0 + 4 });
      const stranger = aUser(user.poolId, 'bob');
      await subject.stores.users.create(stranger);
      const theirs = randomUUID();
      await sessions.create(aSession(stranger.poolId, stranger.sub, { authTimeMs: 1 }), theirs);
      const add = async (id: string, over: Partial<Session>) => {
        await sessions.create(aSession(user.poolId, user.sub, { id, ...over }), `hash of ${id}`);
      };
      const used = (authTimeMs: number, lastUsedAtMs: number) => ({ authTimeMs, lastUsedAtMs });
      // In the order in which they end; the first has ended already.
      await add('ended', { ...used(t0, t0 + 99), expiresAtMs: t0 + 9 });
      await add('older', used(t0, t0 + 2));
      await add('younger', used(t0 + 1, t0 + 2));
      await add('long ago, and used since', used(t0 - 9, t0 + 5));
      const left = async () =>
        (await sessions.liveOf(user, t0 + 9, 99)).items.map(({ id }) => id).toSorted();
      const all = [session.id, 'older', 'younger', 'long ago, and used since'];
      for (const [most, gone] of [
        [4, []],
        [3, ['older']],
        [2, ['older', 'younger']],
        [1, ['older', 'younger', session.id]],
        [0, all],
      ] as const) {
        await sessions.keepRecent(user, most, t0 + 9);
        const those: readonly string[] = gone;
        assert.deepEqual(await left(), all.filter((id) => !those.includes(id)).toSorted());
      }
      const revokedAtMs = async (hash: string) =>
        (await sessions.byToken(hash))?.session.revokedAtMs;
      assert.equal(await revokedAtMs('hash of older'), t0 + 9);
      assert.equal(await revokedAtMs('hash of ended'), undefined);
      assert.equal(await revokedAtMs(theirs), undefined);
    });

    test('purging removes ended sessions with their tokens, a batch at a time', async () => {
      const { sessions } = subject.stores;
      const ended = await Promise.all(
        [1, 2, 3].map((expiresAtMs) => signedIn(subject, { expiresAtMs })),
      );
      const [first] = ended;
      assert.ok(first);
      for (let index = 0; index < 5; index += 1)
        await sessions.rotate(
          index === 0 ? first.hash : `next ${index}`,
          `next ${index + 1}`,
          0,
          0,
        );
      // Two sessions, one with six tokens and one with one.
      assert.deepEqual(
        [await sessions.purge(3, 4), await sessions.purge(3, 4), await sessions.purge(3, 4)],
        [4, 4, 1],
      );
      assert.equal(await sessions.purge(3, 4), 0);
      const left = await Promise.all(ended.map(({ hash }) => sessions.byToken(hash)));
      assert.deepEqual(
        left.map((state) => state !== undefined),
        [false, false, true],
      );
    });
  });
}
