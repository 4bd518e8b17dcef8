import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hasBlankEdges,
  passwordRules,
  passwordRulesAttribute,
  temporaryPassword,
} from './password-policy.ts';

const strict = {
  MinimumLength: 12,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};
const unmet = (password: string, policy: Parameters<typeof passwordRules>[0] = strict) =>
  passwordRules(policy, password).flatMap(({ rule, met }) => (met ? [] : [rule]));

test('letters of every script count, and a character is one however it is stored', () => {
  for (const [password, missing] of [
    ['', ['length', 'uppercase', 'lowercase', 'number', 'symbol']],
    ['Correct horse 1', []],
    ['ÄÖ-ähre-12345', []],
    ['Пароль-12345', []],
    ['Aa1-😀😀😀😀😀😀😀', ['length']],
    ['Aa1-😀😀😀😀😀😀😀😀', []],
    ['Correcthorse1 ', ['symbol']],
    ['Correcthorse1§', ['symbol']],
    ['Correct-horse-١', ['number']],
  ] as const) {
    assert.deepEqual(unmet(password), missing, password);
  }
});

test('a policy asks for what it names, and for eight characters in any case', () => {
  assert.deepEqual(unmet('seven 7', {}), ['length']);
  assert.deepEqual(passwordRules(undefined, 'eight  8'), [{ rule: 'length', met: true }]);
  assert.deepEqual(passwordRules({ MinimumLength: 6, RequireNumbers: true }, 'sixsix'), [
    { rule: 'length', met: true },
    { rule: 'number', met: false },
  ]);
});

test('white space around a password is seen, within it is not', () => {
  assert.deepEqual([' a', 'a\t', 'a b', ''].map(hasBlankEdges), [true, true, false, false]);
});

test('a temporary password meets every policy, and is as long as it asks', () => {
  const first = (alphabet: string, length: number) => alphabet.charAt(0).repeat(length);
  assert.deepEqual(unmet(temporaryPassword(strict, first)), []);
  assert.equal(temporaryPassword(strict, first).length, 16);
  assert.equal(temporaryPassword({ MinimumLength: 40 }, first).length, 40);
});

test('password managers are told the policy', () => {
  assert.equal(
    passwordRulesAttribute({ MinimumLength: 15, RequireNumbers: true }),
    'minlength: 15; required: digit; allowed: lower; allowed: upper; allowed: digit;',
  );
  assert.match(
    passwordRulesAttribute({ RequireSymbols: true }),
    /^minlength: 8; required: \[-.*\]; allowed: lower;/,
  );
});
