import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { operationOf, startStarter, type PoolAnswer } from './testing/starter.ts';

const ANN = {
  Username: 'ann',
  Attributes: [
    { Name: 'email', Value: 'ann@example.com' },
    { Name: 'custom:secret', Value: 'not for the page' },
  ],
  Enabled: true,
  UserStatus: 'FORCE_CHANGE_PASSWORD',
  UserCreateDate: 1_700_000_000,
};
const LISTED_ANN = {
  username: 'ann',
  email: 'ann@example.com',
  status: 'FORCE_CHANGE_PASSWORD',
  enabled: true,
  createdAt: '2023-11-14T22:13:20.000Z',
};

/** The JSON object of an answer. */
async function said(answer: Response): Promise<Record<string, unknown>> {
  return (await answer.json()) as Record<string, unknown>;
}

function post(token: string | undefined, body: unknown) {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    token,
  };
}

test('health needs nobody; everything else needs an access token of this client', async (t) => {
  const { call, pool, sdkRequests } = await startStarter(t);
  assert.deepEqual(await (await call('/api/health')).json(), { status: 'ok' });
  const bad = [
    undefined,
    pool.idToken({ groups: ['admin'] }),
    pool.accessToken({ clientId: 'another', groups: ['admin'] }),
    pool.accessToken({ expiresInSeconds: -1, groups: ['admin'] }),
  ];
  for (const token of bad) {
    for (const [path, init] of [
      ['/api/me', { token }],
      ['/api/admin', { token }],
      ['/api/groups', { token }],
      ['/api/users', post(token, { username: 'ann', email: 'a@example.com', group: 'admin' })],
    ] as const) {
      const answer = await call(path, init);
      assert.equal(answer.status, 401, path);
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
    }
  }
  assert.equal(sdkRequests.length, 0);
});

test('/api/me says who the token is from', async (t) => {
  const { call, pool } = await startStarter(t);
  const token = pool.accessToken({ sub: 'sub-1', username: 'ann', groups: ['member'] });
  const { expiresAt, ...me } = await said(await call('/api/me', { token }));
  assert.deepEqual(me, {
    sub: 'sub-1',
    username: 'ann',
    groups: ['member'],
    clientId: pool.clientId,
  });
  assert.ok(Date.parse(String(expiresAt)) > Date.now());
});

test('administrators alone see and add users', async (t) => {
  const { call, pool, sdkRequests } = await startStarter(t);
  for (const groups of [undefined, [], ['member'], ['administrators']]) {
    const token = pool.accessToken({ groups });
    const body = { username: 'ann', email: 'ann@example.com', group: 'admin' };
    for (const answer of [
      await call('/api/admin', { token }),
      await call('/api/groups', { token }),
      await call('/api/users', post(token, body)),
    ]) {
      assert.equal(answer.status, 403);
      assert.equal((await said(answer))['error'], 'insufficient_scope');
    }
  }
  assert.equal(sdkRequests.length, 0);
});

test('the list marks administrators, says when there is more, and shows no further attribute', async (t) => {
  const many = Array.from({ length: 60 }, (_, index) => ({ ...ANN, Username: `user-${index}` }));
  let everybody = [ANN, { ...ANN, Username: 'ben' }];
  const { call, pool } = await startStarter(t, {
    answer: (operation) => ({
      body: { Users: operation === 'ListUsersInGroup' ? [ANN] : everybody },
    }),
  });
  const token = pool.accessToken({ groups: ['admin'] });
  assert.deepEqual(await (await call('/api/admin', { token })).json(), {
    users: [
      { ...LISTED_ANN, isAdmin: true },
      { ...LISTED_ANN, username: 'ben', isAdmin: false },
    ],
    more: false,
  });
  everybody = many;
  const { users, more } = await said(await call('/api/admin', { token }));
  assert.deepEqual([(users as unknown[]).length, more], [50, true]);
});

test('a user is made and put into a group, as the tutorial does', async (t) => {
  const { call, pool, sdkRequests } = await startStarter(t, {
    answer: (operation) => ({ body: operation === 'AdminCreateUser' ? { User: ANN } : {} }),
  });
  const token = pool.accessToken({ groups: ['admin'] });
  const body = { username: 'ann', email: 'ann@example.com', group: 'member' };
  const answer = await call('/api/users', post(token, body));
  assert.equal(answer.status, 201);
  assert.deepEqual(await answer.json(), { ...LISTED_ANN, isAdmin: false });
  const of = { UserPoolId: pool.userPoolId, Username: 'ann' };
  assert.deepEqual(
    sdkRequests.map((sent) => [operationOf(sent), JSON.parse(new TextDecoder().decode(sent.body))]),
    [
      ['GetGroup', { UserPoolId: pool.userPoolId, GroupName: 'member' }],
      [
        'AdminCreateUser',
        {
          ...of,
          UserAttributes: [
            { Name: 'email', Value: 'ann@example.com' },
            { Name: 'email_verified', Value: 'true' },
          ],
          DesiredDeliveryMediums: ['EMAIL'],
        },
      ],
      ['AdminAddUserToGroup', { ...of, GroupName: 'member' }],
    ],
  );
});

