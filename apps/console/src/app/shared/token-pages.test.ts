import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenPages } from './token-pages.ts';

test('next and previous lead to the same pages, and end', async () => {
  const pages = new TokenPages<number>((token = '0') => {
    const from = Number(token);
    const next = from + 2 < 5 ? String(from + 2) : undefined;
    return Promise.resolve({ items: [0, 1, 2, 3, 4].slice(from, from + 2), next });
  });
  const first = await pages.current();
  assert.deepEqual(first, { items: [0, 1], from: 0, hasPrevious: false, hasNext: true });
  await pages.next();
  const last = await pages.next();
  assert.deepEqual(last, { items: [4], from: 4, hasPrevious: true, hasNext: false });
  assert.deepEqual(await pages.next(), last);
  await pages.previous();
  assert.deepEqual(await pages.previous(), first);
});
