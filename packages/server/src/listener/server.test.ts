import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { suite, test } from 'node:test';
import type { Operation } from '@poolhouse/core';
import type { OperationName } from '@poolhouse/model';
import { mayTakeLong } from '../http/slow-requests.ts';
import { route, type Request, type Response } from '../site/route.ts';
import { sendJson } from '../site/send.ts';
import { makeServer, type ServerParts } from './server.ts';
import { startServer, type RunningServer } from '../testing/start-server.ts';

const SIGN_UP = '{"ClientId":"1h57kf5cpq17m0eml12EXAMPLE","Username":"a","Password":"Abc123!x"}';

/** Sends bytes unchanged, and returns everything received until the server ends the connection. */
async function raw(port: number, ...parts: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  for (const part of parts) socket.write(part);
  return readAll(socket);
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.on('error', () => undefined);
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  // Not `once`: a connection that is cut while it is sending ends with an error, and what it received before counts.
  await new Promise<void>((closed) => socket.on('close', () => closed()));
  return text;
}

/** A registry whose SignUp waits until the test releases it. */
function waiting() {
  const arrived: (() => void)[] = [];
  const run: Operation['run'] = () =>
    new Promise((resolve) => {
      arrived.push(() => resolve({ UserSub: 'x', UserConfirmed: false }));
    });
  const operation: Operation = { name: 'SignUp', needs: [], run };
  return { arrived, registry: new Map<OperationName, Operation>([['SignUp', operation]]) };
}

async function untilArrived(arrived: readonly unknown[], count: number): Promise<void> {
  while (arrived.length < count) await new Promise((resolve) => setImmediate(resolve));
}

