import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serveSite } from '../testing/serve-site.ts';
import { appFiles } from './app-files.ts';

test('page addresses, even those that look like files, return the application; missing files are not found', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'app-files-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'media'));
  await writeFile(join(folder, 'index.html'), 'the application');
  await writeFile(join(folder, 'sign-in.html'), 'the sign-in form');
  await writeFile(join(folder, 'main-ABCDEFGH.js'), 'a script');
  const { port } = await serveSite(t, [{ path: '/console', routes: appFiles(folder) }]);
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/console/${path}`);
    return answer.ok ? await answer.text() : answer.status;
  };
  assert.equal(await get('main-ABCDEFGH.js'), 'a script');
  for (const path of ['', 'new', 'p/eu-west-1_a/users', 'p/eu-west-1_a/users/mara@example.com']) {
    assert.equal(await get(path), 'the application', path);
  }
  assert.equal(await get('sign-in?to=%2Fnew'), 'the sign-in form');
  for (const path of ['main-OLD.js', 'media/font.woff2']) assert.equal(await get(path), 404, path);
});
