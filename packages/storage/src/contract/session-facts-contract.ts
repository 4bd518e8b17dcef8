import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { PoolId, Session, SessionSecrets } from '@poolhouse/core';
import { aSession, aUser, poolId, t0 } from './records.ts';
import { describeStore } from './subject.ts';
import type { MakeDatabase, Subject } from './subject.ts';

/** Starts a session for a new user; returns it with the hash of its token. */
async function started(
  { stores }: Subject,
  pool: PoolId,
  over: Partial<Session> = {},
): Promise<{ readonly session: Session; readonly hash: string }> {
  const hash = randomUUID();
  const user = aUser(pool, `user ${hash}`);
  await stores.users.create(user);
  const session = aSession(pool, user.sub, over);
  await stores.sessions.create(session, hash);
  return { session, hash };
}

/** What SessionStore promises about how a session came about, and about its last use. */
export function sessionFactsContract(make: MakeDatabase): void {
  describeStore('what is known of sessions', make, (subject) => {
    const stored = async (hash: string) => (await subject.stores.sessions.byToken(hash))?.session;
    const known: Partial<Session> = {
      proofs: [
        { challenge: 'PASSWORD', atMs: t0 - 9 },
        { challenge: 'SOFTWARE_TOKEN_MFA', atMs: t0 },
      ],
      origin: 'administrator',
      identityProvider: 'Google',
      deviceKey: 'eu-west-1_device',
      factorsMark: 'mark',
      lastUsedAtMs: t0,
      sealedLastUse: 'sealed',
    };

    test('everything is kept, through rotations, other people’s writes and a restart', async () => {
      const pool = await subject.newPool();
      const { session, hash } = await started(subject, pool, known);
      await started(subject, pool, { ...known, origin: 'app', proofs: [] });
      assert.deepEqual(await stored(hash), session);
      const next = randomUUID();
      await subject.stores.sessions.rotate(hash, next, t0 + 5, 0, 'sealed later');
      await subject.restart();
      const used = { lastUsedAtMs: t0 + 5, sealedLastUse: 'sealed later' };
      assert.deepEqual(await stored(next), { ...session, ...used });
    });

    test('a session is found by its id among those of its user, and no other’s', async () => {
      const pool = await subject.newPool();
      const { sessions } = subject.stores;
      const { session } = await started(subject, pool, known);
      const other = await started(subject, pool);
      assert.deepEqual(await sessions.get(session, session.id), session);
      assert.equal(await sessions.get(other.session, session.id), undefined);
      const elsewhere = { poolId: await subject.newPool(), sub: session.sub };
      assert.equal(await sessions.get(elsewhere, session.id), undefined);
      assert.equal(await sessions.get(session, 'another'), undefined);
      await sessions.revoke(session.id, t0 + 1);
      assert.deepEqual(await sessions.get(session, session.id), {
        ...session,
        revokedAtMs: t0 + 1,
      });
    });

    test('a session from before, about which nothing is known, works like any other', async () => {
      const pool = await subject.newPool();
      const { sessions } = subject.stores;
      const { session, hash } = await started(subject, pool);
      assert.deepEqual(await stored(hash), session);
      await sessions.noteUse(session.id, { lastUsedAtMs: t0 + 1 }, 10);
      assert.deepEqual(await stored(hash), { ...session, lastUsedAtMs: t0 + 1 });
      assert.equal(await sessions.rotate(hash, 'next of old', t0 + 2, 0), 'rotated');
      assert.deepEqual(await stored('next of old'), { ...session, lastUsedAtMs: t0 + 2 });
      await sessions.revoke(session.id, t0 + 3);
      const revoked = { ...session, lastUsedAtMs: t0 + 2, revokedAtMs: t0 + 3 };
      assert.deepEqual(await stored('next of old'), revoked);
      const other = await started(subject, pool, { expiresAtMs: 5 });
      await sessions.revokeAllOf(other.session, t0 + 4);
      assert.equal((await stored(other.hash))?.revokedAtMs, t0 + 4);
      assert.equal(await sessions.purge(6, 10), 2);
      assert.equal(await stored(other.hash), undefined);
    });

    test('the first rotation of a token counts as a use; repeating it, or rotating too late, does not', async () => {
      const { sessions } = subject.stores;
      const { session, hash } = await started(subject, await subject.newPool(), known);
      await sessions.rotate(hash, 'second', t0 + 1, 1_000, 'one');
      const used = { ...session, lastUsedAtMs: t0 + 1, sealedLastUse: 'one' };
      assert.equal(await sessions.rotate(hash, 'second', t0 + 2, 1_000, 'two'), 'rotated');
      assert.deepEqual(await stored('second'), used);
      // Where it came from is unknown; the previous use's origin must not stand in for it.
      await sessions.rotate('second', 'third', t0 + 3, 1_000);
      const { sealedLastUse: _, ...nowhere } = used;
      assert.deepEqual(await stored('third'), { ...nowhere, lastUsedAtMs: t0 + 3 });
      assert.equal(await sessions.rotate(hash, 'second', t0 + 4, 1_000, 'three'), 'overtaken');
      assert.equal(await sessions.rotate(hash, 'second', t0 + 2_000, 1_000, 'four'), 'reused');
      const ended = { ...nowhere, lastUsedAtMs: t0 + 3, revokedAtMs: t0 + 2_000 };
      assert.deepEqual(await stored('third'), ended);
    });

    test('a use without a rotation is recorded unless one around that time already is', async () => {
      const pool = await subject.newPool();
      const { sessions } = subject.stores;
      const { session, hash } = await started(subject, pool, known);
      const other = await started(subject, pool, known);
      const use = { lastUsedAtMs: t0 + 9, sealedLastUse: 'from elsewhere' };
      await sessions.noteUse(session.id, use, 10);
      assert.deepEqual(await stored(hash), session);
      await sessions.noteUse(session.id, use, 9);
      assert.deepEqual(await stored(hash), { ...session, ...use });
      await sessions.noteUse('unknown', use, 9);
      // By a clock that is behind, and after one that was far ahead.
      const before = { lastUsedAtMs: t0 + 5, sealedLastUse: 'from here' };
      await sessions.noteUse(session.id, before, 4);
      assert.deepEqual(await stored(hash), { ...session, ...use });
      await sessions.noteUse(session.id, before, 3);
      assert.deepEqual(await stored(hash), { ...session, ...before });
      assert.deepEqual(await stored(other.hash), other.session);
    });

    const anew = ({ id, sealedLastUse }: SessionSecrets): SessionSecrets => ({
      id,
      sealedLastUse: `${sealedLastUse}+`,
    });
    const walk = async (pool: PoolId, limit: number, between?: () => Promise<unknown>) => {
      const slices: string[][] = [];
      let after: string | undefined = '';
      while (after !== undefined && slices.length < 100) {
        const seen: string[] = [];
        after = await subject.stores.sessions.reseal(pool, limit, after, (one) => {
          seen.push(one.id);
          return anew(one);
        });
        slices.push(seen);
        await between?.();
      }
      return slices;
    };

    test('what is sealed is replaced in slices, and nothing else changes; sessions that start meanwhile do not delay the end', async () => {
      const pool = await subject.newPool();
      const all = [];
      for (let index = 0; index < 20; index += 1) {
        all.push(
          await started(subject, pool, {
            ...known,
            expiresAtMs: t0 + index,
            sealedLastUse: index % 4 > 0 ? `s${index}` : undefined,
          }),
        );
      }
      const elsewhere = await started(subject, await subject.newPool(), known);
      let begun = 0;
      const slices = await walk(pool, 7, async () => {
        for (let count = 0; count < 10; count += 1) {
          begun += 1;
          await started(subject, pool, { ...known, expiresAtMs: t0 + 90_000_000 + begun });
        }
      });
      assert.ok(slices.length >= 3 && slices.length < 50, `${slices.length} slices`);
      assert.ok(Math.max(...slices.map((slice) => slice.length)) <= 7);
      const sealed = all.filter(({ session }) => session.sealedLastUse !== undefined);
      const ids = (list: readonly string[]) => list.toSorted();
      assert.deepEqual(ids(slices.flat()), ids(sealed.map(({ session }) => session.id)));
      for (const { session, hash } of all) {
        const { sealedLastUse, ...rest } = session;
        const now =
          sealedLastUse === undefined
            ? rest
            : { ...session, ...anew({ ...session, sealedLastUse }) };
        assert.deepEqual(await stored(hash), now);
      }
      assert.deepEqual(await stored(elsewhere.hash), elsewhere.session);
      // Sessions that end in the same millisecond stay together.
      const together = await subject.newPool();
      for (let index = 0; index < 5; index += 1) await started(subject, together, known);
      assert.equal((await walk(together, 2)).flat().length, 5);
      assert.deepEqual((await walk(poolId('test-1_nobody'), 1_000)).flat(), []);
    });

    test('a use that is recorded during re-sealing is not lost', async () => {
      const { sessions } = subject.stores;
      const { session, hash } = await started(subject, await subject.newPool(), known);
      const use = { lastUsedAtMs: t0 + 1, sealedLastUse: 'new' };
      await Promise.all([
        sessions.noteUse(session.id, use, 1),
        ...Array.from({ length: 7 }, () => walk(session.poolId, 1_000)),
      ]);
      assert.match((await stored(hash))?.sealedLastUse ?? '', /^new\+*$/);
    });
  });
}
