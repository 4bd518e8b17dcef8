import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { openMessage } from '@poolhouse/core';
import type { UserPoolClientType } from '@poolhouse/model';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { call } from '../testing/call.ts';
import { startServer, type Answer } from '../testing/start-server.ts';

const DAY_MS = 24 * 3_600_000;

/** A server with a pool that sends links by mail. */
async function openPool(t: TestContext, client: Partial<UserPoolClientType> = {}) {
  let nowMs = Date.UTC(2026, 10, 23, 9);
  const running = await startServer(t, { replacements: { clock: { nowMs: () => nowMs } } });
  const { server } = running;
  const makePool = async (name: string) => {
    const { UserPool } = await call(server, 'CreateUserPool', {
      PoolName: name,
      AutoVerifiedAttributes: ['email'],
      AliasAttributes: ['email'],
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
    });
    const { UserPoolClient } = await call(server, 'CreateUserPoolClient', {
      UserPoolId: UserPool?.Id ?? '',
      ClientName: 'The shop',
      ...client,
    });
    return { pool: UserPool?.Id ?? '', app: UserPoolClient?.ClientId ?? '' };
  };
  const { pool, app } = await makePool('test');
  const { storage, world } = server;
  return {
    ...running,
    pool,
    app,
    makePool,
    advance: (ms: number) => void (nowMs += ms),
    signUp: (name: string, email = `${name}@example.com`) =>
      call(server, 'SignUp', {
        ClientId: app,
        Username: name,
        Password: 'Correct-horse-1',
        UserAttributes: [{ Name: 'email', Value: email }],
      }),
    /** The path and query of the link in the latest mail to the address. */
    async link(to: string): Promise<string> {
      const [entry] = await storage.stores.outbox.list({ to, limit: 1 });
      assert(entry);
      const { link = '' } = await openMessage(world.vault, entry);
      const { pathname, search } = new URL(link);
      return pathname + search;
    },
    get: (path: string) => running.send({ method: 'GET', path }),
    submit: (
      path: string,
      headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
    ) => {
      const [pathname, query] = path.split('?');
      return running.send({
        path: pathname,
        body: query,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    },
    async status(name: string) {
      const user = await call(server, 'AdminGetUser', { UserPoolId: pool, Username: name });
      return user.UserStatus;
    },
  };
}

function title({ body }: Answer): string | undefined {
  return /<h1>([^<]*)<\/h1>/.exec(body)?.[1];
}

test('opening the link changes nothing, its button confirms', async (t) => {
  const { signUp, link, get, submit, status } = await openPool(t);
  await signUp('mara');
  const path = await link('mara@example.com');
  for (let scan = 0; scan < 20; scan += 1) assert.equal((await get(path)).status, 200);
  assert.equal(await status('mara'), 'UNCONFIRMED');
  const asked = await get(path);
  assert.equal(title(asked), 'Confirm your account');
  assert.match(asked.body, /<form method="post" action="\/d\/[\w-]+\/confirmUser\/">/);
  assert.match(asked.body, /The shop/);
  assert.match(
    asked.body,
    /<b dir="auto">mara<\/b>/,
    'a name in another script keeps its direction',
  );
  assert.doesNotMatch(asked.body, /<script|\son\w+=/);

  const done = await submit(path);
  assert.deepEqual([done.status, title(done)], [200, 'Your account is confirmed']);
  assert.equal(await status('mara'), 'CONFIRMED');
  const again = await submit(path);
  assert.deepEqual([again.status, title(again)], [200, 'This account is already confirmed']);
});

test('after confirming, people return to the application at the address that its owner registered', async (t) => {
  const DefaultRedirectURI = `https://shop.example.com/in?a=1&b="'<i>`;
  const { signUp, link, submit } = await openPool(t, {
    CallbackURLs: [DefaultRedirectURI],
    DefaultRedirectURI,
  });
  await signUp('mara');
  const path = await link('mara@example.com');
  const way = /<a class="btn primary" href="([^"]*)">Go to The shop<\/a>/;
  const wrong = await submit(path.replace(/code=\d+/, 'code=000000'));
  assert.doesNotMatch(wrong.body, /<a /);
  for (const answer of [await submit(path), await submit(path)]) {
    const [, href = ''] = way.exec(answer.body) ?? [];
    assert.equal(new URL(unescaped(href)).href, new URL(DefaultRedirectURI).href);
    assert.doesNotMatch(answer.body, /<i>/);
  }
});

