import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { attributeName, attributeWord, glossary, REJECTED } from './glossary.ts';

const ROOT = join(import.meta.dirname, '../../../../..');
/** What people read: pages, the screens of the kit, what confirmation links lead to, and the documentation that is written by hand. */
const READ = [
  '{apps/console,examples/starter/web}/src/**/*.{ts,html}',
  'packages/angular/{src,fields,screens,account,testing}/**/*.ts',
  'packages/server/src/{delivery,home-http,inbox,login-http,pages}/**/*.ts',
  '{.,docs/{guides,tutorial},examples/starter,packages/{angular,express}}/*.md',
];
const pages = globSync(READ, { cwd: ROOT })
  .filter((file) => !/\.(test|spec)\.ts$/.test(file) && basename(file) !== 'glossary.ts')
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

test('no page, screen or guide uses a word that the glossary rejects', () => {
  for (const part of ['apps', 'examples', 'packages/angular', 'packages/server', 'docs']) {
    assert(
      pages.some(({ file }) => file.startsWith(part)),
      part,
    );
  }
  for (const { file, text } of pages) {
    for (const [word, better] of Object.entries(REJECTED)) {
      assert(!text.includes(word), `${file} says “${word}”: it is called “${better}”`);
    }
  }
});

test('the console’s pages take their labels from the glossary, and write none anew', () => {
  for (const { file, text } of pages.filter((page) => page.file.startsWith('apps'))) {
    for (const label of Object.values(glossary)) {
      if (!label.includes(' ')) continue;
      const isWritten = text.includes(`'${label}'`) || text.includes(`>${label}<`);
      assert(!isWritten, `${file} writes “${label}” itself`);
    }
  }
});

test('the kit names the rules of a password as the console does', () => {
  const kit = readFileSync(join(ROOT, 'packages/angular/fields/texts/screen-texts.ts'), 'utf8');
  const { lowercase, uppercase, numbers, symbols, edges } = glossary;
  for (const label of [lowercase, uppercase, numbers, symbols, edges]) {
    const words = label.charAt(0).toLowerCase() + label.slice(1);
    assert(kit.includes(`: '${words}',`), `the kit does not say “${words}”`);
  }
});

test('custom attributes are shown as they are, standard ones by one name each', () => {
  assert.equal(attributeName('custom:zip_code'), 'zip_code');
  assert.equal(attributeName('dev:custom:Zip'), 'Zip');
  assert.equal(attributeName('zoneinfo'), 'Time zone');
  assert.equal(attributeWord('preferred_username'), 'preferred user name');
  assert.equal(attributeWord('custom:Plan_B'), 'Plan_B');
});
