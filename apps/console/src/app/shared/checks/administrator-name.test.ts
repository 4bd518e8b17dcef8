import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAdministratorName } from './administrator-name.ts';

test('a name of an administrator has no space within, and looks like no email address', () => {
  for (const name of ['jun', ' jun ', 'Jürgen', 'x'.repeat(128)]) {
    assert.ok(isAdministratorName(name), name);
  }
  for (const name of ['', '  ', 'two words', 'jun@example.com', 'x'.repeat(129)]) {
    assert.ok(!isAdministratorName(name), name);
  }
});