test('the groups are those of the pool, and nobody is made for one that is not there', async (t) => {
  let missing = '';
  const { call, pool, sdkRequests } = await startStarter(t, {
    answer(operation) {
      if (operation === missing) {
        const message = 'Group not found.';
        return { status: 400, body: { __type: 'ResourceNotFoundException', message } };
      }
      if (operation === 'ListGroups') {
        return { body: { Groups: [{ GroupName: 'admin' }, { GroupName: 'staff' }] } };
      }
      return { body: operation === 'AdminCreateUser' ? { User: ANN } : {} };
    },
  });
  const token = pool.accessToken({ groups: ['admin'] });
  const groups = await said(await call('/api/groups', { token }));
  assert.deepEqual(groups, { groups: ['admin', 'staff'] });
  const ann = { username: 'ann', email: 'ann@example.com', group: '' };
  const made = await call('/api/users', post(token, ann));
  assert.equal(made.status, 201);
  assert.deepEqual(sdkRequests.map(operationOf), ['ListGroups', 'AdminCreateUser']);

  missing = 'GetGroup';
  const member = { ...ann, group: 'member' };
  const refused = await call('/api/users', post(token, member));
  assert.equal(refused.status, 400);
  assert.deepEqual(await said(refused), {
    error: 'BadRequest',
    message: 'The pool has no group member. Nobody was added.',
    field: 'group',
  });
  assert.equal(operationOf(sdkRequests.at(-1) ?? assert.fail()), 'GetGroup');

  missing = 'AdminAddUserToGroup';
  const half = await call('/api/users', post(token, member));
  assert.equal(half.status, 409);
  assert.deepEqual(await said(half), {
    error: 'NotInGroup',
    message:
      'ann was added and invited, but is not in the group member yet: add them to it in the console.',
  });
});

test('bad input never reaches the pool, and says which field', async (t) => {
  const { call, pool, sdkRequests } = await startStarter(t);
  const token = pool.accessToken({ groups: ['admin'] });
  const good = { username: 'ann', email: 'ann@example.com', group: 'member' };
  const cases: readonly [body: unknown, field: string | undefined, status?: number][] = [
    [{ ...good, username: '' }, 'username'],
    [{ ...good, username: 'a b' }, 'username'],
    [{ ...good, username: 'a'.repeat(129) }, 'username'],
    [{ ...good, username: ['ann'] }, 'username'],
    [{ ...good, email: 'ann' }, 'email'],
    [{ ...good, group: 'a b' }, 'group'],
    [{ ...good, group: undefined }, 'group'],
    [[], 'username'],
    ['{"username":', undefined],
    ['null', undefined],
    [{ ...good, username: 'a'.repeat(20_000) }, undefined, 413],
  ];
  for (const [body, field, status = 400] of cases) {
    const answer = await call('/api/users', post(token, body));
    assert.equal(answer.status, status);
    const { error, message, ...rest } = await said(answer);
    assert.equal(error, 'BadRequest');
    assert.deepEqual(rest, field === undefined ? {} : { field });
    assert.match(String(message), /^[A-Z].*\.$/);
  }
  assert.equal(sdkRequests.length, 0);
});

test('what the pool refuses comes back as a clear error, and what it cannot do as ours', async (t) => {
  t.mock.method(process.stderr, 'write', () => true);
  let refusal: PoolAnswer = { body: {} };
  const { call, pool } = await startStarter(t, { answer: () => refusal });
  const token = pool.accessToken({ groups: ['admin'] });
  const ann = { username: 'ann', email: 'ann@example.com', group: '' };
  type Case = [type: string, status: number, error: string, message: RegExp, field?: string];
  const cases: readonly Case[] = [
    ['UsernameExistsException', 409, 'UsernameExistsException', /already a user/, 'username'],
    ['AliasExistsException', 409, 'AliasExistsException', /email address/, 'email'],
    ['InvalidParameterException', 400, 'InvalidParameterException', /^said by the pool$/],
    ['TooManyRequestsException', 429, 'TooManyRequestsException', /in a moment/],
    ['NotAuthorizedException', 503, 'PoolUnavailable', /did not do this/],
    ['ResourceNotFoundException', 503, 'PoolUnavailable', /did not do this/],
    ['InternalErrorException', 503, 'PoolUnavailable', /did not do this/],
  ];
  for (const [__type, status, error, message, field] of cases) {
    refusal = { status: 400, body: { __type, message: 'said by the pool' } };
    const answer = await call('/api/users', post(token, ann));
    const body = await said(answer);
    assert.deepEqual([answer.status, body['error'], body['field']], [status, error, field]);
    assert.match(String(body['message']), message);
  }
  const message = 'An account with the given email already exists.';
  refusal = { status: 400, body: { __type: 'UsernameExistsException', message } };
  const body = await said(await call('/api/users', post(token, ann)));
  assert.deepEqual([body['error'], body['field']], ['UsernameExistsException', 'email']);
  assert.match(String(body['message']), /email address/);
});

