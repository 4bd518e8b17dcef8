#!/usr/bin/env node
/**
 * `poolhouse` on the command line: the server and its keys, straight from the sources, on the Node that the project brings.
 * Plain JavaScript, so that an older Node can start it.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, SERVER_OPTIONS } from './launch.mjs';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const own = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));
launch(existsSync(own) ? own : process.execPath, [
  ...SERVER_OPTIONS,
  main,
  ...process.argv.slice(2),
]);
