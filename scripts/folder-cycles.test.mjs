import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderCycles } from './folder-cycles.mjs';

test('folders that import from each other are found, also indirectly, and inside each other', () => {
  assert.deepEqual(folderCycles([['a/1.ts', 'b/1.ts']]), []);
  assert.deepEqual(
    folderCycles([
      ['a/1.ts', 'a/2.ts'],
      ['a/2.ts', 'a/1.ts'],
    ]),
    [],
  );
  /** @type {[string, string][]} */
  const around = [
    ['a/1.ts', 'b/1.ts'],
    ['b/2.ts', 'c/1.ts'],
    ['c/2.ts', 'a/2.ts'],
    ['d/1.ts', 'a/1.ts'],
  ];
  assert.deepEqual(folderCycles(around), [['a', 'b', 'c']]);
  assert.deepEqual(
    folderCycles([
      ['a/1.ts', 'a/b/1.ts'],
      ['a/b/1.ts', 'a/2.ts'],
    ]),
    [['a', 'a/b']],
  );
});