test('without such an address the page says where to go, and has no link', async (t) => {
  const { signUp, link, submit } = await openPool(t, { CallbackURLs: ['shop://in'] });
  await signUp('mara');
  const done = await submit(await link('mara@example.com'));
  assert.match(done.body, /go back to The shop and sign in/);
  assert.doesNotMatch(done.body, /<a /);
});

test('the form in the page contains exactly what the link says', async (t) => {
  const { signUp, link, get, submit, status } = await openPool(t);
  await signUp(`o'neil"&+<b>`, 'oneil@example.com');
  const page = await get(await link('oneil@example.com'));
  assert.doesNotMatch(page.body, /<b>"|o'neil"/);
  const fields = [...page.body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, unescaped(value)],
  );
  const action = /action="([^"]+)"/.exec(page.body)?.[1] ?? '';
  await submit(`${action}?${new URLSearchParams(fields).toString()}`);
  assert.equal(await status(`o'neil"&+<b>`), 'CONFIRMED');
});

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

test('neither page is cached, framed or scripted, nor leaks its address', async (t) => {
  const { signUp, link, get, submit } = await openPool(t);
  await signUp('mara');
  const path = await link('mara@example.com');
  for (const { headers } of [await get(path), await submit(path), await get('/d/x/confirmUser/')]) {
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'.*form-action 'self'/);
    assert.doesNotMatch(policy, /script-src/);
  }
});

test('only our own page may confirm', async (t) => {
  const { signUp, link, submit, status, url } = await openPool(t);
  await signUp('mara');
  const path = await link('mara@example.com');
  const foreign: readonly Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: url },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.test' },
    { origin: 'null' },
    {},
  ];
  for (const headers of foreign) {
    const answer = await submit(path, headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
  }
  assert.equal(await status('mara'), 'UNCONFIRMED');
  assert.equal((await submit(path, { origin: url })).status, 200);
});

test('a link with anything wrong in it is refused, whichever way it comes', async (t) => {
  const { signUp, link, get, submit, status, pool, makePool } = await openPool(t);
  await signUp('mara');
  const path = await link('mara@example.com');
  const other = await makePool('other');
  const long = 'a'.repeat(200);
  const wrong = [
    `/d/${pool}/confirmUser/`,
    path.replace(pool, other.pool),
    path.replace(pool, `${pool}x`),
    path.replace(/client_id=[^&]+/, `client_id=${other.app}`),
    path.replace(/client_id=[^&]+/, 'client_id=nobody'),
    path.replace(/client_id=[^&]+/, `client_id=${long}`),
    path.replace('user_name=mara', `user_name=${long}`),
    path.replace('user_name=mara', 'user_name=call+555'),
    path.replace('user_name=mara', 'user_name=mara&user_name=jun'),
    path.replace(/&confirmation_code=\d+/, ''),
    path.replace(/confirmation_code=\d+/, 'confirmation_code='),
  ];
  for (const each of wrong) {
    for (const answer of [await get(each), await submit(each)]) {
      assert.deepEqual([answer.status, title(answer)], [400, 'This link does not work'], each);
    }
  }
  assert.equal(await status('mara'), 'UNCONFIRMED');
});

test('wrong, expired and replaced codes, and addresses that are taken, get different answers', async (t) => {
  const { signUp, link, submit, advance, server, app, pool } = await openPool(t);
  await signUp('mara');
  const path = await link('mara@example.com');
  const wrong = await submit(path.replace(/code=\d+/, 'code=000000'));
  assert.deepEqual([wrong.status, title(wrong)], [400, 'This link does not work']);
  const nobody = await submit(path.replace('user_name=mara', 'user_name=nobody'));
  assert.notEqual(nobody.status, 200);
  advance(DAY_MS + 1);
  const old = await submit(path);
  assert.deepEqual([old.status, title(old)], [410, 'This link was already used, or has expired']);
  await call(server, 'ResendConfirmationCode', { ClientId: app, Username: 'mara' });
  assert.equal((await submit(await link('mara@example.com'))).status, 200);

  // The latest mail is recognised by its time.
  advance(1_000);
  await signUp('jun', 'mara@example.com');
  const taken = await submit(await link('mara@example.com'));
  assert.deepEqual([taken.status, title(taken)], [409, 'This address belongs to another account']);
  await call(server, 'AdminDeleteUser', { UserPoolId: pool, Username: 'mara' });
});

