import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { attributeName, attributeWord, glossary, REJECTED } from './glossary.ts';

const ROOT = join(import.meta.dirname, '../../../../..');
const pages = globSync('{apps/console,examples/starter/web}/src/**/*.{ts,html}', { cwd: ROOT })
  .filter((file) => !file.endsWith('.test.ts') && basename(file) !== 'glossary.ts')
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

test('no page of the console or the starter uses a word that the glossary rejects', () => {
  assert(pages.length > 200);
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

test('custom attributes are shown as they are, standard ones by one name each', () => {
  assert.equal(attributeName('custom:zip_code'), 'zip_code');
  assert.equal(attributeName('dev:custom:Zip'), 'Zip');
  assert.equal(attributeName('zoneinfo'), 'Time zone');
  assert.equal(attributeWord('preferred_username'), 'preferred user name');
  assert.equal(attributeWord('custom:Plan_B'), 'Plan_B');
});
