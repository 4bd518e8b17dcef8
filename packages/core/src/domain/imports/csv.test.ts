import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST_ROW, readRow } from './csv.ts';

/** All rows of a text: their fields, and the lines in which they begin. */
function rowsOf(text: string | Buffer): unknown[] {
  const bytes = Buffer.from(text as string);
  const rows: unknown[] = [];
  let line = 1;
  for (let at = 0; at < bytes.length;) {
    const found = readRow(bytes, at, true);
    if (found.kind !== 'row') return [...rows, found.kind];
    rows.push([line, found.fields && [...found.fields]]);
    at = found.next;
    line += found.lines;
  }
  return rows;
}

test('rows end with a line feed, with or without a carriage return, and the last one may have none', () => {
  const expected = [
    [1, ['a', 'b', '']],
    [2, ['c', '', 'd e']],
  ];
  for (const text of ['a,b,\nc,,d e', 'a,b,\r\nc,,d e\r\n', ' a , b\t,\n c,, d e \n']) {
    assert.deepEqual(rowsOf(text), expected, JSON.stringify(text));
  }
  assert.deepEqual(rowsOf('a\n\nb\n'), [
    [1, ['a']],
    [2, ['']],
    [3, ['b']],
  ]);
});

test('fields are quoted as in RFC 4180, and a row may then take several lines', () => {
  assert.deepEqual(rowsOf('"a,b","c ""d""",e\n"x\ny", "z" ,\nlast\n'), [
    [1, ['a,b', 'c "d"', 'e']],
    [2, ['x\ny', 'z', '']],
    [4, ['last']],
  ]);
  assert.deepEqual(rowsOf('"",""""\n"a\\,b"'), [
    [1, ['', '"']],
    [2, ['a\\,b']],
  ]);
});

test('a comma after a backslash belongs to the value, as the service writes it; other backslashes stand for themselves', () => {
  assert.deepEqual(rowsOf('1\\, Main St\\,,C:\\x,\\\nb'), [
    [1, ['1, Main St,', 'C:\\x', '\\']],
    [2, ['b']],
  ]);
});

test('quotation marks inside a plain field are part of it', () => {
  assert.deepEqual(rowsOf('5" disk,a""b,\\,"x\nc\n"""",\t"d"\n'), [
    [1, ['5" disk', 'a""b', ',"x']],
    [2, ['c']],
    [3, ['"', 'd']],
  ]);
});

test('a row that cannot be read has no fields, and the next one is read all the same', () => {
  const broken = Buffer.concat([Buffer.from('a,'), Buffer.from([0xff]), Buffer.from('\nb\n')]);
  assert.deepEqual(rowsOf(broken), [
    [1, undefined],
    [2, ['b']],
  ]);
  const longest = 'x'.repeat(LONGEST_ROW);
  assert.deepEqual(rowsOf(`${longest}\n${longest}x\n"a"b,c\nd`), [
    [1, [longest]],
    [2, undefined],
    [3, undefined],
    [4, ['d']],
  ]);
});

test('what never ends is no CSV file', () => {
  assert.deepEqual(rowsOf('a\n"b\nc\n'), [[1, ['a']], 'broken']);
  assert.deepEqual(rowsOf('x'.repeat(LONGEST_ROW * 4 + 1)), ['broken']);
});

test('more is asked for until the end of a row is there, and no longer than a row can be', () => {
  const text = Buffer.from('ä,"b\n""c""",\\,d\nnext');
  const end = text.indexOf('\nnext');
  for (let length = 1; length <= end; length += 1) {
    assert.equal(readRow(text.subarray(0, length), 0, false).kind, 'more', String(length));
  }
  const found = readRow(text.subarray(0, end + 1), 0, false);
  assert.deepEqual(found, {
    ...{ kind: 'row', fields: ['ä', 'b\n"c"', ',d'], next: end + 1, lines: 2 },
  });
  const endless = Buffer.from('"'.padEnd(LONGEST_ROW * 4 + 2, 'x'));
  assert.equal(readRow(endless, 0, false).kind, 'broken');
});

test('any texts come back as they were written, quoted or escaped', () => {
  const letters = ['a', '"', ',', '\\', '\n', 'é', '🏊'];
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 2_000; round += 1) {
    const fields = Array.from({ length: 1 + next(4) }, () =>
      Array.from({ length: next(6) }, () => letters[next(letters.length)])
        .join('')
        .trim(),
    );
    const row = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',');
    const bytes = Buffer.from(`${row}\nrest\n`);
    const found = readRow(bytes, 0, false);
    assert(found.kind === 'row', row);
    assert.deepEqual(found.fields, fields, row);
    assert.equal(bytes.subarray(found.next).toString(), 'rest\n', row);
  }
});
