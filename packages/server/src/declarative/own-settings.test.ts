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

test('links in mails of a first factor can be set with their texts, and turned off again', async (t) => {
  const { server, apply } = await openServer(t);
  const id = 'local_Links1';
  const declare = async (links: string) => {
    const { pools } = await apply(`
pools:
  - id: ${id}
    name: links
    signInLinks: ${links}
`);
    return pools[0]?.result;
  };
  const setting = async () => {
    const place = { poolId: poolId(id), kind: 'sign-in-links' } as const;
    return (await server.storage.stores.configurations.get(place))?.value;
  };
  assert.equal(await declare('{ enabled: false }'), 'created');
  assert.equal(await setting(), undefined);
  const texts = "subject: 'Welcome', message: '{##Sign in##} or {####}'";
  assert.equal(await declare(`{ enabled: true, ${texts} }`), 'updated');
  const [EmailSubject, EmailMessage] = ['Welcome', '{##Sign in##} or {####}'];
  assert.deepEqual(await setting(), { Enabled: true, EmailSubject, EmailMessage });
  assert.equal(await declare(`{ enabled: true, ${texts} }`), 'kept');
  assert.equal(await declare('{ enabled: true }'), 'updated');
  assert.deepEqual(await setting(), { Enabled: true });
  assert.equal(await declare('{ enabled: false }'), 'updated');
  for (const [links, problem] of [
    ['true', /signInLinks/],
    ['{ enabled: perhaps }', /must be true or false/],
    ["{ enabled: true, message: 'Use {####}' }", /must have the link/],
    ["{ enabled: true, message: '{##Sign in##}' }", /must have the link/],
    ["{ enabled: true, message: '{####} and {####}' }", /must have the link/],
    [`{ enabled: true, subject: '${'x'.repeat(141)}' }`, /at most 140 characters/],
    ['{ enabled: true, url: x }', /must not have url/],
  ] as const) {
    await assert.rejects(declare(links), problem);
  }
});
