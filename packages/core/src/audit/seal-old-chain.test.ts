import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '../domain/ids.ts';
import type { AuditEntry } from '../ports/stores/audit.ts';
import { openHarness } from '../testing/harness.ts';
import { CHAIN_START, pruningMac } from './entry.ts';
import { peopleKey, showEntry } from './people.ts';
import { sealOldChain } from './seal-old-chain.ts';
import { chainKey, walkChain } from './walk-chain.ts';

test('an audit from before hashes were keyed is sealed and relinked, once', async (t) => {
  const harness = await openHarness(t);
  const { storage, world } = harness;
  const { audit, users } = storage.stores;
  const { UserPoolId } = await harness.makePool();
  await harness.call('SignUp', {
    ClientId: (await harness.call('ListUserPoolClients', { UserPoolId })).UserPoolClients?.[0]
      ?.ClientId as string,
    Username: 'mara',
    Password: 'Right-1234',
  });
  // The entries as the first version wrote them: people in clear, hashes without a key.
  const entries = (await audit.list({}, 10)).items.length;
  await audit.rewrite(async (entry, previous) => old(entry, previous));
  const facts = { atMs: 1, actor: 'local', actorKind: 'access-key', poolId: poolId(UserPoolId) };
  for (const name of ['mara', 'somebody who is gone']) {
    const changes = [{ record: 'user', name, after: { 'attribute.name': `Canary of ${name}` } }];
    await audit.append((last) =>
      old(
        { ...facts, operation: 'AdminUpdateUserAttributes', changes } as unknown as AuditEntry,
        last,
      ),
    );
  }

  assert.equal(await sealOldChain(storage, world), entries + 2);
  const key = await chainKey(world.vault);
  const { fault, count } = await walkChain(audit, key, { pageSize: 3 });
  assert.deepEqual([fault, count], [undefined, entries + 3]);
  const [told, ...items] = (await audit.list({}, 3)).items;
  assert.deepEqual(
    [told?.actorKind, told?.operation, told?.changes],
    [
      'server',
      'audit sealed anew',
      [{ record: 'audit', name: 'audit', after: { entries: entries + 2 } }],
    ],
  );
  assert.ok(!JSON.stringify(items).includes('Canary'));
  const shown = await Promise.all(
    items.map((entry) =>
      showEntry(
        entry,
        async (id) => peopleKey(await world.vault.of(id)),
        (id, sub) => users.bySub({ poolId: poolId(id), sub }),
      ),
    ),
  );
  assert.deepEqual(shown[1]?.changes, [
    { record: 'user', name: 'mara', after: { 'attribute.name': 'Canary of mara' } },
  ]);
  assert.ok(!JSON.stringify(shown[0]).includes('gone'));
  assert.equal(await sealOldChain(storage, world), 0, 'the second time there is nothing to do');
});

test('an audit that is made to look old cannot be relinked unnoticed', async (t) => {
  const harness = await openHarness(t);
  const { storage, world } = harness;
  const { audit } = storage.stores;
  await harness.makePool();
  await harness.makePool();
  const key = await chainKey(world.vault);
  const check = () => walkChain(audit, key, { pageSize: 3 });
  const { items } = await audit.list({}, 100);

  // One keyed hash is left, anywhere: then it is not an old audit, and stays broken.
  for (const left of items.slice(1)) {
    await audit.rewrite(async (entry, previous) => ({
      ...entry,
      actor: 'forged',
      hash: entry.number === left.number ? left.hash : old(entry, previous).hash,
    }));
    assert.equal(await sealOldChain(storage, world), 0);
    assert.equal((await check()).fault?.kind, 'changed');
  }

  // None is left: it is relinked, and says so for good.
  await audit.rewrite(async (entry, previous) => old({ ...entry, changes: [] }, previous));
  assert.equal(await sealOldChain(storage, world), items.length);
  assert.equal((await check()).fault, undefined);
  await audit.rewrite(async (entry, previous) => old(entry, previous));
  assert.equal(await sealOldChain(storage, world), items.length + 1);
  const operations = (await audit.list({}, 2)).items.map(({ operation }) => operation);
  assert.deepEqual(operations, ['audit sealed anew', 'audit sealed anew']);
});

test('only keyed audits were ever shortened by retention', async (t) => {
  const harness = await openHarness(t);
  const { storage, world } = harness;
  const { audit } = storage.stores;
  await harness.makePool();
  await harness.makePool();
  harness.advance(1000);
  const key = await chainKey(world.vault);
  await audit.prune(world.clock.nowMs(), 1, pruningMac(key));
  await audit.rewrite(async (entry, previous) => ({ ...entry, hash: old(entry, previous).hash }));
  assert.equal(await sealOldChain(storage, world), 0);
});

function old(
  entry: AuditEntry,
  previous: { readonly number: number; readonly hash: string } | undefined,
): AuditEntry {
  const number = (previous?.number ?? 0) + 1;
  const previousHash = previous?.hash ?? CHAIN_START;
  return { ...entry, number, previousHash, hash: `old hash ${number}` };
}
