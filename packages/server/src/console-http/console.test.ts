import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registry } from '@poolhouse/core';
import { operationNames } from '@poolhouse/model';
import { ADMINISTRATORS_POOL, CONSOLE_CLIENT } from '../pools/administrators-pool.ts';
import { startServer } from '../testing/start-server.ts';
import { ADMINISTRATOR_ACTIONS } from './administrator-routes.ts';
import { includes, leastRole, ROLES, type Role } from './roles.ts';
import {
  accessTokenOf,
  addAdministrator,
  administrator,
  asServer,
  PASSWORD,
} from './testing/administrator.ts';

const offered = operationNames.filter((name) => leastRole(name) !== undefined);

/** Every endpoint behind a session, with the least role that it requires. */
function endpoints(poolId: string) {
  const read = (path: string, least: Role) => ({ method: 'GET', path, least }) as const;
  const write = (path: string, least: Role) => ({ method: 'POST', path, least }) as const;
  return [
    read('/session', 'viewer'),
    read(`/pools/${poolId}/metrics`, 'viewer'),
    read('/audit', 'operator'),
    read('/audit/export', 'operator'),
    write(`/pools/${poolId}/messages/preview`, 'viewer'),
    write(`/pools/${poolId}/messages/test`, 'operator'),
    write(`/pools/${poolId}/users/list`, 'viewer'),
    read('/administrators', 'owner'),
    ...ADMINISTRATOR_ACTIONS.map((action) => write(`/administrators/${action}`, 'owner')),
    write('/account/sign-out', 'viewer'),
    ...offered.map((name) => write(`/operations/${name}`, leastRole(name) ?? 'owner')),
    { method: 'DELETE', path: '/session', least: 'viewer' } as const,
  ];
}

test('what the console offers: the signed operations, each with its least role', () => {
  for (const name of offered) assert.ok(registry.has(name));
  const of = (role: Role) => offered.filter((name) => leastRole(name) === role);
  assert.ok(of('viewer').every((name) => /^(Admin)?(Get|List|Describe)/.test(name)));
  assert.ok(of('operator').includes('AdminDeleteUser'));
  assert.ok(of('owner').includes('DeleteUserPool') && of('owner').includes('CreateGroup'));
  for (const name of ['AdminInitiateAuth', 'AdminRespondToAuthChallenge', 'SignUp'] as const) {
    assert.equal(leastRole(name), undefined);
  }
});