test('too many attempts lead to a page that says when to come back', async (t) => {
  const { signUp, link, submit } = await openPool(t);
  await signUp('mara');
  const path = await link('mara@example.com');
  const statuses = new Set<number>();
  let last: Answer | undefined;
  for (let guess = 0; guess < 20; guess += 1) {
    last = await submit(path.replace(/code=\d+/, `code=${100_000 + guess}`));
    statuses.add(last.status);
  }
  assert(!statuses.has(200));
  assert.deepEqual([last?.status, last && title(last)], [429, 'Too many attempts']);
});

test('a body that is too large, or not a form, confirms nothing', async (t) => {
  const { pool, submit, send } = await openPool(t);
  const path = `/d/${pool}/confirmUser/`;
  const large = await submit(`${path}?client_id=${'a'.repeat(20_000)}`);
  assert.equal(large.status, 413);
  const json = await send({
    path,
    body: '{"client_id":"x"}',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  });
  assert.equal(json.status, 400);
});

test('the page and ConfirmSignUp take attempts from one budget, by source', async (t) => {
  const { server, pool, app, signUp, link, get, submit, post } = await openPool(t);
  await signUp('mara');
  const right = await link('mara@example.com');
  const to = (name: string, code = '000000') =>
    `/d/${pool}/confirmUser/?client_id=${app}&user_name=${name}&confirmation_code=${code}`;
  const budget = { left: 3, sources: [] as (string | undefined)[] };
  t.mock.method(server.world.attemptBudgets, 'take', (_: unknown, source?: string) => {
    budget.sources.push(source);
    budget.left -= 1;
    return budget.left >= 0;
  });
  t.mock.method(server.world.attemptBudgets, 'giveBack', () => void (budget.left += 1));
  const confirm = () =>
    post(
      'ConfirmSignUp',
      JSON.stringify({ ClientId: app, Username: 'nobody', ConfirmationCode: '000000' }),
    );
  assert.equal((await confirm()).json()['__type'], 'UserNotFoundException');
  assert.equal((await submit(to('nobody'))).status, 400);
  // A header from an untrusted client changes nothing.
  const forged = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': '203.0.113.9' };
  assert.equal((await submit(to('mara'), forged)).status, 400);
  for (const path of [to('mara'), to('nobody'), to('gone', 'x'), right]) {
    assert.equal((await submit(path)).status, 429, path);
  }
  assert.equal((await confirm()).json()['__type'], 'TooManyRequestsException');
  assert.deepEqual(new Set(budget.sources), new Set(['127.0.0.1']));
  assert.equal(budget.sources.length, 8);
  // Opening a link looks at no user and no code, so it reveals nothing and takes nothing.
  const opened = await Promise.all([to('mara'), to('nobody'), right].map(get));
  assert.deepEqual(
    opened.map(({ status }) => status),
    [200, 200, 200],
  );
  assert.equal(budget.sources.length, 8);
  budget.left = 1;
  assert.equal((await submit(right)).status, 200);
  assert.equal(budget.left, 1, 'a right guess is given back');
});

test(
  'a NUL in the link or its form is refused before PostgreSQL would refuse to look it up',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const database = await postgresTestDatabase();
    t.after(() => database.drop());
    const environment = {
      POOLHOUSE_DATABASE_URL: database.url,
      POOLHOUSE_KEYS: `common:${randomBytes(32).toString('base64')}`,
    };
    const { send, logged } = await startServer(t, { environment });
    const link = 'client_id=a%00b&user_name=mara&confirmation_code=123456';
    for (const [path, body] of [
      [`/d/eu-west-1_Abc/confirmUser/?${link}`],
      ['/d/eu%00_Abc/confirmUser/?client_id=a&user_name=mara&confirmation_code=1'],
      ['/d/eu-west-1_Abc/confirmUser/', link],
    ] as const) {
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      };
      const method = body === undefined ? 'GET' : 'POST';
      assert.equal((await send({ method, path, body, headers })).status, 400, `${method} ${path}`);
    }
    assert.deepEqual(
      logged.filter(({ level }) => level === 'error'),
      [],
    );
  },
);
