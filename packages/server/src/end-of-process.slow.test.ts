import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { readyProxy } from './testing/ready-proxy.ts';
import { runMain, type MainProcess } from './testing/run-main.ts';
import { sendTo, targetHeaders } from './testing/start-server.ts';

const SIGN_UP = { ClientId: '1h57kf5cpq17m0eml12EXAMPLE', Username: 'a', Password: 'Abc123!x' };

interface Running extends MainProcess {
  readonly port: number;
}

async function start(
  t: TestContext,
  environment: Readonly<Record<string, string>> = {},
  how?: Parameters<typeof runMain>[2],
): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-end-'));
  const running = runMain(
    [],
    {
      POOLHOUSE_PORT: '0',
      POOLHOUSE_DATA: folder,
      POOLHOUSE_PASSWORD_HASH: 'test',
      ...environment,
    },
    how,
  );
  t.after(async () => {
    // A launcher that is killed cannot tell its child. Once the server is ending, a second signal means "at once".
    const insist = setInterval(() => running.child.kill('SIGTERM'), 1_100);
    running.child.kill('SIGTERM');
    await running.ended;
    clearInterval(insist);
    await rm(folder, { recursive: true, force: true });
  });
  const { port } = new URL(await running.url);
  return { ...running, port: Number(environment['POOLHOUSE_PORT'] ?? port) };
}

