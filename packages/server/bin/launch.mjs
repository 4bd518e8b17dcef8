/**
 * Runs a source file on the Node of the project, as if this process were that one: signals go on to it, its end is ours.
 * Not `process.execve`: the Node that starts us may be too old to have it, Windows never has, and somebody has to notice that the
 * shell between npm and us has died.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const PARENT_CHECK_MS = 250;

/** Node would else give objects that live for a moment up to 100 MB, which a busy server fills and gains nothing by. */
export const SERVER_OPTIONS = ['--max-semi-space-size=8'];

/**
 * @param {string} node
 * @param {readonly string[]} args options of Node, the file, and what it is given
 * @param {NodeJS.ProcessEnv} [env] beside this process's own
 */
export function launch(node, args, env = {}) {
  const child = spawn(node, ['-C', 'poolhouse-source', ...args], {
    // By the channel the child learns that we are gone, where nobody could tell us first.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // glibc would else keep 19 MB of the last password hash for each thread that ever made one.
    env: { MALLOC_ARENA_MAX: '1', ...process.env, ...env },
  });

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // What a terminal sends to all of them comes twice then: the child takes it for one.
    process.on(signal, () => child.kill(signal));
  }

  // npm hands a signal to the shell between it and us, and some shells die of it without a word; or npm dies, and leaves us the shell.
  const parent = process.ppid;
  const npm = shellsParent(parent);
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const watch = setInterval(() => {
      if (process.ppid === parent && (shellsParent(parent) ?? npm) === npm) return;
      clearInterval(watch);
      child.kill('SIGTERM');
    }, PARENT_CHECK_MS);
    watch.unref();
  }

  child.on('error', (error) => {
    process.stderr.write(`${node} does not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}

/**
 * Who waits for a shell that waits for us, where Linux tells; `undefined` where our parent is none: it is npm itself then, and whoever
 * started that may go.
 * @param {number} pid
 */
function shellsParent(pid) {
  try {
    const [, option] = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
    // The name, in brackets, may hold anything. Source: proc(5), /proc/pid/stat.
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return option === '-c' ? /.*\) \S (\d+)/s.exec(status)?.[1] : undefined;
  } catch {
    return undefined;
  }
}
