/**
 * `npm start`: runs everything that belongs together, as children of one process: a signal that it gets goes to all of them,
 * and where one ends, the others end too. Nothing has to be built first: Node runs the sources as they are.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The programs, each with its source file. */
const PROGRAMS = [{ name: 'server', file: '../packages/server/src/main.ts' }];

let ending = false;
const children = PROGRAMS.map(({ name, file }) => {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['-C', 'poolhouse-source', path], { stdio: 'inherit' });
  child.on('error', (error) => process.stderr.write(`${name} does not start: ${error.message}\n`));
  child.on('close', (code) => {
    process.exitCode ||= code ?? 1;
    end('SIGTERM');
  });
  return child;
});

/** @param {NodeJS.Signals} signal */
function end(signal) {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill(signal);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    // Ctrl-C reaches everything in the terminal by itself; a second one would mean "at once" to a child.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    end(signal);
  });
}
