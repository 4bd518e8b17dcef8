import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { makeCheckpoints } from './checkpoints.ts';
import { Connection } from './connection.ts';
import { WriteQueue } from './write-queue.ts';

const ROWS = 600;
/** More than fits on a page. */
const LONG = 'x'.repeat(5_000);

/** A database with a log that no commit checkpoints before it is very long. */
function ground(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-checkpoints-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'poolhouse.db');
  const writer = new Connection(file, 1);
  writer.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0',
  );
  writer.exec('CREATE TABLE notes (note TEXT)');
  const warned: string[] = [];
  const log = {
    info: () => undefined,
    error: () => undefined,
    warn: (event: string) => void warned.push(event),
  };
  const said: string[] = [];
  const listening = {
    exec(text: string) {
      said.push(text);
      writer.exec(text);
    },
  };
  return { file, writer, warned, log, said, listening };
}

/** Changes when the log restarts. Source: sqlite.org/fileformat2.html, the WAL header. */
function saltOf(file: string): string {
  const header = Buffer.alloc(32);
  const opened = openSync(file, 'r');
  readSync(opened, header, 0, header.length, 0);
  closeSync(opened);
  return header.toString('hex', 16, 24);
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (isSo()) return;
    await delay(10);
  }
  throw new Error('it does not come to that');
}

test('during a busy time the log is moved into the file concurrently, and restarts before it is long', async (t) => {
  const { file, writer, log, warned, said, listening } = ground(t);
  const checkpoints = makeCheckpoints(file, listening, log);
  t.after(() => checkpoints.close());
  const queue = new WriteQueue(
    writer,
    () => true,
    (changes) => checkpoints.committed(changes),
  );
  const write = () =>
    queue.add(async (tx) => {
      for (let row = 0; row < ROWS; row += 1) {
        await tx.run('INSERT INTO notes (note) VALUES (?)', [LONG]);
      }
    });
  await write();
  await until(() => statSync(file).size > ROWS * LONG.length);
  // From now on, commits leave it to the thread.
  assert.deepEqual(said, ['PRAGMA wal_autocheckpoint = 250000']);
  const before = saltOf(`${file}-wal`);
  let rounds = 0;
  for (; saltOf(`${file}-wal`) === before && rounds < 200; rounds += 1) {
    await write();
    await delay(5);
  }
  assert(rounds < 200, 'the log does not begin anew');
  await queue.stop();
  await checkpoints.close();
  // The thread has closed its connection: the writer's is the last one, and closing that moves everything.
  writer.close();
  assert.throws(() => statSync(`${file}-wal`), /ENOENT/);
  const left = new Connection(file, 0);
  assert.deepEqual(
    { ...(left.one('SELECT count(*) AS rows FROM notes', []) as object) },
    {
      rows: (1 + rounds) * ROWS,
    },
  );
  left.close();
  assert.deepEqual(warned, []);
});

test('after a pause the log is emptied, so that deleted data does not stay in it', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { file, writer, listening, said } = ground(t);
  const checkpoints = makeCheckpoints(file, listening);
  t.after(() => checkpoints.close());
  for (let row = 0; row < ROWS; row += 1) {
    writer.run('INSERT INTO notes (note) VALUES (?)', [LONG]);
  }
  checkpoints.committed(ROWS);
  while (said.length === 0) await setImmediate();
  writer.run('INSERT INTO notes (note) VALUES (?)', ['a secret']);
  checkpoints.committed(1);
  assert(readFileSync(`${file}-wal`).includes('a secret'));
  t.mock.timers.tick(59_999);
  for (let turn = 0; turn < 1_000; turn += 1) await setImmediate();
  assert(statSync(`${file}-wal`).size > 0);
  t.mock.timers.tick(1);
  while (statSync(`${file}-wal`).size > 0) {
    await setImmediate();
    // If the thread was still moving the log, it rests one pause later.
    t.mock.timers.tick(60_000);
  }
  writer.close();
});

test('a long-running backup delays no writer, and the log restarts after it', async (t) => {
  const { file, writer, listening, log, warned } = ground(t);
  const reader = new Connection(file, 0);
  const checkpoints = makeCheckpoints(file, listening, log);
  t.after(() => checkpoints.close());
  const queue = new WriteQueue(
    writer,
    () => true,
    (changes) => checkpoints.committed(changes),
  );
  const write = () =>
    queue.add(async (tx) => {
      for (let row = 0; row < ROWS; row += 1) {
        await tx.run('INSERT INTO notes (note) VALUES (?)', [LONG]);
      }
    });
  await write();
  reader.exec('BEGIN');
  reader.one('SELECT count(*) FROM notes', []);
  for (let round = 0; round < 10; round += 1) await write();
  reader.exec('COMMIT');
  reader.close();
  const before = saltOf(`${file}-wal`);
  let rounds = 0;
  for (; saltOf(`${file}-wal`) === before && rounds < 200; rounds += 1) {
    await write();
    await delay(5);
  }
  assert(rounds < 200, 'the log does not begin anew');
  assert.deepEqual(warned, []);
  await queue.stop();
  await checkpoints.close();
  writer.close();
});

test('few changes start no thread', async (t) => {
  const { file, writer, said, listening } = ground(t);
  const checkpoints = makeCheckpoints(file, listening);
  for (let commit = 0; commit < 499; commit += 1) checkpoints.committed(1);
  await delay(50);
  assert.deepEqual(said, []);
  await checkpoints.close();
  checkpoints.committed(1_000);
  await delay(50);
  assert.deepEqual(said, []);
  writer.close();
});

test('if the thread fails, commits move the log as before', async (t) => {
  const { file, writer, log, said, warned, listening } = ground(t);
  const nowhere = makeCheckpoints(join(file, 'nothing', 'there.db'), listening, log);
  nowhere.committed(500);
  await until(() => warned.length > 0);
  assert.deepEqual(warned, ['storage.checkpoint-failed']);
  assert.deepEqual(said, ['PRAGMA wal_autocheckpoint = 1000']);
  nowhere.committed(500);
  await nowhere.close();
  assert.equal(warned.length, 1);
  writer.close();
});

test('a writer waits for the log to restart without blocking the process', async (t) => {
  const { file, writer } = ground(t);
  const queue = new WriteQueue(writer, () => true);
  const other = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
    const database = new (require('node:sqlite').DatabaseSync)(workerData);
    database.exec('BEGIN IMMEDIATE');
    parentPort.postMessage('held');
    setTimeout(() => { database.exec('COMMIT'); database.close(); }, 200);`,
    { eval: true, workerData: file, env: {} },
  );
  await once(other, 'message');
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 5);
  await queue.add((tx) => tx.run('INSERT INTO notes (note) VALUES (?)', ['late']));
  clearInterval(turning);
  // Far fewer than would fit, and far more than a blocked process would get.
  assert(turns >= 10, `${turns} turns of the loop`);
  await queue.stop();
  writer.close();
  assert(readFileSync(file).length > 0);
});
