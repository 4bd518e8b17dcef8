import assert from 'node:assert/strict';
import type { Storage } from '@poolhouse/core';
import { poolId, sub, t0 } from '../contract/records.ts';
import { allPages } from '../contract/subject.ts';

/** Something that an acknowledged write made true. For the same user, a later fact replaces an earlier one. */
export type Fact =
  | { readonly kind: 'user'; readonly sub: string; readonly names: readonly string[] }
  | { readonly kind: 'rotated'; readonly from: string; readonly to: string }
  | { readonly kind: 'revoked'; readonly token: string }
  | { readonly kind: 'locked'; readonly sub: string };

const pool = poolId('test-1_crash');

/** Checks that every acknowledged fact is still true. */
export async function checkFacts({ stores }: Storage, facts: readonly Fact[]): Promise<void> {
  const latest = new Map<string, Fact>();
  for (const fact of facts)
    latest.set(fact.kind === 'user' ? fact.sub : JSON.stringify(fact), fact);
  for (const fact of latest.values()) {
    if (fact.kind === 'user') {
      const found = await Promise.all(fact.names.map((name) => stores.users.byName(pool, name)));
      const told = fact.names.some((name) => name.endsWith('@old'));
      // The next change may have been made without being acknowledged.
      assert.equal(found[0]?.sub, fact.sub, 'an acknowledged user was lost');
      if (!told) assert.equal(found[1]?.sub, fact.sub, 'an acknowledged alias was lost');
    } else if (fact.kind === 'rotated') {
      assert.equal((await stores.sessions.byToken(fact.from))?.rotatedAtMs, t0);
      assert.ok(await stores.sessions.byToken(fact.to), 'a successor was lost');
    } else if (fact.kind === 'revoked') {
      const state = await stores.sessions.byToken(fact.token);
      assert.equal(state?.session.revokedAtMs, t0 + 1, 'a revocation was lost');
    } else {
      const user = await stores.users.bySub({ poolId: pool, sub: sub(fact.sub) });
      assert.equal(user?.lockedUntilMs, t0 + 60_000, 'a lock was lost');
    }
  }
}

/** Checks that nothing was half written: users have all their names, counts agree, rotations have a successor. */
export async function checkWholeness({ stores }: Storage): Promise<void> {
  const pages = await allPages((after: readonly string[] | undefined) =>
    stores.users.list(pool, 1_000, undefined, after),
  );
  const listed = pages.flat();
  assert.equal(await stores.pools.userCount(pool), listed.length);
  for (const { sub: id, username } of listed) {
    const user = await stores.users.bySub({ poolId: pool, sub: id });
    assert.equal(user?.names.length, 2);
    for (const { key } of user.names)
      assert.equal((await stores.users.byName(pool, key))?.sub, id, 'a name was lost');
    const first = await stores.sessions.byToken(`${username} 1`);
    const second = await stores.sessions.byToken(`${username} 2`);
    assert.equal(first?.rotatedAtMs !== undefined, second !== undefined, 'half a rotation');
  }
}
