import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../testing/start-server.ts';

test('the style sheet names its fonts with the version under which browsers may keep them, as the pages do', async (t) => {
  const { send } = await startServer(t);
  const get = (path: string) =>
    send({ method: 'GET', path, headers: { accept: 'text/html', 'accept-encoding': 'br' } });
  const page = await get('/');
  assert.match(String(page.headers['content-security-policy']), /font-src 'self'/);
  const [, preloaded = ''] = /rel="preload"\s+href="([^"]+)"/.exec(page.body) ?? [];
  const [, sheet = ''] = /rel="stylesheet" href="([^"]+)"/.exec(page.body) ?? [];
  const css = (await send({ method: 'GET', path: sheet })).body;
  const fonts = [...css.matchAll(/url\('([^']+)'\)/g)].map(([, name = '']) => `/static/${name}`);
  assert.equal(fonts.length, 2);
  assert(fonts.includes(preloaded));
  for (const font of fonts) {
    const { status, headers } = await get(font);
    assert.deepEqual([status, headers['content-type']], [200, 'font/woff2'], font);
    assert.match(String(headers['cache-control']), /immutable/, font);
    assert.equal(headers['content-encoding'], undefined, font);
  }
});
