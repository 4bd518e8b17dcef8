import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codingsFor } from './content-coding.ts';

test('a client gets the smallest encoding that it accepts, and its weights come first', () => {
  for (const [header, codings] of [
    [undefined, []],
    ['', []],
    ['identity', []],
    ['deflate, zstd', []],
    ['gzip, deflate, br, zstd', ['br', 'gzip']],
    ['GZIP', ['gzip']],
    ['*', ['br', 'gzip']],
    ['br;q=0, *', ['gzip']],
    ['br;q=0.2, gzip;q=0.8', ['gzip', 'br']],
    ['br; q=0.000, gzip ; q=1.000', ['gzip']],
    ['identity, br;q=0.5', []],
    ['identity;q=0.5, br;q=0.5', ['br']],
    ['br;q=much', []],
    ['*;q=0', []],
  ] as const) {
    assert.deepEqual(codingsFor(header), codings, header);
  }
});
