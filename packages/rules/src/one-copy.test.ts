import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../..');
const SOURCES = '{packages,apps,examples}/**/src/**/*.{ts,mjs,js}';
const NOT_LOOKED_AT =
  /(^|\/)(node_modules|dist|generated|testing)\/|\.(test|spec)\.ts$|^packages\/rules\//;

/** What nobody writes but who writes the rule once more. */
const MARKS: Readonly<Record<string, RegExp>> = {
  'capitals of passwords': /\\p\{Lu\}/,
  'small letters of passwords': /\\p\{Ll\}/,
  'symbols of passwords': /\^\$\*\./,
  'email addresses': /@\[\^?[^\]]*\][+{]/,
  'phone numbers': /\+\[1-9\]/,
  'senders of mails': /<\(\[\^<>\]/,
  'numbers as attributes': /\{1,400\}/,
  'schemes that lead to no application': /vbscript:/,
  'the longest validity': /\b3_?650\b/,
  'names that can be seen': /\\p\{L\}\\p\{M\}\\p\{S\}/,
  'names of pools and app clients': /\\w\\s\+=,\.@-/,
  'names of regions': /\[A-Za-z0-9-\]\{1,32\}/,
  'bounds of attributes': /\\d\{1,308\}/,
  'tags that are AWS’s own': /['"/^]aws:/,
  'lengths of passwords': /\b6, ?99\b/,
  'lengths of sessions': /\b3, ?15\b/,
  'places in a list of groups': /2_?147_?483_?647/,
  'text that leaves no trace': /Default_Ignorable_Code_Point/,
};

/** What looks like one of the rules, and is another. */
const OTHERS: Readonly<Record<string, string>> = {
  'packages/server/src/adapters/smtp.ts': 'what a mail server may be given, whoever checked it',
  'packages/server/src/config/config.ts':
    'the sender of the whole house, which may be on this computer',
  'packages/express/src/admin/invitation.ts':
    'which way an invitation goes; the pool has the last word',
  'packages/core/src/sign-in/identify.ts': 'what a decoy must not be called',
  'packages/core/src/domain/pools/tags.ts': 'the words of the refusal',
  'examples/starter/api/src/users.ts': 'an application of somebody else',
};

const files = globSync(SOURCES, { cwd: root, exclude: ['**/node_modules', '**/dist'] })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !NOT_LOOKED_AT.test(file));

const own = globSync('packages/rules/src/*.ts', { cwd: root }).filter(
  (file) => !file.endsWith('.test.ts'),
);

const withMark = (paths: readonly string[], mark: RegExp) =>
  paths.filter((path) => mark.test(readFileSync(join(root, path), 'utf8')));

test('the rules themselves stand here', () => {
  const missing = Object.entries(MARKS).filter(([, mark]) => withMark(own, mark).length === 0);
  // Of email addresses the rule is in pieces.
  assert.deepEqual(
    missing.map(([name]) => name),
    ['email addresses'],
  );
});

for (const [name, mark] of Object.entries(MARKS)) {
  test(`the rule of ${name} stands nowhere else`, () => {
    assert.ok(files.length > 500, String(files.length));
    assert.deepEqual(
      withMark(files, mark).filter((file) => OTHERS[file] === undefined),
      [],
    );
  });
}
