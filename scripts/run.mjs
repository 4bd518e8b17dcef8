/**
 * Runs a source file of the repository on Node 24, whatever Node the machine has: `node scripts/run.mjs FILE [ARGUMENT...]`.
 * Installs first when needed. This is not left to npm's `pre` scripts, because npm skips those under `ignore-scripts`, which
 * this repository sets for the sake of its dependencies; and a shell would remember where it found the older `node`.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap.mjs';

const PARENT_CHECK_MS = 250;

const node = bootstrap();
const binaries = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
const child = spawn(node, ['-C', 'poolhouse-source', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, PATH: [binaries, join(node, '..'), process.env['PATH']].join(delimiter) },
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
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, PARENT_CHECK_MS).unref();
}

child.on('error', (error) => {
  process.stderr.write(`${node} does not start: ${error.message}\n`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
});
