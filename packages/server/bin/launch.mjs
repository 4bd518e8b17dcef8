/**
 * Runs a source file on the Node of the project, as if this process were that one: signals go on to it, its end is ours.
 * Not `process.execve`: the Node that starts us may be too old to have it, Windows never has, and somebody has to notice that the
 * shell between npm and us has died.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PARENT_CHECK_MS = 250;

/**
 * @param {string} node
 * @param {readonly string[]} args the file and what it is given
 * @param {NodeJS.ProcessEnv} [env] beside this process's own
 */
export function launch(node, args, env = {}) {
  const child = spawn(node, ['-C', 'poolhouse-source', ...args], {
    stdio: 'inherit',
    // glibc would else keep 19 MB of the last password hash for each thread that ever made one.
    env: { MALLOC_ARENA_MAX: '1', ...process.env, ...env },
  });

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // Ctrl-C reaches everything in the terminal by itself; a second one would mean "at once" to the child.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }

  // npm hands a signal to the shell between it and us, and some shells die of it without a word: then we have another parent.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
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
