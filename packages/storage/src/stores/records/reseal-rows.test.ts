import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sql, SqlValue } from '../../sql/sql.ts';
import { MOST_ROWS_PER_WRITE, resealRows } from './reseal-rows.ts';

interface Secrets {
  readonly id: string;
  readonly sealed: string;
}

const table = {
  names: ['id', 'sealed'],
  record: (row: Secrets) => row,
  values: ({ id, sealed }: Secrets) => [id, sealed],
};

test('what many sessions in one millisecond have sealed is written by statements that a database takes', async () => {
  const written: [text: string, params: readonly SqlValue[]][] = [];
  const sql = {
    run: async (text: string, params: readonly SqlValue[]) => written.push([text, params]),
  } as unknown as Sql;
  const rows = Array.from({ length: 17_000 }, (_, at) => ({ id: String(at), sealed: 'old' }));
  await resealRows(
    sql,
    rows,
    table,
    (one) => (Number(one.id) % 2 === 0 ? one : { ...one, sealed: 'new' }),
    (fresh) => `WITH fresh AS (${fresh}) UPDATE x`,
    ['pool'],
  );
  assert.deepEqual(
    written.map(([, params]) => params.length),
    [...Array<number>(8).fill(MOST_ROWS_PER_WRITE * 2 + 1), 1_001],
  );
  const ids = written.flatMap(([, params]) => params.slice(0, -1).filter((_, at) => at % 2 === 0));
  assert.deepEqual(
    ids,
    rows.flatMap(({ id }) => (Number(id) % 2 === 0 ? [] : [id])),
  );
  for (const [text, params] of written) assert.equal(text.split('?').length, params.length);
});

test('nothing is written where nothing changes', async () => {
  const sql = { run: () => assert.fail() } as unknown as Sql;
  await resealRows(sql, [{ id: '1', sealed: 'old' }], table, (one) => one, String);
});
