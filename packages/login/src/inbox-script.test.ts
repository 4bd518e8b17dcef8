import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { english, inbox } from './index.ts';
import { readPage } from './testing/read-page.ts';

const script = readFileSync(new URL('../browser/inbox.js', import.meta.url), 'utf8');
const words = english.inbox.script;

test('the script of the inbox gets its texts from the page', () => {
  const page = inbox(
    { sends: { mail: false, sms: false }, example: { url: '', region: 'local' } },
    english,
  );
  const [given] = readPage(page).flatMap(({ attributes }) => attributes['data-words'] ?? []);
  assert.deepEqual(JSON.parse(given ?? ''), words);
});

test('each of these texts is one that the script says, and it says no other', () => {
  const said = [...script.matchAll(/\bwords\.(\w+)/g)].map(([, name = '']) => name);
  assert.deepEqual([...new Set(said)].sort(), Object.keys(words).sort());
  const code = script.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  assert.deepEqual(code.match(/['"`>](?:[A-Z][a-z]+ |[^'"`\n]* [A-Z])[a-z][^'"`\n]*['"`]/g), null);
});
