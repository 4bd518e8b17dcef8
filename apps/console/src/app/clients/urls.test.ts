import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusedField, urlProblems, withCallbacks } from './urls.ts';

const values = {
  callbacks: 'https://example.com/\nshop://in',
  defaultCallback: 'https://example.com/',
  signOuts: '',
};

test('the default goes with its line while that is edited', () => {
  const edited = withCallbacks(values, 'https://example.com/in\nshop://in');
  assert.equal(edited.defaultCallback, 'https://example.com/in');
  const added = withCallbacks(values, `${values.callbacks}\nhttps://`);
  assert.equal(added.defaultCallback, values.defaultCallback);
  assert.equal(withCallbacks(values, '\n').defaultCallback, '');
  const other = withCallbacks(values, 'https://example.com/\nshop://out');
  assert.equal(other.defaultCallback, values.defaultCallback);
});

test('a wrong address is named at its field', () => {
  assert.deepEqual(urlProblems(values), {});
  const found = urlProblems({
    callbacks: 'https://example.com/\nhttp://example.com/',
    defaultCallback: 'https://gone.example.com/',
    signOuts: 'https://example.com/#out',
  });
  assert.match(found.callbacks ?? '', /^http:\/\/example\.com\/: Use https/);
  assert.match(found.signOuts ?? '', /Leave out the #/);
  assert.match(found.defaultCallback ?? '', /one of the callback URLs/);
  const many = Array.from({ length: 101 }, (_, index) => `https://example.com/${index}`).join('\n');
  assert.match(urlProblems({ ...values, signOuts: many }).signOuts ?? '', /100/);
});

test('what the server refuses is said at the field that it is about', () => {
  const draft = { ...values, signOuts: 'https://example.com/#out' };
  // Words of the server. Source: core, settings-texts.ts; model, constraint.ts.
  for (const [message, field] of [
    ['https://example.com/ cannot use the HTTP protocol.', 'callbacks'],
    ['https://example.com/#out cannot use fragment', 'signOuts'],
    ['The default redirect URI x is not in the callback URIs list.', 'defaultCallback'],
    ['CallbackUrls can not be empty when code flow or implicit flow is selected', 'callbacks'],
    ["1 validation error detected: Value at 'logoutURLs' failed to satisfy", 'signOuts'],
    ["1 validation error detected: Value at 'defaultRedirectURI' failed", 'defaultCallback'],
    ['Something else', undefined],
  ] as const) {
    assert.equal(refusedField(draft, message), field, message);
  }
});
