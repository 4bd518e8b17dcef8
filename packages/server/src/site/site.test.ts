import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { sendRaw } from '../testing/send-raw.ts';
import { serveSite } from '../testing/serve-site.ts';
import { sendTo } from '../testing/start-server.ts';
import { hasBodyOf, readBody } from './body.ts';
import { below, PASS, route } from './route.ts';
import { send, sendJson, setHeaders } from './send.ts';

const LONGEST_BYTES = 1_000;

/** A site with every kind of route and failure. */
async function serving(t: TestContext) {
  const left: string[] = [];
  const routes = [
    route('GET', '/pools/:pool/users/:user', ({ params, query, rest }, response) =>
      sendJson(response, { ...params, q: query['q'], rest }),
    ),
    route('GET', '/things', (_, response) => sendJson(response, 'read')),
    route('POST', '/things', (_, response) => sendJson(response, 'made', 201)),
    route('DELETE', '/things', () => PASS),
    route('GET', '/files/{*path}', ({ params, rest }, response) =>
      sendJson(response, { path: params.path, rest }),
    ),
    below('/closed', (_, response) => sendJson(response, 'closed', 403)),
    route('POST', '/body', async (request, response) => {
      if (!hasBodyOf(request, 'text/plain')) return sendJson(response, null);
      const body = await readBody(request, LONGEST_BYTES).catch((error: unknown) => {
        left.push(String(error));
        throw error;
      });
      return sendJson(response, body.toString());
    }),
    route('GET', '/throws', () => {
      throw new Error('thrown');
    }),
    route('GET', '/rejects', async () => Promise.reject(new Error('rejected'))),
    route('GET', '/throws-nothing', () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a package throws may be anything
      throw undefined;
    }),
    route('GET', '/splits', ({ query }, response) => {
      setHeaders(response, { 'X-Given': String(query['q']) });
      send(response, '');
    }),
    route('GET', '/breaks-off', (_, response) => {
      response.write('a part');
      throw new Error('broken off');
    }),
    route('GET', '/twice', (_, response) => {
      response.end('once');
      response.write('twice');
    }),
  ];
  const { port, errors } = await serveSite(t, [
    { path: '/', routes: [route('GET', '/passed', () => PASS)] },
    { path: '/base', routes },
  ]);
  const ask = async (method: string, path: string, headers = {}, body?: string | Buffer) => {
    const answer = await sendTo(port, { method, path, headers, body });
    return { ...answer, shown: `${answer.status} ${answer.body}` };
  };
  return { port, errors, left, ask };
}

