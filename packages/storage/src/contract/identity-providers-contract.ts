import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PoolGoneError, type IdentityProvider, type PoolId, type SamlKey } from '@poolhouse/core';
import { aPool, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

const MOST = 100;

function aProvider(
  poolId: PoolId,
  name: string,
  over: Partial<IdentityProvider> = {},
): IdentityProvider {
  return {
    ...{ poolId, name, type: 'OIDC', details: { client_id: 'x' }, attributeMapping: {} },
    ...{ idpIdentifiers: [], createdAtMs: t0, modifiedAtMs: t0 },
    ...over,
  };
}

/** What IdentityProviderStore and SamlKeyStore promise. */
export function identityProvidersContract(make: MakeDatabase): void {
  describeStore('identity providers', make, (subject) => {
    test('a provider is read as it was written, by name and by identifier, before and after a restart', async () => {
      const poolId = await subject.newPool();
      const bare = aProvider(poolId, 'Bare');
      const full = aProvider(poolId, 'Full', {
        sealedSecrets: 'sealed',
        attributeMapping: { email: 'mail' },
        idpIdentifiers: ['example.com', 'acme'],
        acrMapping: { Level1: 'urn:1' },
      });
      const { identityProviders } = subject.stores;
      assert.equal(await identityProviders.add(bare, MOST), 'added');
      assert.equal(await identityProviders.add(full, MOST), 'added');
      assert.equal(await identityProviders.add({ ...full, idpIdentifiers: [] }, MOST), 'taken');
      await subject.restart();
      const { identityProviders: after } = subject.stores;
      assert.deepStrictEqual(await after.get(poolId, 'Bare'), bare);
      assert.deepStrictEqual(await after.get(poolId, 'Full'), full);
      assert.deepStrictEqual(await after.byIdentifier(poolId, 'acme'), full);
      assert.equal(await after.byIdentifier(poolId, 'Acme'), undefined);
      assert.equal(await after.get(await subject.newPool(), 'Full'), undefined);
    });

    test('an identifier belongs to one provider of a pool, and is free again when it is given up', async () => {
      const { identityProviders } = subject.stores;
      const poolId = await subject.newPool();
      const named = (name: string, ...idpIdentifiers: string[]) =>
        aProvider(poolId, name, { idpIdentifiers });
      await identityProviders.add(named('One', 'a', 'b'), MOST);
      const taken = { identifierTaken: 'b' };
      assert.deepEqual(await identityProviders.add(named('Two', 'b', 'c'), MOST), taken);
      assert.equal(await identityProviders.get(poolId, 'Two'), undefined);
      assert.equal(await identityProviders.add(named('Two', 'c'), MOST), 'added');
      const ofTwo = (...ids: string[]) =>
        identityProviders.change(poolId, 'Two', (one) => ({ ...one, idpIdentifiers: ids }));
      assert.deepEqual(await ofTwo('c', 'b'), taken);
      assert.equal((await identityProviders.byIdentifier(poolId, 'b'))?.name, 'One');
      await identityProviders.change(poolId, 'One', (one) => ({ ...one, idpIdentifiers: ['a'] }));
      assert.deepStrictEqual(await ofTwo('b'), named('Two', 'b'));
      assert.equal((await identityProviders.byIdentifier(poolId, 'b'))?.name, 'Two');
      assert.equal(await identityProviders.byIdentifier(poolId, 'c'), undefined);
      assert.equal(await identityProviders.delete(poolId, 'Two'), true);
      assert.equal(await identityProviders.delete(poolId, 'Two'), false);
      assert.equal(await identityProviders.byIdentifier(poolId, 'b'), undefined);
      const other = await subject.newPool();
      const elsewhere = aProvider(other, 'One', { idpIdentifiers: ['a'] });
      assert.equal(await identityProviders.add(elsewhere, MOST), 'added');
    });

    test('of eight that take one identifier or one name, one wins; eight changes are all kept', async () => {
      const { identityProviders } = subject.stores;
      const poolId = await subject.newPool();
      const byIdentifier = await eightTakers(async (taker) => {
        const provider = aProvider(poolId, `P${taker}`, { idpIdentifiers: ['one'] });
        return JSON.stringify(await identityProviders.add(provider, MOST));
      });
      assert.equal(byIdentifier.get('"added"'), 1);
      const byName = await eightTakers(() =>
        identityProviders.add(aProvider(poolId, 'Same', { details: { said: '' } }), MOST),
      );
      assert.deepEqual([byName.get('added'), byName.get('taken')], [1, 7]);
      await eightTakers((taker) =>
        identityProviders.change(poolId, 'Same', (one) => ({
          ...one,
          details: { said: (one.details['said'] ?? '') + taker },
        })),
      );
      const { details } = (await identityProviders.get(poolId, 'Same')) ?? {};
      assert.equal([...(details?.['said'] ?? '')].sort().join(''), '01234567');
      assert.equal(await identityProviders.add(aProvider(poolId, 'Third'), 2), 'full');
      assert.equal(await identityProviders.change(poolId, 'None', (one) => one), undefined);
    });

    test('they are listed by name, and their secrets sealed anew, page by page', async () => {
      const { identityProviders } = subject.stores;
      const poolId = await subject.newPool();
      for (const name of ['b', 'Z', 'a']) {
        const sealedSecrets = name === 'a' ? {} : { sealedSecrets: `1.${name}` };
        await identityProviders.add(aProvider(poolId, name, sealedSecrets), MOST);
      }
      for (const limit of [1, 2, 3]) {
        const pages = await allPages((after: string | undefined) =>
          identityProviders.list(poolId, limit, after),
        );
        assert.deepEqual(
          pages.flat().map(({ name }) => name),
          ['Z', 'a', 'b'],
        );
        assert.equal(pages.length, Math.ceil(3 / limit));
      }
      let after: string | undefined = '';
      while (after !== undefined) {
        after = await identityProviders.reseal(poolId, 2, after, (one) => ({
          ...one,
          sealedSecrets: one.sealedSecrets.replace('1', '2'),
        }));
      }
      const sealed = (await identityProviders.list(poolId, 60)).items.map(
        (one) => one.sealedSecrets,
      );
      assert.deepEqual(sealed, ['2.Z', undefined, '2.b']);
    });

    test('a deleted pool takes no more, and made again it has neither providers nor keys', async () => {
      const { identityProviders, pools, samlKeys } = subject.stores;
      const poolId = await subject.newPool();
      const key: SamlKey = {
        ...{ poolId, use: 'signing', certificate: 'c', sealedPrivate: '1.s' },
        createdAtMs: t0,
      };
      for (const name of ['One', 'Two'])
        await identityProviders.add(aProvider(poolId, name, { idpIdentifiers: [name] }), MOST);
      assert.equal(await samlKeys.get(poolId, 'signing'), undefined);
      const made = await eightTakers(() => samlKeys.createIfAbsent(key));
      assert.equal(made.get(true), 1);
      assert.equal(await samlKeys.reseal(poolId, 'signing', '2.s'), true);
      assert.equal(await samlKeys.reseal(poolId, 'encryption', '2.s'), false);
      const sealedAnew = { ...key, sealedPrivate: '2.s' };
      assert.deepStrictEqual(await samlKeys.get(poolId, 'signing'), sealedAnew);
      assert.equal(await samlKeys.get(poolId, 'encryption'), undefined);

      await pools.delete(poolId, t0);
      await assert.rejects(identityProviders.add(aProvider(poolId, 'New'), MOST), PoolGoneError);
      await assert.rejects(samlKeys.createIfAbsent({ ...key, use: 'encryption' }), PoolGoneError);
      assert.equal(await identityProviders.reseal(poolId, 60, '', (one) => one), undefined);
      assert.equal(await pools.carryOutDeletion(poolId, 1, t0 + 60_000), 'rows');
      assert.equal(await pools.carryOutDeletion(poolId, 100, t0 + 60_000), 'gone');
      await pools.createIfAbsent(aPool({ id: poolId }));
      assert.deepEqual((await identityProviders.list(poolId, 60)).items, []);
      assert.equal(await identityProviders.byIdentifier(poolId, 'One'), undefined);
      assert.equal(await samlKeys.get(poolId, 'signing'), undefined);
    });
  });
}
