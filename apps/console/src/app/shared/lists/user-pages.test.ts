import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_SIZE, userPages, type FetchUsers } from './user-pages.ts';
import { UserQuery } from './user-query.ts';

/** A server with this many users, every `nth` of them disabled; a filter keeps those it is the beginning of. */
function server(count: number, nth = 1): { fetch: FetchUsers; asked: (string | undefined)[] } {
  const all = Array.from({ length: count }, (_, index) => ({
    Username: `user${index}`,
    Enabled: index % nth !== 0,
  }));
  const asked: (string | undefined)[] = [];
  const fetch: FetchUsers = (filter, token, limit) => {
    asked.push(filter);
    const from = Number(token ?? 0);
    const to = from + limit;
    return Promise.resolve({
      users: all.slice(from, to),
      next: to < all.length ? String(to) : undefined,
    });
  };
  return { fetch, asked };
}

const names = (page: { items: readonly { Username?: string }[] }) =>
  page.items.map(({ Username }) => Username);

test('pages follow one another to the last user', async () => {
  const pages = userPages(new UserQuery(), server(PAGE_SIZE * 2 + 1).fetch);
  const first = await pages.page(1);
  assert.equal(first.items.length, PAGE_SIZE);
  assert.deepEqual([first.hasPrevious, first.hasNext, first.from], [false, true, 0]);
  const third = await pages.page(3);
  assert.deepEqual(names(third), [`user${PAGE_SIZE * 2}`]);
  assert.deepEqual([third.hasNext, third.from], [false, PAGE_SIZE * 2]);
});

test('a page is filled with users in the state, and asking ends', async () => {
  const { fetch, asked } = server(100_000, 10);
  const page = await userPages(new UserQuery('user', 'username', 'Disabled'), fetch).page(1);
  assert.ok(page.items.length > 1 && page.items.every((user) => user.Enabled === false));
  assert.ok(page.hasNext && asked.length <= 8);
});

test('a text in any attribute joins what several searches find, each user once', async () => {
  const { fetch, asked } = server(3);
  const page = await userPages(new UserQuery('user'), fetch).page(1);
  assert.deepEqual(names(page), ['user0', 'user1', 'user2']);
  assert.ok(asked.length > 3 && !page.cut && !page.hasNext);
  const many = await userPages(new UserQuery('user'), server(500).fetch).page(1);
  assert.ok(many.cut && many.items.length === 60);
});