/** A free port, for a server that is restarted on it. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

const post = (port: number, operation: string, body: object) =>
  sendTo(port, { headers: targetHeaders(operation), body: JSON.stringify(body) });

test('a draining server says so, answers what comes meanwhile, and ends at once at a second signal', async (t) => {
  const { child, ended, port } = await start(t, { POOLHOUSE_DRAIN_SECONDS: '60' });
  const ready = () => sendTo(port, { method: 'GET', path: '/readyz' });
  assert.equal((await ready()).status, 200);
  child.kill('SIGTERM');
  let answer = await ready();
  while (answer.status === 200) answer = await ready();
  assert.deepEqual([answer.status, answer.json()], [503, { status: 'draining' }]);
  assert.equal((await sendTo(port, { method: 'GET', path: '/livez' })).status, 200);
  // Over a kept-alive connection, which the answer closes.
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    method: 'POST',
    agent,
    headers: targetHeaders('SignUp'),
  });
  request.end(JSON.stringify(SIGN_UP));
  const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
  assert.equal(response.statusCode, 400);
  assert.equal(response.headers.connection, 'close');
  response.resume();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  child.kill('SIGTERM');
  const { code } = await ended;
  assert.equal(code, 1);
});

test('a signal that arrives twice, as when sent to a process group, counts once; a closed terminal also ends the server cleanly', async (t) => {
  for (const [how, signals] of [
    ['node', ['SIGTERM', 'SIGTERM', 'SIGINT']],
    ['node', ['SIGHUP', 'SIGHUP']],
    ['poolhouse', ['SIGTERM', 'SIGTERM']],
    ['poolhouse', ['SIGHUP']],
  ] as const) {
    const { child, ended, port } = await start(t, {}, how);
    const body = JSON.stringify(SIGN_UP);
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method: 'POST',
      headers: { ...targetHeaders('SignUp'), 'content-length': body.length },
    });
    request.write(body.slice(0, 10));
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const signal of signals) {
      child.kill(signal);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    request.end(body.slice(10));
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    assert.equal(response.statusCode, 400, signals.join());
    response.resume();
    assert.equal((await ended).code, 0, signals.join());
  }
});

test('requests that have arrived but were not read yet are answered', async (t) => {
  for (const kept of [false, true]) {
    const { child, ended, port } = await start(t);
    const body = JSON.stringify(SIGN_UP);
    const bytes = `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSCognitoIdentityProviderService.SignUp\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const sockets = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        if (kept) {
          socket.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
          await once(socket, 'data');
        }
        return socket;
      }),
    );
    // The process is suspended while all of them send, so it has read nothing when it is told to end.
    child.kill('SIGSTOP');
    const answers = sockets.map(async (socket: Socket) => {
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      await new Promise((resolve) => socket.write(bytes, resolve));
      await new Promise((resolve) => socket.once('close', resolve));
      return text;
    });
    const late = Promise.all(
      Array.from({ length: 50 }, () =>
        sendTo(port, { method: 'POST', headers: targetHeaders('SignUp'), body }),
      ),
    );
    await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGTERM');
    child.kill('SIGCONT');
    for (const text of await Promise.all(answers)) assert.match(text, /ResourceNotFoundException/);
    for (const { status } of await late) assert.equal(status, 400);
    assert.equal((await ended).code, 0);
  }
});

test(
  'every way to start the server passes the signal on, or ends with it, and leaves nothing behind',
  { timeout: 120_000 },
  async (t) => {
    // If the shell is dash, a SIGINT to npm alone does not get past the shell in which npm starts commands.
    for (const [how, signal] of [
      ['poolhouse', 'SIGTERM'],
      ['poolhouse', 'SIGKILL'],
      ['npx', 'SIGTERM'],
      ['npx', 'SIGHUP'],
      ['npm run server', 'SIGTERM'],
      ['npm run server', 'SIGHUP'],
      ['npm run server', 'SIGKILL'],
    ] as const) {
      const { child, ended, port } = await start(t, {}, how);
      child.kill(signal);
      // Only when the last process has closed its output.
      await ended;
      await assert.rejects(
        sendTo(port, { method: 'GET', path: '/livez' }),
        { code: 'ECONNREFUSED' },
        `${how} ${signal}`,
      );
    }
  },
);

suite('on PostgreSQL', { skip: postgresSkipReason ?? false }, () => {
  test('an unresponsive database does not keep the process from ending', async (t) => {
    const database = await postgresTestDatabase();
    t.after(() => database.drop());
    const target = new URL(database.url);
    let isFrozen = false;
    const links: Socket[] = [];
    const relay = createServer((client) => {
      const upstream = connect(Number(new URL(database.url).port), target.hostname);
      links.push(client, upstream);
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        from.on('data', (chunk) => isFrozen || to.write(chunk)).on('error', () => undefined);
      }
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    t.after(() => {
      for (const link of links) link.destroy();
      relay.close();
    });
    target.hostname = '127.0.0.1';
    target.port = String((relay.address() as AddressInfo).port);
    const { child, ended, port } = await start(t, { POOLHOUSE_DATABASE_URL: target.href });
    await post(port, 'SignUp', SIGN_UP);
    isFrozen = true;
    const unanswered = Array.from({ length: 30 }, () =>
      post(port, 'SignUp', SIGN_UP).catch(() => undefined),
    );
    assert.equal((await sendTo(port, { method: 'GET', path: '/livez' })).status, 200);
    const beganMs = performance.now();
    child.kill('SIGTERM');
    await ended;
    assert(performance.now() - beganMs < 9_500, `${performance.now() - beganMs} ms`);
    await Promise.all(unanswered);
  });

  test('during a rolling restart of two nodes behind a proxy that follows /readyz, no request fails', async (t) => {
    const database = await postgresTestDatabase();
    t.after(() => database.drop());
    const settings = {
      POOLHOUSE_DATABASE_URL: database.url,
      POOLHOUSE_KEYS: `common:${randomBytes(32).toString('base64')}`,
      POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
      POOLHOUSE_DECLARATION: new URL('../../../poolhouse.yaml', import.meta.url).pathname,
      POOLHOUSE_DRAIN_SECONDS: '1',
      // The test hash's key dies with its process.
      POOLHOUSE_PASSWORD_HASH: 'argon2id',
    };
    const ports = [await freePort(), await freePort()];
    const startNode = (index: number) =>
      start(t, { ...settings, POOLHOUSE_PORT: ports[index] ?? '' }, 'poolhouse');
    const nodes = [await startNode(0), await startNode(1)];
    const proxy = await readyProxy(ports.map(Number));
    t.after(() => proxy.close());
    await Promise.all([proxy.until(0, true), proxy.until(1, true)]);

    let [isOver, answered] = [false, 0];
    const wrong: string[] = [];
    const expect = async (status: number, sent: ReturnType<typeof sendTo>) => {
      const answer = await sent.catch((error: unknown) => ({ status: 0, body: String(error) }));
      if (answer.status !== status) wrong.push(`${answer.status} ${answer.body}`);
      answered += 1;
    };
    const client = async (number: number) => {
      for (let count = 0; !isOver; count += 1) {
        const Username = `user${number}x${count}`;
        const input = { ClientId: '7poolhousestarter000000000', Password: 'Correct-horse-1' };
        const email = { Name: 'email', Value: `${Username}@example.com` };
        await expect(
          200,
          post(proxy.port, 'SignUp', { ...input, Username, UserAttributes: [email] }),
        );
        for (let keys = 0; keys < 10 && !isOver; keys += 1) {
          const path = '/ph-local-1_Poolhouse1/.well-known/jwks.json';
          await expect(200, sendTo(proxy.port, { method: 'GET', path }));
          await expect(400, post(proxy.port, 'GetUser', { AccessToken: 'none' }));
        }
      }
    };
    const load = Array.from({ length: 4 }, (_, number) => client(number));
    for (const [index, node] of nodes.entries()) {
      node.child.kill('SIGTERM');
      await proxy.until(index, false);
      assert.equal((await node.ended).code, 0);
      await startNode(index);
      await proxy.until(index, true);
    }
    isOver = true;
    await Promise.all(load);
    assert.deepEqual(wrong, []);
    t.diagnostic(`${answered} requests, 0 errors`);
    assert(answered > 100, String(answered));
  });
});
