import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { finishPages } from './finish-pages.mjs';

test('the sign-in page contains the form and names its script, other pages do not, and both name the font', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'media'));
  await writeFile(join(folder, 'media/instrument-sans-latin-wght-normal-ABCD1234.woff2'), '');
  await writeFile(join(folder, 'sign-in-page-B-C_1234.js'), '');
  const index = join(folder, 'index.html');
  const form = join(folder, 'start-sign-in.html');
  const choice = join(folder, 'start-sign-in-choice.html');
  await writeFile(form, '<p>Password for $&</p>');
  await writeFile(choice, '<p>Name</p>');
  const place = '<!-- start-sign-in.html -->';
  await writeFile(
    index,
    `<link rel="stylesheet" href="s.css"><p>Starter</p>${place}<script src="m.js">`,
  );
  await finishPages(folder, [form, choice]);
  const font =
    '<link rel="preload" href="media/instrument-sans-latin-wght-normal-ABCD1234.woff2" as="font" type="font/woff2" crossorigin>';
  const head = `${font}<link rel="stylesheet" href="s.css"><p>Starter</p>`;
  const signIn = await readFile(join(folder, 'sign-in.html'), 'utf8');
  const script = '<link rel="modulepreload" href="sign-in-page-B-C_1234.js"><script src="m.js">';
  assert.equal(signIn, `${head}<p>Password for $&</p>${script}`);
  const other = await readFile(join(folder, 'sign-in-choice.html'), 'utf8');
  assert.equal(other, `${head}<p>Name</p>${script}`);
  assert.equal(await readFile(index, 'utf8'), `${head}<script src="m.js">`);
  await assert.rejects(finishPages(folder, [form]), /the place for its form/);
});
