import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flag, json, recordsOf, type Joined, type RowOf } from './columns.ts';

interface Book {
  readonly isbn: string;
  readonly pages: number;
  readonly isLent: boolean;
  readonly authors: readonly string[];
  readonly shelf?: 'left' | 'right';
  readonly notes?: readonly string[];
  readonly width: number;
  readonly height: number;
}

const { member, optional, shared, written, table } = recordsOf<Book>();
const size = shared(
  {
    width: (text: string) => Number(text.split('x')[0]),
    height: (text: string) => Number(text.split('x')[1]),
  },
  ({ width, height }) => `${width}x${height}`,
);
const books = table('books', {
  isbn: member('isbn'),
  pages: member('pages'),
  lent: member('isLent', flag),
  authors: member('authors', json()),
  shelf: optional('shelf'),
  notes: optional('notes', json()),
  size,
  first_author: written(({ authors }: Pick<Book, 'authors'>) => authors[0] ?? null),
});

const book: Book = {
  isbn: '1',
  pages: 7,
  isLent: true,
  authors: ['Ada', 'Bo'],
  shelf: 'left',
  width: 2,
  height: 3,
};

test('a record that is written and read again is equal, and absent members stay absent', () => {
  const values = books.values(book);
  const row = Object.fromEntries(
    books.names.map((name, at) => [name, values[at]]),
  ) as unknown as RowOf<typeof books>;
  assert.deepEqual(row, {
    isbn: '1',
    pages: 7,
    lent: 1,
    authors: '["Ada","Bo"]',
    shelf: 'left',
    notes: null,
    size: '2x3',
    first_author: 'Ada',
  });
  assert.deepStrictEqual(books.record(row), book);
});

test('the statements name the columns in the order of their values', () => {
  assert.equal(
    books.insert,
    'INSERT INTO books (isbn, pages, lent, authors, shelf, notes, size, first_author) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  assert.equal(books.select('b', ['isbn', 'authors', 'notes']), 'b.pages, b.lent, b.shelf, b.size');
  const some = books.only('pages', 'shelf', 'size');
  assert.equal(some.set, 'pages = ?, shelf = ?, size = ?');
  assert.equal(
    some.setInserted,
    'pages = excluded.pages, shelf = excluded.shelf, size = excluded.size',
  );
  assert.deepEqual(some.values(book), [7, 'left', '2x3']);
});

test('a table for part of a record can reuse the columns', () => {
  const { isbn, shelf } = books.columns;
  const places = recordsOf<Pick<Book, 'isbn' | 'shelf'>>().table('books', { isbn, shelf });
  assert.deepStrictEqual(places.record({ isbn: '1', shelf: null }), { isbn: '1' });
  assert.deepEqual(places.values(book), ['1', 'left']);
});

test('a mismatch between columns and record does not compile', () => {
  const { isbn, pages, lent, authors, shelf, notes } = books.columns;
  // If the compiler accepts a line below, the unused directive above it is the error.
  const never = () => {
    // @ts-expect-error the shelf has no column
    table('books', { isbn, pages, lent, authors, notes, size });
    // @ts-expect-error the size has no column
    table('books', { isbn, pages, lent, authors, shelf, notes });
    // @ts-expect-error a list cannot be a column value
    member('authors');
    // @ts-expect-error neither can a boolean
    member('isLent');
    // @ts-expect-error neither can a member that may be absent
    member('shelf');
    // @ts-expect-error a member that is always present is not optional
    optional('pages');
    // @ts-expect-error the form is for another type
    member('pages', flag);
    // @ts-expect-error not a member of the record
    member('colour');
    // @ts-expect-error the decoded type is not the member's
    shared({ width: (text: string) => text }, () => '');
    // @ts-expect-error not a column of the table
    books.only('colour');
    // @ts-expect-error not here either
    books.select('b', ['colour']);
    // @ts-expect-error the table has no such column
    void ((row: RowOf<typeof books>) => row.colour);
    // @ts-expect-error written only, never read
    void ((row: RowOf<typeof books>) => row.first_author);
    // @ts-expect-error a number, not a text
    void ((row: RowOf<typeof books>): string => row.pages);
    // @ts-expect-error ambiguous: both rows have pages
    void ((row: Joined<{ id: 1; pages: 2 }, { id: 1; pages: 2 }, 'id'>) => row.pages);
  };
  assert.equal(typeof never, 'function');
});
