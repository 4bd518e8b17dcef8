import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../..');
const SOURCES = '{packages,apps,examples}/**/src/**/*.{ts,mjs,js}';
// The Angular kit is published, and the rules are not yet: it has copies of its own.
const NOT_LOOKED_AT =
  /(^|\/)(node_modules|dist|generated|testing)\/|\.(test|spec)\.ts$|^packages\/(rules|angular)\//;

/** Words of a rule that nobody writes but who writes the rule once more. */
const MARKS: Readonly<Record<string, RegExp>> = {
  'capitals of passwords': /\\p\{Lu\}/,
  'small letters of passwords': /\\p\{Ll\}/,
  'symbols of passwords': /\^\$\*\./,
};

const files = globSync(SOURCES, { cwd: root, exclude: ['**/node_modules', '**/dist'] })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !NOT_LOOKED_AT.test(file));

const withMark = (paths: readonly string[], mark: RegExp) =>
  paths.filter((path) => mark.test(readFileSync(join(root, path), 'utf8')));

const own = globSync('packages/rules/src/*.ts', { cwd: root });

for (const [name, mark] of Object.entries(MARKS)) {
  test(`the rule of ${name} stands in one place`, () => {
    assert.ok(files.length > 500, String(files.length));
    assert.equal(
      withMark(
        own.filter((path) => !path.endsWith('.test.ts')),
        mark,
      ).length,
      1,
    );
    assert.deepEqual(withMark(files, mark), []);
  });
}
