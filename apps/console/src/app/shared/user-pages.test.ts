import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_SIZE, UserPages, type FetchUsers } from './user-pages.ts';
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

const names = (page: { users: readonly { Username?: string }[] }) =>
  page.users.map(({ Username }) => Username);

test('next and previous lead to the same pages', async () => {
  const pages = new UserPages(new UserQuery(), server(PAGE_SIZE * 2 + 1).fetch);
  const first = await pages.current();
  assert.equal(first.users.length, PAGE_SIZE);
  assert.deepEqual([first.hasPrevious, first.hasNext, first.from], [false, true, 0]);
  const second = await pages.next();
  const third = await pages.next();
  assert.deepEqual(names(third), [`user${PAGE_SIZE * 2}`]);
  assert.deepEqual([third.hasNext, third.from], [false, PAGE_SIZE * 2]);
  assert.deepEqual(await pages.next(), third, 'there is nothing behind the last page');
  assert.deepEqual(await pages.previous(), second);
  assert.deepEqual(await pages.previous(), first);
  assert.deepEqual(await pages.previous(), first);
});

test('a page is filled with users in the state, and asking ends', async () => {
  const { fetch, asked } = server(100_000, 10);
  const page = await new UserPages(new UserQuery('user', 'username', 'Disabled'), fetch).current();
  assert.ok(page.users.length > 1 && page.users.every((user) => user.Enabled === false));
  assert.ok(page.hasNext && asked.length <= 8);
});

test('a text in any attribute joins what several searches find, each user once', async () => {
  const { fetch, asked } = server(3);
  const page = await new UserPages(new UserQuery('user'), fetch).current();
  assert.deepEqual(names(page), ['user0', 'user1', 'user2']);
  assert.ok(asked.length > 3 && !page.cut && !page.hasNext);
  const many = await new UserPages(new UserQuery('user'), server(500).fetch).current();
  assert.ok(many.cut && many.users.length === 60);
});
