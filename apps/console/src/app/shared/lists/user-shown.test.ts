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

test('the person and an address are shown where they say more than the title', () => {
  const of = (values: Readonly<Record<string, string>>, Username = 'ada') => {
    const Attributes = Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
    const { title, person, contact } = shownUser({ Username, Attributes });
    return [title, person, contact];
  };
  const email = 'ada@example.com';
  const whole = { given_name: 'Ada', family_name: 'Lovelace' };
  assert.deepEqual(of({ ...whole, email }), ['ada', 'Ada Lovelace', email]);
  assert.deepEqual(of({ ...whole, name: 'Countess' }), ['ada', 'Countess', '']);
  assert.deepEqual(of({ name: 'ada', family_name: 'L' }), ['ada', '', '']);
  assert.deepEqual(of({ family_name: 'Lovelace' }), ['ada', 'Lovelace', '']);
  assert.deepEqual(of({ sub: 'id-1', email }, 'id-1'), [email, '', '']);
  assert.deepEqual(of({ sub: 'id-1', email, phone_number: '+1' }, 'id-1'), [email, '', '+1']);
  assert.deepEqual(of({ sub: 'id-1', phone_number: '+1', ...whole }, 'id-1'), [
    '+1',
    'Ada Lovelace',
    '',
  ]);
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
