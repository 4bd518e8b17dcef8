import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressFiles } from './compress-files.mjs';

test('large texts get brotli and gzip versions beside them; fonts and files that fit into one packet do not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'compress-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'media'));
  const text = 'a script; '.repeat(1_000);
  await writeFile(join(folder, 'main.js'), text);
  await writeFile(join(folder, 'tiny.js'), 'a script');
  await writeFile(join(folder, 'media', 'mark.svg'), text);
  await writeFile(join(folder, 'media', 'font.woff2'), text);
  await compressFiles(folder);
  const names = await readdir(folder, { recursive: true });
  assert.deepEqual(names.map((name) => name.replaceAll('\\', '/')).sort(), [
    'main.js',
    'main.js.br',
    'main.js.gz',
    'media',
    'media/font.woff2',
    'media/mark.svg',
    'media/mark.svg.br',
    'media/mark.svg.gz',
    'tiny.js',
  ]);
  const content = (/** @type {string} */ name) => readFile(join(folder, name));
  assert.equal(brotliDecompressSync(await content('main.js.br')).toString(), text);
  assert.equal(gunzipSync(await content('main.js.gz')).toString(), text);
});
