import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { operationNames } from '@poolhouse/model';
import { REFERENCE_FOLDER, referencePages } from './reference/reference-pages.ts';

const pages = await referencePages();

test('docs/reference says what the code does; else run npm run reference', () => {
  assert.deepEqual(readdirSync(REFERENCE_FOLDER).sort(), [...pages.keys()].sort());
  for (const [file, text] of pages) {
    const committed = readFileSync(join(REFERENCE_FOLDER, file), 'utf8').replaceAll('\r\n', '\n');
    assert.ok(committed === text, `${file} is stale: npm run reference`);
  }
});

test('every operation has its section, every link a target', () => {
  const operations = pages.get('operations.md') ?? '';
  const structures = pages.get('structures.md') ?? '';
  for (const name of operationNames) assert.ok(operations.includes(`\n## ${name}\n`), name);
  const targets = new Set([...structures.matchAll(/^## (\w+)$/gm)].map(([, name]) => name));
  const links = [...(operations + structures).matchAll(/\[(\w+)\]\(structures\.md#/g)];
  assert.ok(links.length > 100);
  for (const [, name] of links) assert.ok(targets.has(name), name);
});

test('texts, settings and events are found in the code', () => {
  const errors = pages.get('errors.md') ?? '';
  assert.match(errors, /^\| UserNotFoundException +\| User does not exist\. +\|$/m);
  assert.match(errors, /User pool \{id\} does not exist\./);
  assert.match(pages.get('settings.md') ?? '', /^\| `POOLHOUSE_PORT` +\| `8400` +\|/m);
  assert.match(pages.get('events.md') ?? '', /^\| `message\.sent` +\| info +\|/m);
});
