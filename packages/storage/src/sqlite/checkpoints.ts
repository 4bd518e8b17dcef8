import { Worker } from 'node:worker_threads';
import type { Log } from '@poolhouse/core';
import type { Connection } from './connection.ts';

/** Row changes after which moving the log is worthwhile: some two thousand pages. */
const changesEach = 500;
/** Pages in the log at which the thread restarts it, for which writers wait some milliseconds: 48 MB. */
const restartPages = 12_000;
/** How long the thread tries to get in between two writers for that. While a backup reads, writers wait that long in vain. */
const restartWaitMs = 20;
/** After a pause of this length the log is emptied, so that deleted data does not stay in it. */
const restMs = 60_000;
/** After how many more pages to try again if that failed, because of a reader or because there was no gap between writers. */
const againPages = 1_000;
/** Pages in the log at which a commit moves it after all, if the thread never gets to it: 1 GB. That would delay others for long. */
const backstopPages = 250_000;
/** Pages in the log at which a commit moves it if there is no thread: SQLite's own default. */
const alonePages = 1_000;

/** As text, because the bundled server has no separate file for it. */
const SCRIPT = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(workerData, { timeout: ${restartWaitMs} });
  database.exec('PRAGMA synchronous = FULL');
  let restartAt = ${restartPages};
  parentPort.on('message', (message) => {
    if (message === 'end') {
      database.close();
      parentPort.close();
      return;
    }
    try {
      const passive = () => database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
      const { log, checkpointed } = passive();
      if (message === 'rest') database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      // If a reader keeps an older state, trying would delay writers in vain.
      else if (log >= restartAt && log === checkpointed) {
        // The slow part was done without blocking anybody. So is most of what arrived meanwhile, which is less each time.
        for (let again = 0; again < 3; again += 1) passive();
        const { busy } = database.prepare('PRAGMA wal_checkpoint(RESTART)').get();
        restartAt = busy ? log + ${againPages} : ${restartPages};
      }
      parentPort.postMessage(undefined);
    } catch (error) {
      parentPort.postMessage(error.message);
    }
  });
  parentPort.postMessage(undefined);`;

/** Moves what commits have written from the log into the database file. */
export interface Checkpoints {
  /** Called after every commit with the number of rows that it changed. */
  committed(changes: number): void;
  /** Ends after the move in progress. Call it before closing the last connection. */
  close(): Promise<void>;
}

/**
 * Moves the log on a thread of its own, with a connection of its own. SQLite would do it in whichever commit finds the log long, and block
 * everybody for as long as it takes to write and flush a thousand pages: 25 ms and more. The thread starts with the first busy time; if it
 * cannot, commits do it as before.
 */
export function makeCheckpoints(
  file: string,
  writer: Pick<Connection, 'exec'>,
  log?: Log,
): Checkpoints {
  let worker: Worker | undefined;
  let ended: Promise<unknown> = Promise.resolve();
  let isMoving = false;
  let changed = 0;
  let isClosed = false;
  let rest: NodeJS.Timeout | undefined;

  const commitsMoveAt = (pages: number) => writer.exec(`PRAGMA wal_autocheckpoint = ${pages}`);

  function start(): Worker {
    const started = new Worker(SCRIPT, {
      eval: true,
      name: 'checkpoints',
      workerData: file,
      // It needs no settings, least of all the keys among them.
      env: {},
      // It prints nothing. If its pipe were joined to ours, this process would no longer wait for whoever reads its output.
      stdout: true,
      stderr: true,
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 },
    });
    started.unref();
    isMoving = true;
    let isReady = false;
    started.on('message', (failure: string | undefined) => {
      if (!isReady && !isClosed) commitsMoveAt(backstopPages);
      isReady = true;
      isMoving = false;
      if (failure !== undefined) log?.warn('storage.checkpoint-failed', { reason: failure });
      move();
    });
    ended = new Promise<void>((resolve) => {
      started.once('error', (error) => {
        log?.warn('storage.checkpoint-failed', { reason: error.message });
        if (!isClosed) commitsMoveAt(alonePages);
      });
      started.once('exit', () => resolve());
    });
    return started;
  }

  function move(): void {
    if (isMoving || isClosed || changed < changesEach) return;
    changed = 0;
    isMoving = true;
    worker?.postMessage('move');
  }

  function restLater(): void {
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (isMoving) return restLater();
      changed = 0;
      isMoving = true;
      worker?.postMessage('rest');
    }, restMs).unref();
  }

  return {
    committed(changes) {
      if (isClosed || changes === 0) return;
      changed += changes;
      if (changed >= changesEach) worker ??= start();
      if (worker === undefined) return;
      restLater();
      move();
    },
    async close() {
      isClosed = true;
      clearTimeout(rest);
      // The process waits for the thread, because the last connection to close must be the writer's.
      worker?.ref();
      worker?.postMessage('end');
      await ended;
    },
  };
}
