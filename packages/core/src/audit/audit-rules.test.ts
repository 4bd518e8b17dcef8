import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId, sub } from '../domain/ids.ts';
import type { GroupStore, Stores } from '../ports/stores/index.ts';
import { openHarness } from '../testing/harness.ts';
import type { AuditRules, StoreRules } from './audit-rules.ts';
import { auditedStores } from './audited-stores.ts';

interface Branding {
  save(logo: string): Promise<void>;
}

// The type check fails where one of these compiles.

export const newStore = (rules: AuditRules): AuditRules<Stores & { branding: Branding }> =>
  // @ts-expect-error: a new store is not decided
  rules;

export const newMethod = (
  rules: StoreRules<GroupStore>,
): StoreRules<GroupStore & { rename(from: string, to: string): Promise<void> }> =>
  // @ts-expect-error: a new method of an audited store is not decided
  rules;

export const leftOut = (rules: Omit<AuditRules, 'codes'>): AuditRules =>
  // @ts-expect-error: a store has no rule any more
  rules;

export const withoutReason: AuditRules<{ branding: Branding }> = {
  // @ts-expect-error: what is not audited says why
  branding: 'not audited',
};

export const otherAnswer: StoreRules<Branding> = {
  // @ts-expect-error: a rule answers what its method does
  save: (_audit, logo: string) => Promise.resolve(logo),
};

test('an audited view has every method of every store', async (t) => {
  const { storage } = await openHarness(t);
  await storage.transaction(async (stores) => {
    const audited = auditedStores(stores, () => Promise.resolve());
    for (const [name, store] of Object.entries(stores) as [keyof Stores, object][]) {
      const view = audited[name] as unknown as Record<string, unknown>;
      for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(store))) {
        assert.equal(typeof view[method], 'function', `${name}.${method}`);
      }
    }
  });
});

test('reads, and what is not audited, go to the store itself', async (t) => {
  const { storage, makePool } = await openHarness(t);
  const { UserPoolId } = await makePool();
  const ref = { poolId: poolId(UserPoolId), sub: sub('nobody') };
  let recorded = 0;
  const { pools, users, sessions } = auditedStores(storage.stores, async () => {
    recorded += 1;
  });
  assert.equal((await pools.get(ref.poolId))?.id, UserPoolId);
  await users.noteSignIn(ref, 1);
  assert.equal(recorded, 0);
  await sessions.revokeAllOf(ref, 1);
  assert.equal(recorded, 1);
});
