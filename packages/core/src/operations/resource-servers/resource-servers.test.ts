import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

const scope = (ScopeName: string, ScopeDescription = 'A scope') => ({
  ScopeName,
  ScopeDescription,
});
const Identifier = 'https://api.example.com';
const invalid = 'InvalidParameterException';
const missing = 'ResourceNotFoundException';

test('a resource server is made, shown with its scopes by name, replaced and deleted', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const key = { UserPoolId, Identifier };
  const Scopes = [scope('write'), scope('read', 'Reads')];
  const made = await harness.call('CreateResourceServer', { ...key, Name: 'API', Scopes });
  const server = {
    UserPoolId,
    Identifier,
    Name: 'API',
    Scopes: [scope('read', 'Reads'), scope('write')],
  };
  assert.deepEqual(made, { ResourceServer: server });
  assert.deepEqual(await harness.call('DescribeResourceServer', key), made);
  const again = harness.call('CreateResourceServer', { ...key, Name: 'Other' });
  const taken = `${Identifier} already exists in user pool ${UserPoolId}.`;
  await assert.rejects(again, { code: invalid, message: taken });
  assert.deepEqual(await harness.call('DescribeResourceServer', key), made);

  const update = { ...key, Name: 'New', Scopes: [scope('all')] };
  const updated = await harness.call('UpdateResourceServer', update);
  assert.deepEqual(updated.ResourceServer, update);
  const bare = await harness.call('UpdateResourceServer', { ...key, Name: 'Bare' });
  assert.deepEqual(bare.ResourceServer, { ...key, Name: 'Bare', Scopes: [] });
  assert.deepEqual(await harness.call('DescribeResourceServer', key), bare);
  assert.deepEqual(await harness.call('DeleteResourceServer', key), {});
  const text = `Resource server ${Identifier} does not exist.`;
  await harness.refuses('DescribeResourceServer', key, missing, text);
  await harness.refuses('UpdateResourceServer', { ...key, Name: 'x' }, missing, text);
  await harness.refuses('DeleteResourceServer', key, missing, text);
});

test('names, identifiers and scopes keep to the model, and a refusal makes nothing', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const good = { UserPoolId, Identifier: 'api', Name: 'API' };
  const pattern = (at: string) =>
    new RegExp(`at '${at}' failed to satisfy constraint: Member must satisfy regular expression`);
  const many = Array.from({ length: 101 }, (_, at) => scope(`s${at}`));
  const cases: readonly [Partial<InputOf<'CreateResourceServer'>>, string | RegExp][] = [
    [{ Identifier: 'my api' }, pattern('identifier')],
    [{ Identifier: 'a"b' }, pattern('identifier')],
    [{ Identifier: 'a'.repeat(257) }, /at 'identifier' failed .* less than or equal to 256/],
    [{ Name: 'API!' }, pattern('name')],
    [{ Scopes: [scope('a/b')] }, pattern('scopes.1.member.scopeName')],
    [{ Scopes: [scope('a'), scope('a b')] }, pattern('scopes.2.member.scopeName')],
    [{ Scopes: [scope('a', '')] }, /at 'scopes.1.member.scopeDescription' failed .* or equal to 1/],
    [{ Scopes: many }, /at 'scopes' failed to satisfy constraint: .* less than or equal to 100/],
    [{ Scopes: [scope('a'), scope('b'), scope('a', 'x')] }, 'The scope a is given twice.'],
  ];
  for (const [given, text] of cases) {
    await harness.refuses('CreateResourceServer', { ...good, ...given }, invalid, text);
  }
  assert.deepEqual(await harness.call('ListResourceServers', { UserPoolId }), {
    ResourceServers: [],
  });
  await harness.call('CreateResourceServer', { ...good, Scopes: many.slice(1) });
  const twice = { ...good, Name: 'New', Scopes: [scope('a'), scope('a')] };
  await harness.refuses('UpdateResourceServer', twice, invalid, /given twice/);
  const { ResourceServer } = await harness.call('DescribeResourceServer', good);
  assert.deepEqual([ResourceServer.Name, ResourceServer.Scopes?.length], ['API', 100]);
});

