import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordRules } from './administrator-password.ts';

test('a password of an administrator is long, not the name or the email, and has no space at its edges', () => {
  const unmet = (password: string) =>
    passwordRules({ username: 'mara.of.the.house', email: 'mara.of@example.com', password })
      .filter(({ met }) => !met)
      .map(({ rule }) => rule);
  assert.deepEqual(unmet('four words make one'), []);
  assert.deepEqual(unmet(''), ['length', 'notName', 'edges']);
  assert.deepEqual(unmet('fourteen chars'), ['length']);
  assert.deepEqual(unmet('Mara.of.the.HOUSE'), ['notName']);
  assert.deepEqual(unmet('mara.of@example.com'), ['notName']);
  assert.deepEqual(unmet(' four words make one'), ['edges']);
});
