import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '@poolhouse/core';
import { openServer } from './testing/open-server.ts';

test('whether changing a password leaves other sign-ins alone can be set, survives updates, and can be reset', async (t) => {
  const { server, call, apply } = await openServer(t);
  const id = 'local_Sessions1';
  const declare = async (line: string, days = 7) => {
    const { pools } = await apply(`
pools:
  - id: ${id}
    name: sessions
${line}
    settings: { UserPoolTags: { days: '${days}' } }
`);
    return pools[0]?.result;
  };
  const keeps = async () =>
    (await server.storage.stores.pools.get(poolId(id)))?.settings.ChangePasswordKeepsSessions ??
    false;
  assert.equal(await declare(''), 'created');
  assert.equal(await keeps(), false);
  assert.equal(await declare('    changePasswordKeepsSessions: true'), 'updated');
  assert.equal(await keeps(), true);
  const [entry] = (await server.storage.stores.audit.list({ poolId: id }, 1)).items;
  assert.deepEqual(
    [entry?.actor, entry?.operation, entry?.changes],
    [
      'declaration',
      'UpdateUserPool',
      [
        {
          record: 'user-pool',
          name: 'sessions',
          before: {},
          after: { ChangePasswordKeepsSessions: true },
        },
      ],
    ],
  );
  assert.equal(await declare('    changePasswordKeepsSessions: true'), 'kept');
  // Updates of other settings, by the file and by the API, leave it as it is; so does a file that does not mention it.
  assert.equal(await declare('    changePasswordKeepsSessions: true', 8), 'updated');
  await call('UpdateUserPool', { UserPoolId: id });
  await declare('', 9);
  assert.equal(await keeps(), true);
  assert.equal(await declare('    changePasswordKeepsSessions: false', 9), 'updated');
  assert.equal(await keeps(), false);
  await assert.rejects(declare('    changePasswordKeepsSessions: maybe'), /must be true or false/);
});

test('whether users are told of changed factors can be set, and stays where the file says nothing', async (t) => {
  const { server, apply } = await openServer(t);
  const id = 'local_Notices1';
  const declare = async (line: string) => {
    const { pools } = await apply(`
pools:
  - id: ${id}
    name: notices
${line}
`);
    return pools[0]?.result;
  };
  const setting = async () => {
    const place = { poolId: poolId(id), kind: 'notices' } as const;
    return (await server.storage.stores.configurations.get(place))?.value;
  };
  assert.equal(await declare('    tellsOfFactorChanges: true'), 'created');
  assert.equal(await setting(), undefined);
  assert.equal(await declare('    tellsOfFactorChanges: false'), 'updated');
  assert.deepEqual(await setting(), { FactorChanges: 'DISABLED' });
  const [entry] = (await server.storage.stores.audit.list({ poolId: id }, 1)).items;
  assert.deepEqual(
    [entry?.actor, entry?.changes],
    [
      'declaration',
      [
        {
          ...{ record: 'configuration', name: 'notices' },
          after: { FactorChanges: 'DISABLED' },
        },
      ],
    ],
  );
  assert.equal(await declare('    tellsOfFactorChanges: false'), 'kept');
  assert.equal(await declare(''), 'kept');
  assert.equal(await declare('    tellsOfFactorChanges: true'), 'updated');
  await assert.rejects(declare('    tellsOfFactorChanges: maybe'), /must be true or false/);
});