test('they are listed page by page, each pool its own, up to 300', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const other = await harness.makePool();
  const names = Array.from({ length: 300 }, (_, at) => `api-${String(at).padStart(3, '0')}`);
  for (const name of names.toReversed()) {
    await harness.call('CreateResourceServer', { UserPoolId, Identifier: name, Name: name });
  }
  const one = { UserPoolId, Identifier: 'one-more', Name: 'x' };
  await harness.refuses('CreateResourceServer', one, 'LimitExceededException', /at most 300/);
  const listed: (string | undefined)[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const page = await harness.call('ListResourceServers', { UserPoolId, NextToken });
    listed.push(...page.ResourceServers.map((server) => server.Identifier));
    NextToken = page.NextToken;
    pages += 1;
  } while (NextToken !== undefined);
  assert.deepEqual([listed, pages], [names, 6]);
  const first = await harness.call('ListResourceServers', { UserPoolId, MaxResults: 1 });
  const elsewhere = { UserPoolId: other.UserPoolId, NextToken: first.NextToken };
  await harness.refuses('ListResourceServers', elsewhere, invalid, 'Invalid pagination token');
  const { ResourceServers } = await harness.call('ListResourceServers', {
    UserPoolId: other.UserPoolId,
  });
  assert.deepEqual(ResourceServers, []);
});

test('app clients may name the scopes that exist, and no others', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const other = await harness.makePool();
  const key = { UserPoolId, Identifier };
  const Scopes = [scope('read'), scope('write')];
  await harness.call('CreateResourceServer', { ...key, Name: 'API', Scopes });
  const machine = {
    UserPoolId,
    ClientName: 'machine',
    GenerateSecret: true,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['client_credentials'] as const,
  };
  const AllowedOAuthScopes = [`${Identifier}/write`, `${Identifier}/read`];
  const made = await harness.call('CreateUserPoolClient', { ...machine, AllowedOAuthScopes });
  assert.deepEqual(made.UserPoolClient?.AllowedOAuthScopes, AllowedOAuthScopes.toReversed());
  const absent = 'ScopeDoesNotExistException';
  const refuses = async (unknown: string, pool = UserPoolId) => {
    const text = `Invalid scope requested: ${unknown}`;
    const input = { ...machine, UserPoolId: pool, AllowedOAuthScopes: [unknown] };
    await harness.refuses('CreateUserPoolClient', input, absent, text);
    if (pool !== UserPoolId) return;
    const update = { UserPoolId, ClientId, AllowedOAuthScopes: ['openid', unknown] };
    await harness.refuses('UpdateUserPoolClient', update, absent, text);
  };
  for (const unknown of [
    `${Identifier}/`,
    `${Identifier}/reads`,
    `${Identifier}/READ`,
    'read',
    '/',
  ])
    await refuses(unknown);
  await refuses('https://other.example.com/read');
  await refuses(`${Identifier}/read`, other.UserPoolId);

  // A scope that is gone stays where it is named, and is refused at the next update.
  await harness.call('UpdateResourceServer', { ...key, Name: 'API', Scopes: [scope('read')] });
  await refuses(`${Identifier}/write`);
  const ofMachine = { UserPoolId, ClientId: made.UserPoolClient?.ClientId ?? '' };
  const shown = await harness.call('DescribeUserPoolClient', ofMachine);
  assert.deepEqual(shown.UserPoolClient?.AllowedOAuthScopes, AllowedOAuthScopes.toReversed());
  await harness.call('DeleteResourceServer', key);
  await refuses(`${Identifier}/read`);
});

test('pools elsewhere have none, and are not found', async (t) => {
  const harness = await openHarness(t);
  const key = { UserPoolId: 'eu-west-1_none', Identifier, Name: 'API' };
  for (const name of [
    'CreateResourceServer',
    'DescribeResourceServer',
    'UpdateResourceServer',
    'DeleteResourceServer',
    'ListResourceServers',
  ] as const) {
    await harness.refuses(name, key, missing, 'User pool eu-west-1_none does not exist.');
  }
});
