import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openServer } from './testing/open-server.ts';

const id = 'local_Directory1';
const pool = (lines: string) => `
pools:
  - id: ${id}
    name: directory
${lines}
`;

/** A server, and what the audit says the declaration has done since the last time that it was asked. */
async function open(t: TestContext) {
  const opened = await openServer(t);
  let seen = 0;
  const done = async () => {
    const { items } = await opened.server.storage.stores.audit.list({ poolId: id }, 100);
    const fresh = items.slice(0, items.length - seen).toReversed();
    seen = items.length;
    return fresh.map(({ operation }) => operation);
  };
  return { ...opened, done };
}

test('resource servers and their scopes are made, kept, and set again; app clients may name them', async (t) => {
  const { call, apply, done } = await open(t);
  const declare = async (scopes: string, more = '') =>
    apply(
      pool(`    resourceServers:
      - identifier: https://api.example.com
        name: API
        scopes: ${scopes}
${more}`),
    );
  const client = `    clients:
      - name: machine
        secret: { env: POOLHOUSE_TEST_CLIENT_SECRET }
        settings:
          AllowedOAuthFlowsUserPoolClient: true
          AllowedOAuthFlows: [client_credentials]
          AllowedOAuthScopes: [https://api.example.com/read]`;
  setEnvironment(t, 'POOLHOUSE_TEST_CLIENT_SECRET', 'a'.repeat(24));
  await declare('{ write: Writes, read: Reads }', client);
  const made = ['CreateUserPool', 'CreateResourceServer', 'CreateUserPoolClient'];
  assert.deepEqual(await done(), made);
  await declare('{ read: Reads, write: Writes }', client);
  assert.deepEqual(await done(), []);
  for (const scopes of ['{ read: Reads }', '{ read: Anew }', '{ read: Anew, all: All }']) {
    await declare(scopes);
    assert.deepEqual(await done(), ['UpdateResourceServer'], scopes);
  }
  const key = { UserPoolId: id, Identifier: 'https://api.example.com' };
  const { ResourceServer } = await call('DescribeResourceServer', key);
  assert.deepEqual(ResourceServer.Scopes, [
    { ScopeName: 'all', ScopeDescription: 'All' },
    { ScopeName: 'read', ScopeDescription: 'Anew' },
  ]);
  await apply(pool(''));
  assert.deepEqual(await done(), [], 'nothing is deleted');
  await assert.rejects(
    declare("{ 'a/b': x }"),
    /resourceServers\[0\] is refused: 1 validation error/,
  );
});

