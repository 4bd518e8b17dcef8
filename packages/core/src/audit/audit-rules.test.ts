import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientId, poolId, sub } from '../domain/ids.ts';
import type { GroupStore, Stores } from '../ports/stores/index.ts';
import { openHarness } from '../testing/harness.ts';
import type { AuditRules, StoreAudit } from './audit-rule.ts';
import { auditedStores } from './audited-stores.ts';
import { Recorder } from './recorder.ts';

interface Branding {
  save(logo: string): Promise<void>;
}

// The type check fails if one of these compiles.

export const newStore = (rules: AuditRules): AuditRules<Stores & { branding: Branding }> =>
  // @ts-expect-error: a new store has no rule
  rules;

export const newMethod = (
  rules: StoreAudit<GroupStore>,
): StoreAudit<GroupStore & { rename(from: string, to: string): Promise<void> }> =>
  // @ts-expect-error: a new method of an audited store has no rule
  rules;

export const leftOut = (rules: Omit<AuditRules, 'codes'>): AuditRules =>
  // @ts-expect-error: a store has no rule any more
  rules;

export const withoutReason: AuditRules<{ branding: Branding }> = {
  // @ts-expect-error: a method that is not audited must say why
  branding: 'not audited',
};

export const otherAnswer: StoreAudit<Branding> = {
  // @ts-expect-error: a rule must return what its method does
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

test('a change of a configuration is recorded before and after, by its kind and its owner', async (t) => {
  const { storage, makePool } = await openHarness(t);
  const { UserPoolId, ClientId } = await makePool();
  const place = { poolId: poolId(UserPoolId), kind: 'log-delivery' } as const;
  const looks = { ...place, kind: 'ui-customization', clientId: clientId(ClientId) } as const;
  const noted: unknown[] = [];
  const { configurations } = auditedStores(storage.stores, (write) =>
    storage.transaction(async (inner) => {
      const audit = new Recorder(inner, { newSalt: String, seal: () => assert.fail() });
      const result = await write(audit);
      noted.push(JSON.parse(JSON.stringify(audit.changes)));
      return result;
    }),
  );
  assert.equal(await configurations.change(place, () => ({ LogConfigurations: [] }), 1), true);
  await configurations.change(looks, () => ({ CSS: 'a', CSSVersion: '1' }), 1);
  await configurations.change(looks, (current) => ({ ...current, CSS: 'b' }), 1);
  await configurations.change(looks, (current) => current, 1);
  await configurations.change(place, () => undefined, 1);
  const absent = { ...looks, clientId: clientId('none') };
  assert.equal(await configurations.change(absent, () => ({}), 1), false);
  const record = 'configuration';
  const name = `ui-customization of ${ClientId}`;
  assert.deepEqual(noted, [
    [{ record, name: 'log-delivery', after: { LogConfigurations: [] } }],
    [{ record, name, after: { CSS: 'a', CSSVersion: '1' } }],
    [{ record, name, before: { CSS: 'a' }, after: { CSS: 'b' } }],
    [],
    [{ record, name: 'log-delivery', before: { LogConfigurations: [] } }],
    [],
  ]);
});

test('reads, and methods that are not audited, use the store itself', async (t) => {
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
