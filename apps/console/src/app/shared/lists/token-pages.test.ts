import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenPages, type Position } from './token-pages.ts';

/** A list of five in pages of two, and the tokens that were asked for. */
function five(): { pages(): TokenPages<number>; asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  const pages = () =>
    new TokenPages<number>((token) => {
      asked.push(token);
      const from = Number(token ?? 0);
      const next = from + 2 < 5 ? String(from + 2) : undefined;
      return Promise.resolve({ items: [0, 1, 2, 3, 4].slice(from, from + 2), next });
    });
  return { pages, asked };
}

test('a number leads to the same page whatever one saw before, and past the end to the last', async () => {
  const pages = five().pages();
  const first = await pages.page(1);
  const ends = { hasPrevious: false, hasNext: true, cut: false };
  assert.deepEqual(first, { items: [0, 1], number: 1, from: 0, ...ends });
  const last = await pages.page(3);
  assert.deepEqual([last.items, last.number, last.from, last.hasNext], [[4], 3, 4, false]);
  assert.deepEqual(await pages.page(9), last);
  assert.deepEqual(await five().pages().page(3), last);
  assert.deepEqual(await pages.page(1), first);
});

test('whoever comes back to a list is at its third page with one request', async () => {
  const { pages, asked } = five();
  const trail: Position[] = [];
  await pages().follow(trail).page(3);
  asked.length = 0;
  const again = await pages().follow(trail).page(3);
  assert.deepEqual([again.items, asked], [[4], ['4']]);
});
