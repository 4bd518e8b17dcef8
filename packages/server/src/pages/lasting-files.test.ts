import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../testing/start-server.ts';

test('like the pages, the style sheet names its fonts with a hash, so that browsers may keep them', async (t) => {
  const { send } = await startServer(t);
  const get = (path: string) =>
    send({ method: 'GET', path, headers: { accept: 'text/html', 'accept-encoding': 'br' } });
  const page = await get('/inbox');
  assert.match(String(page.headers['content-security-policy']), /font-src 'self'/);
  const [, preloaded = ''] = /rel="preload"\s+href="([^"]+)"/.exec(page.body) ?? [];
  const [, sheet = ''] = /rel="stylesheet" href="([^"]+)"/.exec(page.body) ?? [];
  const css = (await send({ method: 'GET', path: sheet })).body;
  const fonts = [...css.matchAll(/url\("?([^")]+\.woff2)"?\)/g)].map(
    ([, name = '']) => new URL(name, `http://localhost${sheet}`).pathname,
  );
  assert.equal(fonts.length, 3);
  assert(fonts.includes(preloaded));
  for (const font of fonts) {
    const { status, headers } = await get(font);
    assert.deepEqual([status, headers['content-type']], [200, 'font/woff2'], font);
    assert.match(String(headers['cache-control']), /immutable/, font);
    assert.equal(headers['content-encoding'], undefined, font);
  }
});

/** For a sign-in page with everything that it loads. Source: performance.md, the managed login's first page. */
const MOST_BYTES = 30_000;
const MOST_REQUESTS = 3;

test('a card is a page, a style sheet and an icon, and small: it uses the system’s font', async (t) => {
  const { send } = await startServer(t);
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip' };
  const page = await send({ method: 'GET', path: '/', headers });
  const loaded = [...page.body.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(
    ([, path = '']) => path,
  );
  assert(loaded.length > 0 && loaded.length < MOST_REQUESTS, loaded.join());
  let bytes = Number(page.headers['content-length']);
  for (const path of loaded) {
    const file = await send({ method: 'GET', path, headers });
    assert.equal(file.headers['content-encoding'], 'gzip', path);
    bytes += Number(file.headers['content-length']);
    const { body } = await send({ method: 'GET', path });
    assert.doesNotMatch(body, /@font-face|@import/, path);
  }
  assert(bytes <= MOST_BYTES, `${bytes} bytes`);
});
