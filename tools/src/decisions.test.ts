import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../docs/adr/', import.meta.url);

test('each decision has a number of its own, the same in its name and its title', () => {
  const names = readdirSync(folder);
  const numbers = names.map((name) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]));
  assert.equal(new Set(numbers).size, names.length, names.join(' '));
  for (const [at, name] of names.entries()) {
    const [title = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n');
    assert.ok(title.startsWith(`# ${String(numbers[at])}. `), `${name}: ${title}`);
  }
});
