import assert from 'node:assert/strict';
import { createSecretKey, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { sessionName } from './session-name.ts';

const key = createSecretKey(Buffer.alloc(32, 7));

test('a name has 28 lower-case letters and digits, is always the same, and another one for each session and pool', () => {
  const names = new Set<string>();
  const characters = new Set<string>();
  for (let count = 0; count < 2_000; count += 1) {
    const id = randomUUID();
    const name = sessionName(key, id);
    assert.match(name, /^tkn[0-9a-z]{25}$/);
    assert.equal(sessionName(key, id), name);
    names.add(name);
    for (const character of name.slice(3)) characters.add(character);
  }
  assert.equal(names.size, 2_000);
  assert.equal(characters.size, 36);
  const other = createSecretKey(Buffer.alloc(32, 8));
  assert.notEqual(sessionName(other, 'one'), sessionName(key, 'one'));
});