test('the web application: pages for its routes, files for files, JSON for the API', async (t) => {
  const webFolder = mkdtempSync(join(tmpdir(), 'starter-web-'));
  t.after(() => rmSync(webFolder, { recursive: true }));
  mkdirSync(join(webFolder, 'media'));
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>Starter</title>');
  writeFileSync(join(webFolder, 'main-ABCD1234.js'), '1');
  const { call } = await startStarter(t, { webFolder });
  for (const path of ['/', '/profile', '/sign-in?next=/profile']) {
    const page = await call(path, { headers: { accept: 'text/html' } });
    assert.equal(page.status, 200, path);
    assert.match(await page.text(), /Starter/);
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(
      policy,
      /connect-src 'self' https:\/\/cognito-idp\.eu-central-1\.amazonaws\.com(;|$)/,
    );
    assert.match(policy, /script-src 'self'(;|$)/);
  }
  const script = await call('/main-ABCD1234.js');
  assert.match(script.headers.get('cache-control') ?? '', /immutable/);
  assert.equal((await call('/main-GONE1234.js')).status, 404);
  writeFileSync(join(webFolder, 'sign-in.html'), '<!doctype html>Password');
  for (const [path, text] of [
    ['/sign-in?returnUrl=%2F', /Password/],
    ['/sign-in?start=sign-up', /Starter/],
    ['/profile', /Starter/],
  ] as const) {
    const page = await call(path, { headers: { accept: 'text/html' } });
    assert.match(await page.text(), text, path);
  }
  // Where people choose how they sign in, no password is asked for before they have.
  writeFileSync(join(webFolder, 'sign-in-choice.html'), '<!doctype html>Name');
  const choice = await startStarter(t, { webFolder, config: { signInFlow: 'choice' } });
  const named = await choice.call('/sign-in', { headers: { accept: 'text/html' } });
  assert.match(await named.text(), /Name/);
  const nowhere = await call('/api/nowhere', { headers: { accept: 'text/html' } });
  assert.equal(nowhere.status, 404);
  assert.equal((await said(nowhere))['error'], 'NotFound');
});

test('files and pages come in the smallest form that the browser takes', async (t) => {
  const webFolder = mkdtempSync(join(tmpdir(), 'starter-web-'));
  t.after(() => rmSync(webFolder, { recursive: true }));
  const content = {
    'index.html': '<!doctype html><title>Starter</title>',
    'main-ABCD1234.js': '1',
  };
  for (const [name, text] of Object.entries(content)) {
    writeFileSync(join(webFolder, name), text);
    writeFileSync(join(webFolder, `${name}.br`), brotliCompressSync(text));
    writeFileSync(join(webFolder, `${name}.gz`), gzipSync(text));
  }
  writeFileSync(join(webFolder, 'font-ABCD1234.woff2'), 'a font');
  const { call } = await startStarter(t, { webFolder });
  for (const [path, type, text] of [
    ['/sign-in?returnUrl=/a.b', 'text/html; charset=utf-8', content['index.html']],
    ['/main-ABCD1234.js', 'text/javascript; charset=utf-8', content['main-ABCD1234.js']],
  ] as const) {
    const tags = new Set<string | null>();
    for (const [taken, coding] of [
      ['gzip, deflate, br', 'br'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const headers = { accept: 'text/html', 'accept-encoding': taken };
      const answer = await call(path, { headers });
      assert.equal(answer.headers.get('content-encoding'), coding, path);
      assert.equal(answer.headers.get('content-type'), type, path);
      assert.match(answer.headers.get('vary') ?? '', /Accept-Encoding/, path);
      assert.equal(answer.headers.get('accept-ranges'), null, path);
      assert.equal(await answer.text(), text, path);
      tags.add(answer.headers.get('etag'));
    }
    assert.equal(tags.size, 3, path);
  }
  const headers = { 'accept-encoding': 'br' };
  const font = await call('/font-ABCD1234.woff2', { headers });
  assert.equal(font.headers.get('content-encoding'), null);
  assert.match(font.headers.get('cache-control') ?? '', /immutable/);
  assert.equal((await call('/api/health', { headers })).headers.get('content-encoding'), null);
});
