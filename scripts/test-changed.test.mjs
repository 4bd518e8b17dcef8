/** `npm test -- --changed` misses nothing that a change may break. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isTouched, namedPaths, reach, touchedBy } from './test-changed.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** What each file uses. */
const USED = new Map([
  ['a.test.ts', ['a.ts']],
  ['a.ts', ['b.ts', 'pages']],
  ['b.ts', ['a.ts']],
  ['c.test.ts', ['c.ts']],
]);

for (const [changed = '', ...touched] of [
  ['a.test.ts', 'a.test.ts'],
  ['b.ts', 'b.ts', 'a.ts', 'a.test.ts'],
  ['pages/start/page.html', 'pages/start/page.html', 'a.ts', 'a.test.ts', 'b.ts'],
  ['c.ts', 'c.ts', 'c.test.ts'],
  ['pages.md', 'pages.md'],
]) {
  test(`a change of ${changed} touches ${touched.length - 1} more`, () => {
    assert.deepEqual([...reach([changed], USED)].sort(), touched.sort());
  });
}

test('programs that are started, templates, and folders that are read count as used', () => {
  const server = namedPaths('packages/server/src/testing/run-main.ts');
  assert(server.includes('packages/server/src/main.ts'), server.join(' '));
  assert(!server.includes('.'), 'the whole repository');
  assert(namedPaths('scripts/build-starter.mjs').includes('examples/starter/web'));
});

test('a file that determines how everything is read affects everything', async () => {
  for (const file of ['package-lock.json', 'eslint.config.mjs', 'packages/core/package.json']) {
    assert.equal(await touchedBy([file]), 'everything', file);
  }
});

test('a whole-repository check runs if the change concerns it', () => {
  const touches = (/** @type {string} */ part, /** @type {string} */ file) =>
    isTouched(part, new Set([file]));
  assert(touches('console', 'packages/ui/look.css'));
  assert(touches('types', 'packages/core/src/execute.ts'));
  assert(!touches('angular', 'packages/core/src/execute.ts'));
  assert(!touches('types', 'docs/adr/0001-sql-by-hand.md'));
  assert(!touches('unit', 'packages/core/src/execute.ts'));
});
