#!/usr/bin/env node
/**
 * `poolhouse` on the command line: the server and its keys, straight from the sources, on the Node that the project brings.
 * Plain JavaScript, so that an older Node can start it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const own = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));
const node = existsSync(own) ? own : process.execPath;
const { status } = spawnSync(node, ['-C', 'poolhouse-source', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  // glibc would else keep 19 MB of the last password hash for each thread that ever made one.
  env: { MALLOC_ARENA_MAX: '1', ...process.env },
});
process.exit(status ?? 1);
