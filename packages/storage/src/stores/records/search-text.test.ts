import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldText } from '@poolhouse/rules';
import { lastText, maxSearchLength, prefixEnd, searchText } from './search-text.ts';

test('the end of a prefix is the first text after all that start with it', () => {
  for (const [prefix, end] of [
    ['a', 'b'],
    ['ab', 'ac'],
    ['a\uffff', 'a\u{10000}'],
    ['\ud7ff', '\ue000'],
    ['a\u{10ffff}', 'b'],
    ['a\u{10ffff}\u{10ffff}', 'b'],
    ['🏊', '🏋'],
  ] as const)
    assert.equal(prefixEnd(prefix), end);
  for (const prefix of ['', '\u{10ffff}', '\u{10ffff}\u{10ffff}'])
    assert.equal(prefixEnd(prefix), undefined);
});

test('folding case keeps a beginning a beginning', () => {
  for (const text of ['ΣΟΦΟΣ', 'İstanbul', 'STRASSE', 'Straße', 'Ǆ', 'Ａda\u200d'])
    for (let length = 0; length <= text.length; length += 1)
      assert.ok(foldText(text).startsWith(foldText(text.slice(0, length))), text);
});

test('searched texts are cut between characters, and contain no null character', () => {
  assert.equal(searchText('a\0b'), 'a\ufffdb');
  assert.equal(searchText('x'.repeat(500)).length, maxSearchLength);
  const cut = searchText(`x${'🏊'.repeat(200)}`);
  assert.equal(cut.length, maxSearchLength - 1);
  assert.equal(cut.isWellFormed(), true);
});

test('no searched text comes after the last one', () => {
  const top = Buffer.from(searchText('\u{10ffff}'.repeat(1_000)));
  assert.equal(Buffer.compare(Buffer.from(lastText), top), 1);
});