test('providers are made from what the file names, and set again when it or a secret changes', async (t) => {
  const { folder, call, apply, done, server } = await open(t);
  const declare = async (details: string, more = '') =>
    apply(
      pool(`    providers:
      - name: Google
        type: Google
        details: { client_id: id, authorize_scopes: email, ${details} }
${more}`),
    );
  const file = join(folder, 'google.txt');
  await writeFile(file, 'hush\n');
  const secret = 'client_secret: { file: google.txt }';
  await declare(secret);
  assert.deepEqual(await done(), ['CreateUserPool', 'CreateIdentityProvider']);
  const shown = async () => {
    const key = { UserPoolId: id, ProviderName: 'Google' };
    return (await call('DescribeIdentityProvider', key)).IdentityProvider;
  };
  assert.equal((await shown()).ProviderDetails?.['client_secret'], 'hush');
  await declare(secret);
  assert.deepEqual(await done(), []);
  await writeFile(file, 'another');
  await declare(secret, '        identifiers: [acme]\n        attributeMapping: { email: mail }');
  assert.deepEqual(await done(), ['UpdateIdentityProvider']);
  const changed = await shown();
  assert.equal(changed.ProviderDetails?.['client_secret'], 'another');
  assert.deepEqual(changed.IdpIdentifiers, ['acme']);
  assert.deepEqual(changed.AttributeMapping, { username: 'sub', email: 'mail' });
  await declare(secret);
  assert.deepEqual(await done(), [], 'what the file omits is left alone');
  setEnvironment(t, 'POOLHOUSE_TEST_PROVIDER_SECRET', 'third');
  await declare('client_secret: { env: POOLHOUSE_TEST_PROVIDER_SECRET }');
  assert.deepEqual(await done(), ['UpdateIdentityProvider']);
  assert.equal((await shown()).ProviderDetails?.['client_secret'], 'third');
  const all = JSON.stringify(await server.storage.stores.audit.list({ poolId: id }, 100));
  for (const one of ['hush', 'another', 'third']) assert.ok(!all.includes(one));

  for (const [details, problem] of [
    [
      'client_secret: hush',
      /yaml:8 pools\[0\]\.providers\[0\]\.details\.client_secret is a secret/,
    ],
    ['client_secret: { env: A, file: b }', /either an environment variable \(env\) or a file/],
    ['client_secret: {}', /either an environment variable/],
    ['client_secret: { env: POOLHOUSE_TEST_NOT_SET }', /POOLHOUSE_TEST_NOT_SET, which is not set/],
    ['client_secret: { file: none.txt }', /none\.txt, which cannot be read \(ENOENT\)/],
    ['api_version: 5', /must be a text/],
  ] as const) {
    await assert.rejects(declare(details), problem);
  }
  const saml = pool('    providers: [{ name: Google, type: SAML, details: {} }]');
  await assert.rejects(apply(saml), /is SAML, but the provider is of type Google/);
  await rm(file);
});

test('a secret of an app client is the one it is made with, then its second, and no third', async (t) => {
  const { call, apply, done } = await open(t);
  const NAME = 'POOLHOUSE_TEST_CLIENT_SECRET';
  const declare = () => apply(pool(`    clients: [{ name: web, secret: { env: ${NAME} } }]`));
  const [first, second, third] = ['one', 'two', 'three'].map((text) => text.padEnd(24, '_'));
  assert(first && second && third);
  setEnvironment(t, NAME, 'too-short-for-one');
  await assert.rejects(declare(), (error: Error) => {
    assert.match(error.message, /secret is refused: \d validation error/);
    assert.ok(!error.message.includes('too-short-for-one'));
    return true;
  });
  setEnvironment(t, NAME, first);
  const { pools } = await declare();
  assert.deepEqual((await done()).slice(-1), ['CreateUserPoolClient']);
  const key = { UserPoolId: id, ClientId: pools[0]?.clients[0]?.id ?? '' };
  const secrets = async () =>
    (await call('ListUserPoolClientSecrets', key)).ClientSecrets?.map((one) => one.ClientSecretId);
  const newest = async () =>
    (await call('DescribeUserPoolClient', key)).UserPoolClient?.ClientSecret;
  assert.equal(await newest(), first);
  await declare();
  assert.deepEqual(await done(), []);
  setEnvironment(t, NAME, second);
  await declare();
  assert.deepEqual(await done(), ['AddUserPoolClientSecret']);
  const [old = '', ...rest] = (await secrets()) ?? [];
  assert.equal(rest.length, 1);
  assert.equal(await newest(), second);
  setEnvironment(t, NAME, first);
  await declare();
  assert.deepEqual(await done(), [], 'either of the two is right');
  setEnvironment(t, NAME, third);
  await assert.rejects(declare(), /is a third secret of the app client.*Delete one/s);
  await call('DeleteUserPoolClientSecret', { ...key, ClientSecretId: old });
  await declare();
  assert.equal(await newest(), third);
  const asOpen = pool('    clients: [{ name: open }]');
  await apply(asOpen);
  const late = pool(`    clients: [{ name: open, secret: { env: ${NAME} } }]`);
  await assert.rejects(apply(late), /secret is refused: User pool client \w+ has no secret/);
});

/** Sets a variable until the test ends. */
function setEnvironment(t: TestContext, name: string, value: string): void {
  process.env[name] = value;
  t.after(() => delete process.env[name]);
}
