import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection } from './connection.ts';
import { fromSqlite } from './sqlite-error.ts';
import { WriteQueue } from './write-queue.ts';
import type { Writer } from './write-queue.ts';

/** A table in memory that records every statement and can make one fail. */
function recorded(fail: (text: string) => number | undefined = () => undefined): {
  writer: Writer;
  texts: string[];
  rows: () => unknown[];
} {
  const connection = new Connection(':memory:', 0);
  connection.exec('CREATE TABLE notes (note TEXT PRIMARY KEY)');
  const texts: string[] = [];
  const writer: Writer = {
    get inTransaction() {
      return connection.inTransaction;
    },
    one: (text, params) => connection.one(text, params),
    all: (text, params) => connection.all(text, params),
    exec: (text) => connection.exec(text),
    run(text, params) {
      texts.push(text);
      const errcode = fail(text);
      if (errcode !== undefined) throw fromSqlite({ errcode });
      return connection.run(text, params);
    },
  };
  const rows = (): unknown[] =>
    connection
      .all('SELECT note FROM notes ORDER BY note', [])
      .map((row) => (row as { note: string }).note);
  return { writer, texts, rows };
}

const insert = 'INSERT INTO notes (note) VALUES (?)';
const count = (texts: readonly string[], text: string): number =>
  texts.filter((each) => each === text).length;

test('a burst shares one commit, and a unit that fails is undone alone', async () => {
  const { writer, texts, rows } = recorded();
  const queue = new WriteQueue(writer, () => true);
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'a', 'c'].map((note) =>
      queue.add(async (tx) => {
        await tx.run(insert, [note + note]);
        return tx.run(insert, [note]);
      }),
    ),
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(rows(), ['a', 'aa', 'b', 'bb', 'c', 'cc']);
  assert.equal(count(texts, 'COMMIT'), 1);
});

test('a single unit needs no savepoint', async () => {
  const { writer, texts } = recorded();
  await new WriteQueue(writer, () => true).add((tx) => tx.run(insert, ['a']));
  assert.deepEqual(texts, ['BEGIN IMMEDIATE', insert, 'COMMIT']);
});

test('when the commit fails, no unit succeeds and nothing is kept', async () => {
  const { writer, rows } = recorded((text) => (text === 'COMMIT' ? 13 : undefined));
  const queue = new WriteQueue(writer, () => true);
  const committed: string[] = [];
  const outcomes = await Promise.allSettled(
    ['a', 'b'].map((note) =>
      queue.add(async (tx) => {
        tx.afterCommit(() => committed.push(note));
        return tx.run(insert, [note]);
      }),
    ),
  );
  assert.ok(outcomes.every(({ status }) => status === 'rejected'));
  assert.deepEqual(rows(), []);
  assert.deepEqual(committed, []);
  assert.match(queue.trouble ?? '', /disk is full/);
});

test('after trouble, the next successful write clears it; a mere read does not', async () => {
  let full = true;
  const { writer } = recorded((text) => (text === insert && full ? 13 : undefined));
  const queue = new WriteQueue(writer, () => true);
  await assert.rejects(
    queue.add((tx) => tx.run(insert, ['a'])),
    { name: 'StorageUnavailableError' },
  );
  await queue.add((tx) => tx.all('SELECT note FROM notes', []));
  assert.match(queue.trouble ?? '', /disk is full/);
  full = false;
  await queue.add((tx) => tx.run(insert, ['a']));
  assert.equal(queue.trouble, undefined);
});

test('after a failed flush, nothing is acknowledged any more', async () => {
  let commits = 0;
  const { writer } = recorded((text) => (text === 'COMMIT' && ++commits === 2 ? 1034 : undefined));
  const queue = new WriteQueue(writer, () => true);
  await queue.add((tx) => tx.run(insert, ['a']));
  const unavailable = { name: 'StorageUnavailableError' };
  await assert.rejects(
    queue.add((tx) => tx.run(insert, ['b'])),
    unavailable,
  );
  await assert.rejects(
    queue.add((tx) => tx.run(insert, ['c'])),
    /flush to disk failed/,
  );
  assert.equal(commits, 2);
  assert.match(queue.trouble ?? '', /restart/);
});

test('a file that is gone accepts no writes', async () => {
  let inPlace = true;
  const { writer, rows } = recorded();
  const queue = new WriteQueue(writer, () => inPlace);
  await queue.add((tx) => tx.run(insert, ['a']));
  inPlace = false;
  await assert.rejects(
    queue.add((tx) => tx.run(insert, ['b'])),
    /removed or replaced/,
  );
  assert.deepEqual(rows(), ['a']);
});

test('a transaction that waits for itself ends after a while, and the queue continues', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { writer, rows } = recorded();
  const queue = new WriteQueue(writer, () => true);
  const stuck = queue.add(async (tx) => {
    await tx.run(insert, ['a']);
    started.resolve();
    await queue.add((inner) => inner.run(insert, ['b']));
  });
  const started = Promise.withResolvers<void>();
  await started.promise;
  t.mock.timers.tick(5_000);
  await assert.rejects(stuck, /still open after 5000 ms/);
  await queue.add((tx) => tx.run(insert, ['c']));
  assert.deepEqual(rows(), ['b', 'c']);
});

test('a unit that hangs is abandoned alone: those that share its commit are kept', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { writer, texts, rows } = recorded();
  const queue = new WriteQueue(writer, () => true);
  const hanging = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  const before = queue.add((tx) => tx.run(insert, ['before']));
  const stuck = queue.add(async (tx) => {
    await tx.run(insert, ['stuck']);
    hanging.resolve();
    await goesOn.promise;
    await tx.run(insert, ['late']);
  });
  const behind = queue.add((tx) => tx.run(insert, ['behind']));
  await hanging.promise;
  t.mock.timers.tick(5_000);
  await assert.rejects(stuck, /still open after 5000 ms/);
  assert.deepEqual(await Promise.all([before, behind]), [1, 1]);
  // What it does when it wakes up ends up in no transaction.
  goesOn.resolve();
  await queue.add((tx) => tx.run(insert, ['next']));
  assert.deepEqual(rows(), ['before', 'behind', 'next']);
  assert.equal(count(texts, 'COMMIT'), 2);
});

test('units that wait when the queue stops are still run, later ones are not', async () => {
  const { writer, rows } = recorded();
  const queue = new WriteQueue(writer, () => true);
  const waiting = queue.add((tx) => tx.run(insert, ['a']));
  await queue.stop();
  assert.equal(await waiting, 1);
  await assert.rejects(
    queue.add((tx) => tx.run(insert, ['b'])),
    /closed/,
  );
  assert.deepEqual(rows(), ['a']);
});
