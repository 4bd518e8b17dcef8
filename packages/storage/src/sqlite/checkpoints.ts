import { Worker } from 'node:worker_threads';
import type { Log } from '@poolhouse/core';
import type { Connection } from './connection.ts';

/** Row changes after which the log is worth moving: some two thousand pages. */
const changesEach = 500;
/** Pages of the log at which the thread lets it begin anew, for which writers wait some milliseconds: 48 MB. */
const restartPages = 12_000;
/** How long the thread tries to come between two writers for that; where a backup reads, writers wait in vain for so long. */
const restartWaitMs = 20;
/** After so long a pause the log is emptied: what was deleted is not to stay in it. */
const restMs = 60_000;
/** After how many more pages that is tried again, where it failed: a reader was in the way, or no gap between writers was found. */
const againPages = 1_000;
/** Pages of the log at which a commit moves it after all, should the thread never come to it: 1 GB. It would hold up others for long. */
const backstopPages = 250_000;
/** Pages of the log at which a commit moves it where no thread does: what SQLite does by itself. */
const alonePages = 1_000;

/** As text, because a bundled server has no file of its own for it. */
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
      // Where a reader keeps an older state, it would keep writers as well, in vain.
      else if (log >= restartAt && log === checkpointed) {
        // What takes long was done in nobody's way; so is most of what came meanwhile, and each time it is less.
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
  /** Hears of every commit, and how many rows it changed. */
  committed(changes: number): void;
  /** Ends after the move that is going on; comes before the last connection is closed. */
  close(): Promise<void>;
}

/**
 * Moves the log on a thread of its own, with a connection of its own. SQLite would do it in the commit that finds the log long, and
 * hold up everybody for as long as it takes to write a thousand pages to their places and to flush them: 25 ms and more. The thread
 * starts with the first busy time; where it cannot, commits do it as before.
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
      // It says nothing. Joined to ours, a pipe that this process writes to would not wait for its reader any more.
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
      // The process waits for it: the last connection must be the writer's.
      worker?.ref();
      worker?.postMessage('end');
      await ended;
    },
  };
}