test('every endpoint refuses every request that it must', async (t) => {
  const running = await startServer(t);
  const byRole = {
    owner: await administrator(running, 'owner'),
    operator: await administrator(running, 'operator'),
    viewer: await administrator(running, 'viewer'),
  };
  const { UserPool } = await byRole.owner.call('CreateUserPool', { PoolName: 'shop' });
  const poolId = UserPool?.Id ?? '';
  const body = { region: 'local', input: {} };
  const digest = async () =>
    JSON.stringify(await running.server.storage.stores.audit.list({}, 100));
  const before = await digest();

  for (const { method, path, least } of endpoints(poolId)) {
    await t.test(`${method} ${path}`, async () => {
      const { owner } = byRole;
      const sent = method === 'POST' ? body : undefined;
      const code = async (headers: Readonly<Record<string, string | undefined>>, who = owner) => {
        const answer = await who.send(method, path, sent, headers);
        return `${answer.status} ${String(answer.json()['code'])}`;
      };
      assert.equal(await code({ Cookie: undefined }), '401 SignedOut');
      assert.equal(await code({ Cookie: `${owner.cookie}x` }), '401 SignedOut');
      assert.equal(await code({ Cookie: `${owner.cookie}; ${owner.cookie}` }), '401 SignedOut');
      if (method !== 'GET') {
        assert.equal(await code({ Origin: 'https://evil.example' }), '403 Origin');
        assert.equal(await code({ Origin: undefined }), '403 Origin');
        assert.equal(await code({ Origin: 'null' }), '403 Origin');
        assert.equal(await code({ 'Sec-Fetch-Site': 'cross-site' }), '403 Origin');
        assert.equal(await code({ 'Sec-Fetch-Site': 'same-site' }), '403 Origin');
        assert.equal(await code({ 'X-Poolhouse-Csrf': undefined }), '403 Csrf');
        assert.equal(await code({ 'X-Poolhouse-Csrf': 'x'.repeat(43) }), '403 Csrf');
        assert.equal(await code({ 'X-Poolhouse-Csrf': byRole.viewer.csrfToken }), '403 Csrf');
      }
      if (method === 'POST') {
        const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
        assert.equal(await code(form), '400 BadRequest');
        assert.equal(await code({ 'Content-Type': 'text/plain' }), '400 BadRequest');
      }
      for (const role of ROLES.filter((one) => !includes(one, least))) {
        assert.equal(await code({}, byRole[role]), '403 Forbidden', role);
      }
    });
  }
  assert.equal(await digest(), before, 'nothing was changed');

  await t.test('the administrators’ own pool, by any operation, key or region', async () => {
    const { owner } = byRole;
    const named = { region: 'local', input: { UserPoolId: ADMINISTRATORS_POOL } };
    const listed = { region: 'console', input: { MaxResults: 60 } };
    for (const [name, sent] of [
      ['DescribeUserPool', named],
      ['DeleteUserPool', named],
      ['ListUsers', named],
      ['ListUserPools', listed],
    ] as const) {
      const answer = await owner.send('POST', `/operations/${name}`, sent);
      assert.equal(answer.status, 404, name);
    }
    const client = running.client();
    const { DescribeUserPoolCommand, ListUserPoolsCommand } =
      await import('@aws-sdk/client-cognito-identity-provider');
    await assert.rejects(
      client.send(new DescribeUserPoolCommand({ UserPoolId: ADMINISTRATORS_POOL })),
      { name: 'ResourceNotFoundException' },
    );
    const spying = running.client(undefined, 'console');
    await assert.rejects(spying.send(new ListUserPoolsCommand({ MaxResults: 60 })), {
      name: 'ResourceNotFoundException',
    });
  });

  await t.test('an operation that is not offered, or does not exist', async () => {
    for (const name of [
      'AdminInitiateAuth',
      'SignUp',
      'InitiateAuth',
      'CreateUserPoolDomain',
      'x',
    ]) {
      const answer = await byRole.owner.send('POST', `/operations/${name}`, body);
      assert.equal(answer.status, 404, name);
    }
  });
});

test('a session ends on sign-out, disabling, leaving the role, and after its time', async (t) => {
  let nowMs = Date.now();
  const running = await startServer(t, { replacements: { clock: { nowMs: () => nowMs } } });
  const status = async (who: Awaited<ReturnType<typeof administrator>>) =>
    (await who.send('GET', '/session')).status;
  const user = (Username: string) => ({ UserPoolId: ADMINISTRATORS_POOL, Username });

  const leaving = await administrator(running, 'owner', 'leaving');
  assert.equal((await leaving.send('DELETE', '/session')).status, 200);
  assert.equal(await status(leaving), 401);

  const disabled = await administrator(running, 'owner', 'disabled');
  await asServer(running, 'AdminDisableUser', user('disabled'));
  assert.equal(await status(disabled), 401);

  const demoted = await administrator(running, 'owner', 'demoted');
  await asServer(running, 'AdminAddUserToGroup', { ...user('demoted'), GroupName: 'viewer' });
  await asServer(running, 'AdminRemoveUserFromGroup', { ...user('demoted'), GroupName: 'owner' });
  assert.equal((await demoted.send('GET', '/session')).json()['role'], 'viewer');
  await asServer(running, 'AdminRemoveUserFromGroup', { ...user('demoted'), GroupName: 'viewer' });
  assert.equal(await status(demoted), 401);

  const idle = await administrator(running, 'owner', 'idle');
  nowMs += 3_600_000 - 1;
  assert.equal(await status(idle), 200);
  nowMs += 1;
  assert.equal(await status(idle), 401);
});

