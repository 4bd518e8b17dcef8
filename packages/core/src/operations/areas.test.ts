import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isOperationName, operations } from '@poolhouse/model';

test('an operation stands in the folder of its area', () => {
  const files = globSync('*/*.ts', { cwd: import.meta.dirname, exclude: ['**/*.test.ts'] });
  let found = 0;
  for (const file of files) {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    const name = /\boperation\('(\w+)'/.exec(text)?.[1];
    if (name === undefined) continue;
    assert(isOperationName(name), file);
    assert.equal(file.split(/[/\\]/)[0], operations[name].area, name);
    found += 1;
  }
  assert(found > 50);
});
