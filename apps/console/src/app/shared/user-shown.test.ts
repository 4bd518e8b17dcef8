import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialsOf, shownUser, stateOf } from './user-shown.ts';

test('disabled is said before any status', () => {
  assert.equal(stateOf({ Enabled: false, UserStatus: 'CONFIRMED' }), 'disabled');
  assert.equal(stateOf({ Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' }), 'must-change');
  assert.equal(stateOf({ UserStatus: 'EXTERNAL_PROVIDER' }), 'other');
});

test('where the user name is an id, the address stands for it', () => {
  const Attributes = [
    { Name: 'sub', Value: 'id-1' },
    { Name: 'email', Value: 'ada@example.com' },
  ];
  assert.equal(shownUser({ Username: 'id-1', Attributes }).title, 'ada@example.com');
  assert.equal(shownUser({ Username: 'ada', Attributes }).title, 'ada');
});

test('initials', () => {
  const cases = [
    ['Mara Okafor', 'MO'],
    ['mara.okafor@example.com', 'MO'],
    ['tom', 'TO'],
    ['李小龍', '李小'],
    ['', '?'],
  ];
  for (const [name = '', initials] of cases) assert.equal(initialsOf(name), initials);
});