test('use extends a session, up to twelve hours', async (t) => {
  let nowMs = Date.now();
  const running = await startServer(t, { replacements: { clock: { nowMs: () => nowMs } } });
  const who = await administrator(running, 'viewer');
  let { cookie } = who;
  for (let minutes = 0; minutes < 12 * 60 - 50; minutes += 50) {
    nowMs += 50 * 60_000;
    const answer = await who.send('GET', '/session', undefined, { Cookie: cookie });
    assert.equal(answer.status, 200, `${minutes} minutes`);
    cookie = (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
    assert.notEqual(cookie, '');
  }
  nowMs += 50 * 60_000;
  const late = await who.send('GET', '/session', undefined, { Cookie: cookie });
  assert.equal(late.status, 401);
});

test('the cookie cannot be read by scripts, sent by other sites, or set for a domain', async (t) => {
  for (const [publicUrl, name, secure] of [
    [undefined, 'poolhouse-console', false],
    ['https://auth.example.com', '__Host-poolhouse-console', true],
  ] as const) {
    const running = await startServer(t, {
      environment:
        publicUrl === undefined
          ? undefined
          : { POOLHOUSE_MODE: 'development', POOLHOUSE_PUBLIC_URL: publicUrl },
    });
    await addAdministrator(running, 'mara', 'owner');
    const answer = await running.send({
      method: 'POST',
      path: '/console/api/session',
      headers: {
        Origin: publicUrl ?? running.url,
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await accessTokenOf(running, 'mara')}`,
      },
      body: '{}',
    });
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    assert.ok(cookie.startsWith(`${name}=`), cookie);
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/']) assert.ok(cookie.includes(flag));
    assert.equal(cookie.includes('Secure'), secure);
    assert.ok(!/Domain/i.test(cookie));
    assert.ok(!answer.body.includes('familyId'));
  }
});

test('a session starts only with an access token of an administrator with a role', async (t) => {
  const running = await startServer(t);
  await addAdministrator(running, 'nobody', undefined);
  const start = (Authorization?: string) =>
    running.send({
      method: 'POST',
      path: '/console/api/session',
      headers: {
        Origin: running.url,
        'Content-Type': 'application/json',
        ...(Authorization === undefined ? {} : { Authorization }),
      },
      body: '{}',
    });
  const withoutRole = await start(`Bearer ${await accessTokenOf(running, 'nobody')}`);
  assert.equal(withoutRole.status, 403);
  assert.equal(withoutRole.headers['set-cookie'], undefined);
  for (const header of [
    undefined,
    'Bearer',
    'Bearer x.y.z',
    `Bearer ${'x'.repeat(12_000)}`,
    'Basic x',
  ]) {
    assert.equal((await start(header)).status, 401, header?.slice(0, 20));
  }
});

test('the set-up link creates one owner, once', async (t) => {
  const running = await startServer(t);
  const link = await running.server.setUpLink();
  const token = new URL(link ?? '').searchParams.get('token') ?? '';
  const setUp = (body: object) =>
    running.send({
      method: 'POST',
      path: '/console/api/set-up',
      headers: { Origin: running.url, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const person = (username: string) => ({
    token,
    username,
    email: `${username}@example.com`,
    password: PASSWORD,
  });
  assert.equal((await setUp({ ...person('mara'), token: `${token}x` })).status, 404);
  assert.equal((await setUp({ ...person('mara'), password: 'short' })).status, 400);
  assert.equal((await setUp({ ...person('mara'), email: 'nonsense' })).status, 400);
  const answers = await Promise.all(
    ['mara', 'jun', 'sofia', 'tom'].map((name) => setUp(person(name))),
  );
  const won = answers.filter(({ status }) => status === 201);
  assert.equal(won.length, 1);
  const { items } = await running.server.storage.stores.groups.members(
    ADMINISTRATORS_POOL,
    'owner',
    9,
  );
  assert.equal(items.length, 1);
  const { Users } = await asServer(running, 'ListUsers', { UserPoolId: ADMINISTRATORS_POOL });
  assert.equal(Users?.length, 1, 'those who lost are gone');
  const { items: entries } = await running.server.storage.stores.audit.list(
    { poolId: ADMINISTRATORS_POOL, actor: 'set-up' },
    100,
  );
  const operations = new Set(entries.map(({ operation }) => operation));
  for (const operation of ['AdminCreateUser', 'AdminSetUserPassword', 'AdminAddUserToGroup']) {
    assert.ok(operations.has(operation), operation);
  }
  assert.deepEqual(new Set(entries.map(({ source }) => source)), new Set(['127.0.0.1']));
  assert.equal((await setUp(person('late'))).status, 404);
  const config = await running.send({ method: 'GET', path: '/console/api/config' });
  assert.deepEqual(config.json(), {
    userPoolId: ADMINISTRATORS_POOL,
    clientId: CONSOLE_CLIENT,
    regions: ['ph-local-1'],
    needsSetUp: false,
  });
});

test('operations run as they do over the API, and are audited with the administrator’s name', async (t) => {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner', 'mara');
  const viewer = await administrator(running, 'viewer');
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'shop' });
  const UserPoolId = UserPool?.Id ?? '';
  assert.match(UserPoolId, /^local_/);
  const made = await owner.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'web',
    GenerateSecret: true,
  });
  const { ClientId = '', ClientSecret } = made.UserPoolClient ?? {};
  const seen = await viewer.call('DescribeUserPoolClient', { UserPoolId, ClientId });
  assert.equal(seen.UserPoolClient?.ClientSecret, '********');
  const owned = await owner.call('DescribeUserPoolClient', { UserPoolId, ClientId });
  assert.equal(owned.UserPoolClient?.ClientSecret, ClientSecret);

  const refused = await owner.send('POST', '/operations/DescribeUserPool', {
    region: 'local',
    input: { UserPoolId: 'local_missing00' },
  });
  assert.equal(refused.status, 400);
  assert.deepEqual(refused.json(), {
    code: 'ResourceNotFoundException',
    message: 'User pool local_missing00 does not exist.',
  });
  const malformed = await owner.send('POST', '/operations/CreateUserPool', {
    region: 'local',
    input: { PoolName: '' },
  });
  assert.equal(malformed.json()['code'], 'InvalidParameterException');

  const audit = await owner.send('GET', `/audit?poolId=${UserPoolId}`);
  const { entries, intact } = audit.json() as {
    entries: { actor: string; actorKind: string; operation: string; source: string }[];
    intact: boolean;
  };
  assert.equal(intact, true);
  assert.deepEqual(
    entries.map(({ operation, actor, actorKind }) => [operation, actor, actorKind]),
    [
      ['CreateUserPoolClient', 'mara', 'administrator'],
      ['CreateUserPool', 'mara', 'administrator'],
    ],
  );
  assert.match(entries[0]?.source ?? '', /127\.0\.0\.1|::1/);
  assert.ok(!audit.body.includes(ClientSecret ?? 'x'));
  const exported = await owner.send('GET', '/audit/export');
  const lines = exported.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { authentic?: boolean; chain?: string; count?: number });
  const end = lines.pop();
  assert.deepEqual([end?.chain, end?.count], ['intact', lines.length]);
  assert.ok(lines.length >= 2 && lines.every((line) => line.authentic));

  const metrics = await viewer.send('GET', `/pools/${UserPoolId}/metrics?days=7`);
  assert.equal((metrics.json()['days'] as unknown[]).length, 7);
  const preview = await viewer.send('POST', `/pools/${UserPoolId}/messages/preview`, {
    occasion: 'SignUp',
  });
  assert.deepEqual(preview.json(), {
    subject: 'Your verification code',
    body: 'Your verification code is 123456. ',
    sms: 'Your verification code is 123456. ',
  });
  const to = 'check@example.com';
  const path = `/pools/${UserPoolId}/messages/test`;
  assert.equal((await owner.send('POST', path, { occasion: 'SignUp', to })).status, 200);
  for (const bad of ['a@b.com,c@d.com', '', 'x', '"a" <a@b.com>', 'a@b.com\r\nBcc: c@d.com']) {
    assert.equal(
      (await owner.send('POST', path, { occasion: 'SignUp', to: bad })).status,
      400,
      bad,
    );
  }
  const inbox = await running.server.storage.stores.outbox.list({ limit: 10 });
  assert.deepEqual(
    inbox.map((entry) => entry.to),
    [to],
  );
  const lambda = 'arn:aws:lambda:eu-west-1:000000000000:function:mine';
  await owner.call('UpdateUserPool', { UserPoolId, LambdaConfig: { CustomMessage: lambda } });
  const unwritten = await owner.send('POST', path, { occasion: 'SignUp', to });
  assert.deepEqual(
    [unwritten.status, unwritten.json()['code']],
    [400, 'UnexpectedLambdaException'],
  );
});

test('a pinned region is the only one', async (t) => {
  const running = await startServer(t, { environment: { POOLHOUSE_REGION: 'eu-west-1' } });
  const owner = await administrator(running, 'owner');
  const create = (region: string) =>
    owner.send('POST', '/operations/CreateUserPool', { region, input: { PoolName: 'shop' } });
  const refused = await create('local');
  assert.equal(refused.status, 400);
  assert.match(String(refused.json()['message']), /eu-west-1/);
  assert.equal((await create('eu-west-1')).status, 200);
});