suite('the site', () => {
  test('the case and the trailing slash of a path are ignored, and parameters are decoded', async (t) => {
    const { ask } = await serving(t);
    for (const [path, shown] of [
      ['/base/pools/A/users/b', '200 {"pool":"A","user":"b","rest":"/"}'],
      ['/BASE/Pools/A/users/b/?q=1', '200 {"pool":"A","user":"b","q":"1","rest":"/"}'],
      ['/base/pools/a%2Fb/users/%C3%A4', '200 {"pool":"a/b","user":"ä","rest":"/"}'],
      [
        '/base/pools/__proto__/users/constructor',
        '200 {"pool":"__proto__","user":"constructor","rest":"/"}',
      ],
      ['/base/pools/a/users/b?q=1&q=2', '200 {"pool":"a","user":"b","q":["1","2"],"rest":"/"}'],
      [
        '/base/pools/a/users/b?__proto__=x&q=%zz',
        '200 {"pool":"a","user":"b","q":"%zz","rest":"/"}',
      ],
      ['/base/pools/%zz/users/b', '400 {"message":"Bad Request"}'],
      ['/base/pools/a%00/users/b', '400 {"message":"Bad Request"}'],
      ['/base/pools/a/users/b?q=%00', '400 {"message":"Bad Request"}'],
      ['/base/pools/%zz/nothing', '404 {"message":"Not Found"}'],
      ['/base/pools//users/b', '404 {"message":"Not Found"}'],
      ['/base//pools/a/users/b', '404 {"message":"Not Found"}'],
      ['/base/pools/a/users/b//', '404 {"message":"Not Found"}'],
      ['/base/p%6Fols/a/users/b', '404 {"message":"Not Found"}'],
      ['/base/files', '200 {"path":"/","rest":"/"}'],
      ['/base/files/a%2Fb/../c/', '200 {"path":"/a/b/../c/","rest":"/a%2Fb/../c/"}'],
      ['/base/files/%', '400 {"message":"Bad Request"}'],
      ['/base/closed/a/%zz', '403 "closed"'],
      ['/base/closedx', '404 {"message":"Not Found"}'],
      ['/passed', '404 {"message":"Not Found"}'],
      ['http://elsewhere.example/base/things', '200 "read"'],
      ['*', '404 {"message":"Not Found"}'],
    ] as const) {
      assert.equal((await ask('GET', path)).shown, shown, path);
    }
  });

  test('HEAD is a GET without its body, OPTIONS names the methods, and what no route accepts is not found', async (t) => {
    const { ask } = await serving(t);
    const whole = await ask('GET', '/base/things');
    const { headers, shown } = await ask('HEAD', '/base/things');
    assert.equal(shown, '200 ');
    assert.deepEqual({ ...headers, date: '' }, { ...whole.headers, date: '' });
    assert.equal((await ask('POST', '/base/things')).shown, '201 "made"');
    assert.equal((await ask('DELETE', '/base/things')).status, 404);
    assert.equal((await ask('PUT', '/base/things')).status, 404);
    const options = await ask('OPTIONS', '/base/things');
    assert.equal(options.shown, '200 DELETE, GET, HEAD, POST');
    assert.equal(options.headers.allow, 'DELETE, GET, HEAD, POST');
    const unknown = await ask('PROPFIND', '/base/things');
    assert.equal(unknown.shown, '405 {"message":"Method Not Allowed"}');
    assert.equal(unknown.headers.allow, 'GET, HEAD, POST, OPTIONS, PUT, PATCH, DELETE');
  });

  test('what a client already has is not sent again', async (t) => {
    const { ask } = await serving(t);
    const { headers } = await ask('GET', '/base/things');
    const tag = String(headers.etag);
    for (const [given, status] of [
      [tag, 304],
      [`"x", ${tag.replace('W/', '')}`, 304],
      ['*', 304],
      ['"x"', 200],
    ] as const) {
      assert.equal((await ask('GET', '/base/things', { 'if-none-match': given })).status, status);
    }
    const anew = { 'if-none-match': tag, 'cache-control': 'no-cache' };
    assert.equal((await ask('GET', '/base/things', anew)).status, 200);
    assert.equal((await ask('POST', '/base/things', { 'if-none-match': '*' })).status, 201);
  });

  test('a body is read up to its limit, however it arrives', async (t) => {
    const { port, ask, left } = await serving(t);
    const post = async (body: string | Buffer, headers = {}) =>
      (await ask('POST', '/base/body', { 'content-type': 'text/plain; x=y', ...headers }, body))
        .shown;
    const bad = (status: number) => `${status} {"message":"Bad Request"}`;
    const full = 'x'.repeat(LONGEST_BYTES);
    const gzip = { 'content-encoding': 'gzip' };
    assert.equal(await post('text'), '200 "text"');
    assert.equal(await post('text', { 'content-type': 'text/html' }), '200 null');
    assert.equal(await post(full, { 'transfer-encoding': 'chunked' }), `200 "${full}"`);
    assert.equal(await post(`${full}x`), bad(413));
    assert.equal(await post(`${full}x`, { 'transfer-encoding': 'chunked' }), bad(413));
    assert.equal(await post(gzipSync(full), gzip), `200 "${full}"`);
    assert.equal(await post(gzipSync(Buffer.alloc(50_000_000)), gzip), bad(413));
    assert.equal(await post('no gzip', gzip), bad(400));
    assert.equal(await post(gzipSync(full).subarray(0, 12), gzip), bad(400));
    assert.equal(await post('text', { 'content-encoding': 'unheard-of' }), bad(415));
    const before = left.length;
    const head = 'POST /base/body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n';
    await sendRaw(port, `${head}Content-Length: 50\r\n\r\nhalf`, { hangUp: true });
    await sendRaw(port, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\nhalf`, { hangUp: true });
    const gone = `${head}Content-Encoding: gzip\r\nContent-Length: 50\r\n\r\n`;
    await sendRaw(port, `${gone}${gzipSync(full).toString('latin1').slice(0, 9)}`, {
      hangUp: true,
    });
    while (left.length < before + 3) await ask('GET', '/base/things');
    assert(
      left.every((error) => error.startsWith('BadRequest: ')),
      left.join(),
    );
  });

  test(
    'an endless body is refused at once, and its connection is cut',
    { timeout: 10_000 },
    async (t) => {
      const { port, ask } = await serving(t);
      const socket = connect(port, '127.0.0.1');
      const head = 'POST /base/body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n';
      socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
      const endless = setInterval(() => socket.write(`1000\r\n${'x'.repeat(4096)}\r\n`), 5);
      t.after(() => clearInterval(endless));
      let heard = '';
      socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
      socket.on('error', () => undefined);
      // Not `once` of node:events, which fails on the error that a cut connection may be.
      await new Promise((resolve) => void socket.once('close', resolve));
      assert.match(heard, /^HTTP\/1\.1 413 /);
      assert.equal((await ask('GET', '/base/things')).status, 200);
    },
  );

  test('whatever a handler does, the client learns nothing about it and the next request is answered', async (t) => {
    const { port, ask, errors } = await serving(t);
    const internal = '500 {"message":"Internal server error"}';
    assert.equal((await ask('GET', '/base/throws')).shown, internal);
    assert.equal((await ask('GET', '/base/rejects')).shown, internal);
    assert.equal((await ask('GET', '/base/throws-nothing')).shown, internal);
    assert.equal((await ask('GET', '/base/splits?q=a%0D%0ASet-Cookie:%20b')).shown, internal);
    await assert.rejects(ask('GET', '/base/breaks-off'), /aborted|hang up/);
    assert.equal((await ask('GET', '/base/twice')).shown, '200 once');
    const old = await sendRaw(port, 'GET /base/things HTTP/1.0\r\n\r\n');
    assert.match(old, /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n"read"$/);
    await sendRaw(port, 'GET /base/things HTTP/1.1\r\nHost: x\r\n\r\n', { hangUp: true });
    assert.equal((await ask('GET', '/base/things')).status, 200);
    assert.deepEqual(
      errors.map((error) => (error as Error | undefined)?.message.split(' [')[0]),
      [
        'thrown',
        'rejected',
        undefined,
        'Invalid character in header content',
        'broken off',
        'write after end',
      ],
    );
  });
});
