import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { MessageContent } from '@poolhouse/core';
import { english } from '@poolhouse/login';
import type { VerifiedAttributeType } from '@poolhouse/model';
import { startServer } from '../testing/start-server.ts';
import type { ShownMessage } from './shown-message.ts';

async function openInbox(t: TestContext, verified: VerifiedAttributeType = 'email', body?: string) {
  const running = await startServer(t);
  const client = running.client();
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({
      PoolName: 'test',
      AutoVerifiedAttributes: [verified],
      EmailVerificationMessage: body,
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
    }),
  );
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'test' }),
  );
  return {
    ...running,
    poolId: UserPool?.Id,
    signUp: (name: string) =>
      client.send(
        new SignUpCommand({
          ClientId: UserPoolClient?.ClientId,
          Username: name,
          Password: 'Correct-horse-1',
          UserAttributes: [
            { Name: 'email', Value: `${name}@example.com` },
            { Name: 'phone_number', Value: '+15550100' },
          ],
        }),
      ),
    async messages(query = ''): Promise<readonly ShownMessage[]> {
      const answer = await running.send({ method: 'GET', path: `/inbox/messages${query}` });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['cache-control'], 'no-store');
      return answer.json()['messages'] as readonly ShownMessage[];
    },
  };
}

test('a mail appears with its code as soon as it has been written', async (t) => {
  const { messages, signUp, poolId } = await openInbox(t);
  assert.deepEqual(await messages(), []);
  await signUp('mara');
  const [message, ...others] = await messages();
  assert(message);
  assert.deepEqual(others, []);
  const { id, sentAt, code, state, ...rest } = message;
  assert.match(code ?? '', /^\d{6}$/);
  assert.match(id, /^[\w-]+$/);
  assert.equal(new Date(sentAt).toISOString(), sentAt);
  assert(state === 'waiting' || state === 'sent');
  assert.deepEqual(rest, {
    to: 'mara@example.com',
    medium: 'EMAIL',
    subject: 'Your verification code',
    body: `Your verification code is ${code}. `,
    text: `Your verification code is ${code}.`,
    occasion: 'SignUp',
    username: 'mara',
    poolId,
  });
});

test('the page has a word for every occasion', () => {
  // The compiler checks that none is missing.
  const words: Readonly<Record<MessageContent['occasion'], string>> =
    english.inbox.script.occasions;
  assert.equal(words.Authentication, 'Sign-in');
});

test('an SMS appears too', async (t) => {
  const { messages, signUp } = await openInbox(t, 'phone_number');
  await signUp('mara');
  const [message] = await messages('?to=%2B15550100');
  assert.equal(message?.medium, 'SMS');
  assert.equal(message.text, `Your verification code is ${message.code}. `);
});

test('messages are found by their whole recipient or a part of it, and a page at a time', async (t) => {
  const { messages, signUp } = await openInbox(t);
  for (const name of ['mara', 'mark', 'jun']) await signUp(name);
  const to = (found: readonly ShownMessage[]) => found.map((message) => message.to).sort();
  assert.deepEqual(to(await messages('?to=mara@example.com')), ['mara@example.com']);
  assert.deepEqual(await messages('?to=mar'), []);
  assert.deepEqual(to(await messages('?q=MAR')), ['mara@example.com', 'mark@example.com']);
  const first = await messages('?limit=2');
  const second = await messages(`?limit=2&after=${first[1]?.id}`);
  assert.equal(new Set([...first, ...second].map(({ id }) => id)).size, 3);
  assert.equal((await messages('?limit=nonsense')).length, 3);
});

test("a mail's own HTML runs nothing, loads nothing and has no origin", async (t) => {
  const hostile = '<script>alert(1)</script><img src=//evil.test onerror=alert(1)>{####}';
  const { messages, signUp, send } = await openInbox(t, 'email', hostile);
  await signUp('mara');
  const [message] = await messages();
  const path = `/inbox/messages/${message?.id}/body`;
  const { status, headers, body } = await send({ method: 'GET', path });
  assert.equal(status, 200);
  assert.match(body, /<script>alert\(1\)<\/script>/);
  assert.match(body, /<base target="_blank">$/);
  const policy = String(headers['content-security-policy']);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /; sandbox allow-popups allow-popups-to-escape-sandbox$/);
  assert.doesNotMatch(policy, /allow-scripts|allow-same-origin|script-src/);
  assert.equal((await send({ method: 'GET', path: '/inbox/messages/none/body' })).status, 404);
});

test('the page loads everything it needs from here, and allows no foreign scripts', async (t) => {
  const { send } = await startServer(t);
  const page = await send({ method: 'GET', path: '/inbox' });
  assert.equal(page.status, 200);
  assert.equal(page.headers['cache-control'], 'no-store');
  const policy = String(page.headers['content-security-policy']);
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    assert(policy.includes(directive), directive);
  }
  assert.doesNotMatch(page.body, /<script>|<style|\son\w+=|style="/);
  const files = [...page.body.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, url]) => url);
  assert.equal(files.length, 4);
  for (const path of files) {
    const file = await send({ method: 'GET', path });
    assert.equal(file.status, 200, path);
    assert.match(String(file.headers['cache-control']), /immutable/);
    assert.equal(file.headers['x-content-type-options'], 'nosniff');
  }
  for (const path of ['/static/none.js', '/static/..%2finbox.ts', '/static/none.css']) {
    assert.equal((await send({ method: 'GET', path })).status, 404, path);
  }
});

test('other names for this machine do not lead to the inbox', async (t) => {
  const { send, port } = await openInbox(t);
  const cases: readonly (readonly [host: string, status: number])[] = [
    [`localhost:${port}`, 200],
    [`127.0.0.1:${port}`, 200],
    [`[::1]:${port}`, 200],
    ['evil.test', 404],
    [`localhost.evil.test:${port}`, 404],
    ['127.0.0.1.evil.test', 404],
    ['a b', 404],
  ];
  for (const [host, status] of cases) {
    const answer = await send({ method: 'GET', path: '/inbox/messages', headers: { host } });
    assert.equal(answer.status, status, host);
  }
});

test('production has no inbox, says so in the words that strangers get in development, and logs it once', async (t) => {
  const { send, logged } = await startServer(t, {
    environment: {
      POOLHOUSE_MODE: 'production',
      POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
      POOLHOUSE_KEYS: `main:${Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7)).toString('base64')}`,
    },
  });
  const development = await startServer(t);
  const headers = { host: 'evil.test' };
  for (const path of ['/inbox', '/inbox/', '/inbox/messages', '/inbox/assets/inbox.js']) {
    const answer = await send({ method: 'GET', path });
    assert.equal(answer.status, 404, path);
    const stranger = await development.send({ method: 'GET', path, headers });
    assert.deepEqual([stranger.status, stranger.body], [404, answer.body]);
  }
  const told = logged.filter(({ event }) => event === 'inbox.refused');
  assert.deepEqual(
    told.map(({ fields }) => fields['reason']),
    ['this server runs in production'],
  );
});
