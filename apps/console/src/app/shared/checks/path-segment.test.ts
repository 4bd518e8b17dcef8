import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOf, segmentOf } from './path-segment.ts';

/** As the router writes a segment into an address. */
const inAddress = (name: string) => `/console/p/pool/users/${encodeURIComponent(segmentOf(name))}`;

test('every name has an address of its own that leads back to it (F6)', () => {
  const awkward = [
    '.',
    '..',
    '...',
    '~.',
    '~..',
    '~~..',
    '~',
    '~a',
    '.hidden',
    'a.',
    '%2e',
    '%2e%2e',
    '.%2E',
    '~%2e',
    'a/b/c',
    '/',
    '//evil.example',
    '../..',
    '..\\..',
    'x&y=z?#',
    ';a=b',
    'a+b',
    '100%',
    '🏊',
    'ada@example.com',
    'index.html',
  ];
  const addresses = awkward.map((name) => {
    const { pathname } = new URL(inAddress(name), 'http://localhost');
    const [, , , , kind, segment = '', ...more] = pathname.split('/');
    assert.equal(kind, 'users', name);
    assert.deepEqual(more, [], name);
    assert.equal(nameOf(decodeURIComponent(segment)), name);
    return pathname;
  });
  assert.equal(new Set(addresses).size, awkward.length);
});
