import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as ask, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { serveSite } from '../testing/serve-site.ts';
import { appFiles } from '../console-http/app-files.ts';
import { lastingFiles } from './lasting-files.ts';

const TEXT = 'a script; '.repeat(500);
const FILES = {
  'index.html': 'text/html; charset=utf-8',
  'main-ABCDEFGH.js': 'text/javascript; charset=utf-8',
} as const;

/** Serves a built application under `/console`, and files from memory under `/static`. */
async function serving(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'built-files-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const name of Object.keys(FILES)) {
    await writeFile(join(folder, name), TEXT);
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(TEXT));
    await writeFile(join(folder, `${name}.gz`), gzipSync(TEXT));
  }
  await writeFile(join(folder, 'plain-ABCDEFGH.js'), TEXT);
  const memory = join(folder, 'memory');
  await mkdir(memory);
  await writeFile(join(memory, 'main-ABCDEFGH.js'), TEXT);
  const files = lastingFiles(memory, '/static');
  const { port } = await serveSite(t, [
    { path: '/console', routes: appFiles(folder) },
    { path: '/static', routes: files.routes },
  ]);
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Answer>((resolve, reject) => {
      const sent = ask({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const { statusCode: status, headers: got } = response;
          resolve({ status, headers: got, content: Buffer.concat(parts) });
        });
      });
      sent.on('error', reject).end();
    });
  return { get, lasting: files.addressOf('main.js') };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly content: Buffer;
}

function opened({ headers, content }: Answer): string {
  const coding = headers['content-encoding'];
  if (coding === 'br') return brotliDecompressSync(content).toString();
  return (coding === 'gzip' ? gunzipSync(content) : content).toString();
}

test('files are sent in the encoding that the client prefers, with their own type, and each encoding has its own tag', async (t) => {
  const { get, lasting } = await serving(t);
  const immutable = 'public, max-age=31536000, immutable';
  for (const [path, type, cacheControl] of [
    ['/console/main-ABCDEFGH.js', FILES['main-ABCDEFGH.js'], immutable],
    ['/console/p/local_1/users?filter=a.b', FILES['index.html'], 'no-cache'],
    [lasting, FILES['main-ABCDEFGH.js'], immutable],
  ] as const) {
    const tags = new Set<string | undefined>();
    for (const [taken, coding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['br;q=0.1, gzip', 'gzip'],
      ['br;q=0', undefined],
      [undefined, undefined],
    ] as const) {
      const answer = await get(path, taken === undefined ? {} : { 'accept-encoding': taken });
      const { status, headers } = answer;
      const what = `${path} for ${taken}`;
      assert.deepEqual([status, headers['content-encoding']], [200, coding], what);
      assert.equal(headers['content-type'], type, what);
      assert.equal(headers['cache-control'], cacheControl, what);
      assert.equal(headers.vary, 'Accept-Encoding', what);
      assert.equal(Number(headers['content-length']), answer.content.length, what);
      assert.equal(opened(answer), TEXT, what);
      tags.add(headers.etag);
    }
    assert.equal(tags.size, 3, path);
  }
});

test('a known version is not sent again, HEAD describes it, and a range request gets the whole', async (t) => {
  const { get, lasting } = await serving(t);
  for (const path of ['/console/main-ABCDEFGH.js', '/console/', lasting]) {
    const br = { 'accept-encoding': 'br' };
    const whole = await get(path, br);
    const tag = String(whole.headers.etag);
    const known = await get(path, { ...br, 'if-none-match': tag });
    assert.deepEqual([known.status, known.content.length], [304, 0], path);
    const other = await get(path, { 'accept-encoding': 'gzip', 'if-none-match': tag });
    assert.equal(other.status, 200, path);
    const head = await get(path, br, 'HEAD');
    const { date: _, connection: __, 'keep-alive': ___, ...headers } = head.headers;
    for (const [name, value] of Object.entries(headers)) {
      assert.equal(value, whole.headers[name], `${name} of ${path}`);
    }
    assert.deepEqual([head.status, head.content.length], [200, 0], path);
    const part = await get(path, { ...br, range: 'bytes=0-9' });
    assert.deepEqual([part.status, part.content], [200, whole.content], path);
    assert.equal(part.headers['accept-ranges'], undefined, path);
  }
});

test('without a compressed version the plain one is sent, and no compressed file has an address of its own', async (t) => {
  const { get } = await serving(t);
  const { headers, content } = await get('/console/plain-ABCDEFGH.js', { 'accept-encoding': 'br' });
  assert.equal(headers['content-encoding'], undefined);
  assert.equal(headers.vary, 'Accept-Encoding');
  assert.equal(content.toString(), TEXT);
  for (const name of ['main-ABCDEFGH.js.br', 'index.html.gz']) {
    assert.equal((await get(`/console/${name}`)).status, 404, name);
  }
});
