/**
 * `npm test`: everything that has to hold before a change is taken, in order, with a summary at the end.
 * `npm test -- --only unit` or `--only types,lint` runs a part; the parts are the keys below.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildStarter } from './build-starter.mjs';
import { ensureDebianPackage, onPath, pythonWith } from './debian.mjs';
import { startPostgres } from './postgres.mjs';
import { runTestFiles } from './test-files.mjs';

/** The checks that are one npm script each, two at a time: the part's name, its heading and the script. */
const CHECKS = [
  { part: 'types', heading: 'Types', script: 'check:types' },
  { part: 'lint', heading: 'Lint', script: 'check:lint' },
  { part: 'format', heading: 'Format', script: 'check:format' },
  { part: 'imports', heading: 'Imports between parts', script: 'check:imports' },
  { part: 'dead-code', heading: 'Dead code', script: 'check:dead-code' },
  { part: 'angular', heading: 'Angular kit', script: 'test:angular' },
  { part: 'console', heading: 'The console', script: 'check:console' },
  { part: 'starter', heading: 'The starter application', script: 'check:starter' },
];
const UNIT_TESTS = ['{packages,apps,tools,bench,examples}/**/*.test.ts', 'scripts/**/*.test.mjs'];
const E2E_TESTS = ['e2e/**/*.test.ts'];
/** Their tests run in a browser build of their own. */
const NOT_OURS = [
  '**/node_modules/**',
  '**/dist/**',
  'packages/{angular,ui}/**',
  'examples/*/web/**',
];
const PARTS = [...CHECKS.map(({ part }) => part), 'unit', 'e2e'];
const CHECKS_AT_ONCE = 2;

/** @typedef {{ part: string, ok: boolean, note: string, seconds: number }} Outcome */

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const parts = chosenParts();
/** @type {Outcome[]} */
const outcomes = [];
/** What could not be tested here, a sentence each. @type {string[]} */
const leftOut = [];

await runChecks();
await runTests();
process.exitCode = summarize();

function chosenParts() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const only = values.only?.flatMap((list) => list.split(',')) ?? PARTS;
  const unknown = only.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0) {
    process.stderr.write(
      `No part is named ${unknown.join(', ')}. The parts: ${PARTS.join(', ')}.\n`,
    );
    process.exit(2);
  }
  return new Set(only);
}

/** Starts the next check whenever one ends, and prints each one's words together, in the order of the list. */
async function runChecks() {
  const waiting = CHECKS.filter(({ part }) => parts.has(part));
  const results = waiting.map(() => Promise.withResolvers());
  let next = 0;
  const worker = async () => {
    while (next < waiting.length) {
      const index = next++;
      const check = waiting[index];
      if (check !== undefined) results[index]?.resolve(await npmRun(check.script));
    }
  };
  const workers = Array.from({ length: CHECKS_AT_ONCE }, worker);
  for (const [index, { part, heading }] of waiting.entries()) {
    const { ok, said, seconds } = await results[index]?.promise;
    print(`\n== ${heading}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
    if (said !== '' && !ok) print(said);
    outcomes.push({ part, ok, note: '', seconds });
  }
  await Promise.all(workers);
}

/**
 * @param {string} script
 * @returns {Promise<{ ok: boolean, said: string, seconds: number }>}
 */
function npmRun(script) {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], {
      shell: process.platform === 'win32',
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    child.on('error', (error) => (said += error.message));
    child.on('close', (code) =>
      resolve({ ok: code === 0, said: said.trim(), seconds: secondsSince(startedAtMs) }),
    );
  });
}

async function runTests() {
  const unit = parts.has('unit') ? testFiles(UNIT_TESTS) : [];
  const e2e = parts.has('e2e') ? testFiles(E2E_TESTS) : [];
  if (parts.has('unit') && unit.length === 0) {
    outcomes.push({ part: 'unit', ok: false, note: 'there are no unit tests', seconds: 0 });
  }
  if (unit.length + e2e.length === 0) return;
  const stopDatabase = await provideDatabase();
  try {
    if (unit.length > 0) await runPart('unit', 'Unit tests', unit);
    if (e2e.length > 0) {
      await providePython();
      await provideBrowser();
      // Once, for all walks; where it cannot be built, each of them says why.
      await buildStarter().catch(() => undefined);
      await runPart('e2e', 'End-to-end tests', e2e);
    }
  } finally {
    await stopDatabase();
  }
}

/** @param {string[]} patterns */
function testFiles(patterns) {
  return globSync(patterns, { exclude: NOT_OURS }).sort();
}

/**
 * @param {string} part
 * @param {string} heading
 * @param {string[]} files
 */
async function runPart(part, heading, files) {
  print(`\n== ${heading}: ${files.length} files`);
  const startedAtMs = performance.now();
  const counts = await runTestFiles(files);
  outcomes.push({
    part,
    ok: counts.failed === 0 && counts.passed > 0,
    note: `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
    seconds: secondsSince(startedAtMs),
  });
}

/** Tests that need PostgreSQL read POOLHOUSE_TEST_DATABASE_URL; one that the caller set is used as it is. */
async function provideDatabase() {
  if (process.env['POOLHOUSE_TEST_DATABASE_URL']) return async () => {};
  const server = await startPostgres();
  if ('missing' in server) {
    leaveOut(`the tests on PostgreSQL: ${server.missing}`);
    return async () => {};
  }
  process.env['POOLHOUSE_TEST_DATABASE_URL'] = server.url;
  return server.stop;
}

/** Tests with the AWS SDK for Python run the interpreter that POOLHOUSE_TEST_PYTHON names. */
async function providePython() {
  if (process.env['POOLHOUSE_TEST_PYTHON']) return;
  const python = await ensureDebianPackage(() => pythonWith('boto3'), 'python3-boto3');
  if ('missing' in python) leaveOut(`the tests with the AWS SDK for Python: ${python.missing}`);
  else process.env['POOLHOUSE_TEST_PYTHON'] = python.path;
}

/**
 * The walks look for a browser by themselves, and do with the one that npm brings where Debian's is not to be had. They run at
 * the same time, so that none of them should be the one who installs.
 */
async function provideBrowser() {
  const find = () => ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find(Boolean);
  await ensureDebianPackage(find, 'chromium');
}

/** @param {string} sentence */
function leaveOut(sentence) {
  leftOut.push(sentence);
  print(`\nLeft out: ${sentence}.`);
}

/** @returns {number} the exit code */
function summarize() {
  print('\n== Summary');
  for (const { part, ok, note, seconds } of outcomes) {
    print(
      `${ok ? 'ok    ' : 'FAILED'}  ${part.padEnd(10)} ${String(seconds).padStart(4)} s  ${note}`.trimEnd(),
    );
  }
  for (const sentence of leftOut) print(`Left out: ${sentence}.`);
  const failed = outcomes.filter(({ ok }) => !ok).map(({ part }) => part);
  print(failed.length === 0 ? 'Everything holds.' : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 && outcomes.length > 0 ? 0 : 1;
}

/** @param {number} startedAtMs */
function secondsSince(startedAtMs) {
  return Math.round((performance.now() - startedAtMs) / 1000);
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}
