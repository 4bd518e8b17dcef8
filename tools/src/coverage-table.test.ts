import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverageTable } from './coverage-table.ts';

test('every operation has a line that tells its state', () => {
  const lines = coverageTable(['SignUp', 'GetUser']).split('\n');
  assert.match(lines[0] ?? '', /^Operation +Authorisation +State$/u);
  assert.equal(lines.filter((line) => / (?:not )?built$/u.test(line)).length, 140);
  assert.ok(lines.some((line) => /^SignUp +client +built$/u.test(line)));
  assert.ok(lines.some((line) => /^GetUser +accessToken +built$/u.test(line)));
  assert.ok(lines.some((line) => /^CreateUserPool +iam +not built$/u.test(line)));
  assert.ok(lines.includes('2 of 140 operations built.'));
});
