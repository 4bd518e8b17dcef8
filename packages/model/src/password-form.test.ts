import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInput, shapeProblem } from './decode-input.ts';
import { isPasswordLike, passwordPattern } from './password-form.ts';

const rule = `failed to satisfy constraint: Member must satisfy regular expression pattern: ${passwordPattern}`;

test('a password begins and ends with what is no white space (reports F2)', () => {
  const cases: readonly [string, boolean][] = [
    ['', true],
    ['correct horse battery', true],
    ['tab\tinside', true],
    ['ab', true],
    ['😀a', true],
    ['a', false],
    ['😀', false],
    [' ', false],
    ['   ', false],
    ['Passw0rd!x ', false],
    [' Passw0rd!y', false],
    ['Passw0rd!z\t', false],
    ['\nPassw0rd!z', false],
    ['Passw0rd!z\n', false],
    ['Passw0rd!z\r\n', false],
    // A dot of the pattern is no line end, but Java's \S may be one of those that JavaScript calls white space.
    ['two\nlines', false],
    ['two lines\u2028and a space', false],
    ['two\u2028lines', true],
    ['\u00a0no-break\u00a0', true],
  ];
  for (const [password, holds] of cases) {
    assert.equal(isPasswordLike(password), holds, JSON.stringify(password));
  }
});

test('it says the same as the pattern, for every short text of the characters that matter', () => {
  const pattern = /^[^ \t\n\v\f\r]+[^\n\r\u0085\u2028\u2029]*[^ \t\n\v\f\r]+$/u;
  const alphabet = ['a', ' ', '\n', '\u2028', '\u00a0', '😀'];
  let texts = [''];
  for (let length = 1; length <= 5; length += 1) {
    texts = texts.flatMap((text) => alphabet.map((character) => text + character));
    for (const text of texts) {
      assert.equal(isPasswordLike(text), pattern.test(text), JSON.stringify(text));
    }
  }
});

test('it stays cheap for the longest password', () => {
  const worst = ['x'.repeat(256), `${'x '.repeat(127)}x\n`, ' '.repeat(256)];
  const startedAt = process.cpuUsage();
  for (let turn = 0; turn < 1_000; turn += 1)
    for (const password of worst) isPasswordLike(password);
  const { user, system } = process.cpuUsage(startedAt);
  assert.ok((user + system) / 3_000 < 100, 'microseconds for each');
});

test('every member that is a password says so in the words of the service, without the password', () => {
  const token = { AccessToken: 'a.b.c' };
  const named = { UserPoolId: 'eu-west-1_abc', Username: 'ada' };
  const answers = [
    decodeInput('SignUp', { ClientId: 'a', Username: 'b', Password: 'Passw0rd!x ' }),
    decodeInput('ConfirmForgotPassword', {
      ClientId: 'a',
      Username: 'b',
      ConfirmationCode: '123456',
      Password: 'Passw0rd!x\n',
    }),
    decodeInput('AdminSetUserPassword', { ...named, Password: ' Passw0rd!x' }),
    decodeInput('AdminCreateUser', { ...named, TemporaryPassword: 'Passw0rd!x ' }),
    decodeInput('ChangePassword', { ...token, ProposedPassword: '\tPassw0rd!x' }),
    decodeInput('ChangePassword', {
      ...token,
      ProposedPassword: 'Passw0rd!x',
      PreviousPassword: 'Passw0rd!x ',
    }),
  ].map((decoded) => (decoded.ok ? 'accepted' : decoded.message));
  const members = ['password', 'password', 'password', 'temporaryPassword', 'proposedPassword'];
  assert.deepEqual(
    answers,
    [...members, 'previousPassword'].map(
      (member) => `1 validation error detected: Value at '${member}' ${rule}`,
    ),
  );
  assert.equal(
    shapeProblem('PasswordType', 'newPassword', 'Passw0rd!x '),
    `1 validation error detected: Value at 'newPassword' ${rule}`,
  );
  assert.equal(shapeProblem('PasswordType', 'newPassword', 'Passw0rd!x'), undefined);
});
