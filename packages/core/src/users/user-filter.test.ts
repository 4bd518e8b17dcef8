import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseUserFilter } from './user-filter.ts';

test('a filter names one attribute, an operator and a quoted value', () => {
  const cases: readonly [string, string, string, string][] = [
    ['email = "a@x.com"', 'email', 'equals', 'a@x.com'],
    ['email="a@x.com"', 'email', 'equals', 'a@x.com'],
    ['"email"^="testuser"', 'email', 'starts-with', 'testuser'],
    ['  given_name  ^=  "Jon"  ', 'given_name', 'starts-with', 'Jon'],
    ['cognito:user_status = "CONFIRMED"', 'cognito:user_status', 'equals', 'CONFIRMED'],
    ['status = "Enabled"', 'status', 'equals', 'Enabled'],
    [String.raw`family_name = "O\"Neil \\ sons"`, 'family_name', 'equals', 'O"Neil \\ sons'],
    ['name = ""', 'name', 'equals', ''],
    ['name = "a = b"', 'name', 'equals', 'a = b'],
    [`name = "' OR 1=1 -- %_"`, 'name', 'equals', "' OR 1=1 -- %_"],
  ];
  for (const [text, attribute, match, value] of cases) {
    const expected = { kind: 'filter', filter: { attribute, match, value } };
    assert.deepEqual(parseUserFilter(text), expected, text);
  }
});

test('an empty filter means everybody', () => {
  for (const text of ['', '   ']) assert.deepEqual(parseUserFilter(text), { kind: 'everybody' });
});

test('an invalid filter is refused', () => {
  const unreadable = 'Error while parsing filter.';
  const cases: readonly [string, string][] = [
    ['email', unreadable],
    ['email = ', unreadable],
    ['email = a@x.com', unreadable],
    ["email = 'a@x.com'", unreadable],
    ['email = "a@x.com', unreadable],
    ['email = "a@x.com\\', unreadable],
    [String.raw`email = "a@x.com\"`, unreadable],
    ['email = "', unreadable],
    ['email != "a"', unreadable],
    ['email == "a"', unreadable],
    ['= "a"', unreadable],
    ['"" = "a"', unreadable],
    ['email = "a" and name = "b"', unreadable],
    ['email = "a" "b"', unreadable],
    ['custom:role = "admin"', 'Input fails to satisfy the constraints.'],
    ['"dev:custom:role" ^= "a"', 'Input fails to satisfy the constraints.'],
    ['locale = "a"', 'Invalid search attribute: locale'],
    ['Email = "a"', 'Invalid search attribute: Email'],
    ['__proto__ = "a"', 'Invalid search attribute: __proto__'],
  ];
  for (const [text, message] of cases) {
    assert.deepEqual(parseUserFilter(text), { kind: 'problem', message }, text);
  }
});
