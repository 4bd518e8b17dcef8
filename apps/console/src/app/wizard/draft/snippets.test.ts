import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Choices } from './choices.ts';
import { Draft } from './draft.ts';
import { snippetsOf } from './snippets.ts';

const facts = {
  endpoint: 'http://localhost:8400',
  region: 'local',
  poolId: 'local_abcdefghi',
  clientId: '1example23456789abcdefghij',
  hasSecret: false,
};

function angular(changes: Partial<Choices>): string {
  const [first] = snippetsOf(new Draft().with(changes), facts);
  assert.equal(first?.id, 'angular');
  return first.text;
}

test('the Angular kit is told what a browser cannot ask the pool for', () => {
  const advised = angular({});
  for (const line of [
    `userPoolId: 'local_abcdefghi',`,
    `signInNames: ['username', 'email'],`,
    'minimumLength: 15,',
    'requireSymbols: false,',
  ]) {
    assert(advised.includes(line), line);
  }
  // What the kit takes for granted is not repeated.
  for (const word of ['signUp:', 'signUpVerification', 'signInFlow']) {
    assert(!advised.includes(word), word);
  }
});

const cases: readonly (readonly [string, Partial<Choices>, RegExp, RegExp?])[] = [
  [
    'Cognito’s rules are the default',
    { minimumLength: 8, uppercase: true, lowercase: true, numbers: true, symbols: true },
    /signInNames/,
    /passwordPolicy/,
  ],
  ['a link', { verifyBy: 'link' }, /signUpVerification: 'link'/],
  ['no SRP', { srp: false, password: true }, /signInFlow: 'password'/],
  ['administrators make accounts', { selfSignUp: false }, /signUp: \{ open: false \}/],
  [
    'required attributes',
    { required: ['given_name', 'email'] },
    /signUp: \{ attributes: \['given_name', 'email'\] \}/,
  ],
  ['the address is the name', { signInWith: 'email' }, /signInNames: \['email'\]/, /signUp:/],
  ['the number is the name', { signInWith: 'phone' }, /signUp: \{ attributes: \[\] \}/],
];
for (const [name, changes, there, notThere] of cases) {
  test(`the Angular kit is configured for: ${name}`, () => {
    const text = angular(changes);
    assert.match(text, there);
    if (notThere) assert.doesNotMatch(text, notThere);
  });
}

test('a client with a secret gets no configuration for browsers, and no configuration names the secret', () => {
  const draft = new Draft().with({ secret: true });
  const ids = snippetsOf(draft, { ...facts, hasSecret: true }).map(({ id }) => id);
  assert.deepEqual(ids, ['express', 'sdk', 'cli']);
});