/** Parts that answer next to nothing. */
function quietParts(): ServerParts {
  return {
    awsJson: (request, response) => void request.resume().on('end', () => response.end()),
    documents: [],
    mounts: () => Promise.reject(new Error('no pages')),
    storage: { health: async () => ({ ok: true }) },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
}

suite('the HTTP server', () => {
  test('says whether it is ready, and nothing more', async (t) => {
    const { send, server } = await startServer(t);
    const answer = await send({ method: 'GET', path: '/readyz' });
    assert.deepEqual([answer.status, answer.json()], [200, { status: 'ok' }]);
    assert.equal((await send({ method: 'HEAD', path: '/readyz' })).status, 200);
    server.storage.health = async () => ({ ok: false, reason: 'the disk of /srv is full' });
    const unready = await send({ method: 'GET', path: '/readyz' });
    assert.deepEqual([unready.status, unready.json()], [503, { status: 'unavailable' }]);
    server.storage.health = async () => ({
      ok: false,
      reason: 'page 7 of /srv/x',
      isDamaged: true,
    });
    const damaged = await send({ method: 'GET', path: '/readyz' });
    assert.deepEqual([damaged.status, damaged.json()], [503, { status: 'damaged' }]);
    const alive = await send({ method: 'GET', path: '/livez' });
    assert.deepEqual([alive.status, alive.json()], [200, { status: 'ok' }]);
    server.storage.health = () => Promise.reject(new Error('boom'));
    const broken = await send({ method: 'GET', path: '/readyz' });
    assert.deepEqual([broken.status, broken.json()], [500, { message: 'Internal server error' }]);
  });

  test('other paths and methods find nothing, behind the usual headers (X32)', async (t) => {
    const { send } = await startServer(t);
    const paths = [
      '/',
      '/..%2f',
      '/%2e%2e/',
      '//oauth2/token',
      '/.poolhouse/poolhouse.key',
      '/%',
      '/readyz/x',
    ];
    for (const path of paths) {
      const answer = await send({ method: 'GET', path });
      assert([400, 404].includes(answer.status), `${path} ${answer.status}`);
      assert.match(String(answer.headers['content-security-policy']), /^default-src 'self'/);
      assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.equal(answer.headers['x-powered-by'], undefined);
      assert.doesNotMatch(answer.body, /at \/|node_modules|\.ts/);
    }
    for (const [method, status] of [
      ['TRACE', 405],
      ['PROPFIND', 405],
      ['HEAD', 404],
      ['PUT', 404],
    ] as const) {
      const answer = await send({
        method,
        path: '/',
        headers: {
          'x-http-method-override': 'POST',
          'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp',
        },
      });
      assert.equal(answer.status, status, method);
    }
  });

  test('requests that two servers could interpret differently are refused (X31)', async (t) => {
    const { port } = await startServer(t);
    const head = 'POST / HTTP/1.1\r\nHost: x\r\n';
    const attempts: readonly (readonly [string, string])[] = [
      ['both lengths', `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
      ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
      ['an unknown encoding', `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
      ['chunked, but not last', `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
      ['a folded header', `${head}X-Note: a\r\n b\r\nContent-Length: 0\r\n\r\n`],
      ['a space before the colon', `${head}Content-Length : 0\r\n\r\n`],
      ['a bare line feed', `${head}X-A: b\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
      ['no host', 'POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n'],
      ['no HTTP at all', 'hello\r\n\r\n'],
    ];
    for (const [name, bytes] of attempts) {
      assert.match(await raw(port, bytes), /^HTTP\/1\.1 400 /, name);
    }
  });

  test('headers and addresses have a maximum length (X31)', async (t) => {
    const { port, post } = await startServer(t);
    const head = 'GET / HTTP/1.1\r\nHost: x\r\n';
    const headers = (count: number) =>
      Array.from({ length: count }, (_, index) => `x-${index}: y\r\n`).join('');
    const path = (length: number) => `GET /${'a'.repeat(length)} HTTP/1.1\r\nHost: x\r\n\r\n`;
    assert.match(await raw(port, `${head}${headers(2000)}\r\n`), /^HTTP\/1\.1 431 /);
    assert.match(await raw(port, path(17_000)), /^HTTP\/1\.1 431 /);
    // A client that is still sending may be cut off before it reads its answer.
    assert.match(await raw(port, `${head}${headers(10_000)}\r\n`), /^(HTTP\/1\.1 431 |$)/);
    assert.match(await raw(port, path(65_536)), /^(HTTP\/1\.1 431 |$)/);
    assert.equal((await post('SignUp', SIGN_UP)).json()['__type'], 'ResourceNotFoundException');
  });

  test('a client that sends less than it announced blocks nothing', async (t) => {
    const { port, post, logged } = await startServer(t);
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a":');
    await once(socket, 'connect');
    const answer = post('SignUp', SIGN_UP);
    assert.equal((await answer).json()['__type'], 'ResourceNotFoundException');
    socket.destroy();
    await once(socket, 'close');
    assert.equal((await post('SignUp', SIGN_UP)).status, 400);
    assert.deepEqual(
      logged.filter(({ level }) => level === 'error'),
      [],
    );
  });

  test('a request that is sent too slowly is ended (X29)', async (t) => {
    const limits = { headersTimeout: 40, requestTimeout: 80, connectionsCheckingInterval: 10 };
    const server = makeServer(quietParts(), limits);
    t.after(() => server.stop());
    const port = await server.listen(0, '127.0.0.1');
    server.open();
    assert.match(await raw(port, 'POST / HTTP/1.1\r\nHost: x\r\n'), /^HTTP\/1\.1 408 /);
    const body = await raw(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{');
    assert.match(body, /^HTTP\/1\.1 408 /);
  });

  test('what is sent slowly is read to its end where a handler allows it', async (t) => {
    const limits = { headersTimeout: 40, requestTimeout: 80, connectionsCheckingInterval: 10 };
    const reads = async (request: Request, response: Response) => {
      mayTakeLong(request);
      let bytes = 0;
      for await (const chunk of request) bytes += (chunk as Buffer).length;
      sendJson(response, { bytes });
    };
    const mounts = async () => [{ path: '/', routes: [route('PUT', '/file', reads)] }];
    const server = makeServer({ ...quietParts(), mounts }, limits);
    t.after(() => server.stop());
    const port = await server.listen(0, '127.0.0.1');
    server.open();
    const socket = connect(port, '127.0.0.1');
    const answer = readAll(socket);
    socket.write('PUT /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\n');
    socket.write('xxx');
    // Another one, which began later, has had its time by now.
    const other = await raw(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{');
    assert.match(other, /^HTTP\/1\.1 408 /);
    socket.write('xxx');
    assert.match(await answer, /"bytes":6/);
  });
});

suite('the end of the server (F21)', () => {
  const request = `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSCognitoIdentityProviderService.SignUp\r\nContent-Length: ${SIGN_UP.length}\r\n\r\n${SIGN_UP}`;

  test('accepted requests are answered, idle connections are closed, new ones are refused', async (t) => {
    const { arrived, registry } = waiting();
    const running: RunningServer = await startServer(t, { replacements: { registry } });
    const idle = connect(running.port, '127.0.0.1');
    idle.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(idle, 'data');
    const sockets = Array.from({ length: 50 }, () => {
      const socket = connect(running.port, '127.0.0.1');
      socket.write(request);
      return readAll(socket);
    });
    await untilArrived(arrived, 50);
    const stopped = running.server.stop();
    await once(idle.resume(), 'close');
    const refused = connect(running.port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
    for (const letGo of arrived) letGo();
    for (const answer of await Promise.all(sockets)) {
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n[^]*"UserSub":"x"/);
    }
    await stopped;
  });
});

test('requests that arrive before everything is prepared wait for it', async (t) => {
  const server = makeServer(quietParts());
  t.after(() => server.stop());
  const port = await server.listen(0, '127.0.0.1');
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  socket.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'connect');
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(text, '');
  assert.match(
    await raw(port, 'GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    /"ok"/,
  );
  server.open();
  while (!text.includes('"ok"')) await once(socket, 'data');
  socket.destroy();
});

test('a server that stops before it was open keeps nobody waiting', async () => {
  const server = makeServer(quietParts());
  const port = await server.listen(0, '127.0.0.1');
  const waiting = raw(port, 'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n');
  const other = connect(port, '127.0.0.1');
  other.on('error', () => undefined);
  await once(other, 'connect');
  await server.stop();
  assert.equal(await waiting, '');
});
