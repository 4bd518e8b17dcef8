/** Every test of the repository is run by a part of `npm test`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { partOf, sourceFiles } from './test-parts.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const files = sourceFiles();

test('a file that is named like a test, or starts like one, is in a part', () => {
  const named = /[._](test|spec)s?\.[cm]?[jt]s$/;
  const runner = /^import .*'(node:test|vitest)'/m;
  const begins = /^(test|it|describe|suite)(\.\w+)?\(/m;
  const isTest = (/** @type {string} */ file) => {
    const text = readFileSync(file, 'utf8');
    return named.test(file) || (runner.test(text) && begins.test(text));
  };
  assert.deepEqual(
    files.filter((file) => isTest(file) && partOf(file) === undefined),
    [],
  );
});

for (const part of ['unit', 'slow', 'e2e', 'angular', 'console', 'starter']) {
  test(`the part ${part} has files`, () => {
    assert(files.some((file) => partOf(file) === part));
  });
}

const NAMES = [
  ['packages/core/src/execute.test.ts', 'unit'],
  ['packages/core/src/execute.slow.test.ts', 'slow'],
  ['scripts/imports.slow.test.mjs', 'slow'],
  ['packages/angular/src/auth/auth.test.ts', 'angular'],
  ['packages/angular/src/auth/auth.spec.ts', 'angular'],
  ['packages/angular/schematics/ng-add.test.ts', undefined],
  ['apps/console/src/app/users/user-page.spec.ts', 'console'],
  ['apps/console/src/app/shared/scale.test.ts', 'unit'],
  ['packages/core/src/execute.spec.ts', undefined],
  ['packages/core/src/execute.test.mts', undefined],
  ['scripts/run.test.ts', undefined],
  ['e2e/web/start.test.ts', 'e2e'],
  ['examples/starter/api/src/app.test.ts', 'unit'],
  ['examples/starter/web/src/app/pages.test.ts', 'starter'],
];
for (const [name = '', part] of NAMES) {
  test(`${name} would be ${part === undefined ? 'reported' : `in ${part}`}`, () => {
    assert.equal(partOf(name), part);
  });
}
