/**
 * `npm test`: everything that must hold before a change is accepted, in order, with a summary at the end. `--only unit` or `--only
 * types,lint` runs only these parts; `--changed` or `--changed REF` runs what the change since `main` or REF affects; names of test files
 * run those files. CONTRIBUTING.md says what is in which part.
 */
import { resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildStarter } from './build-starter.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureDebianPackage, pythonWith } from './debian.mjs';
import { withTemporaryFilesInMemory } from './memory-folder.mjs';
import { startPostgres } from './postgres.mjs';
import { changedSince, isTouched, touchedBy } from './test-changed.mjs';
import { CHECKS, runChecks, secondsSince } from './test-checks.mjs';
import { runTestFiles, runTogether } from './test-files.mjs';
import { partOf, testFiles } from './test-parts.mjs';

/** The parts whose files Node's own test runner runs one by one. */
const BY_FILE = [
  { part: 'unit', heading: 'Unit tests' },
  { part: 'slow', heading: 'Slow tests' },
  { part: 'e2e', heading: 'End-to-end tests' },
];
const PARTS = [...CHECKS, ...BY_FILE].map(({ part }) => part);
/** More end-to-end files than this do not fail by chance. */
const MOST_TRIED_AGAIN = 2;
/** What a change is compared with by default. */
const USUAL_REFERENCE = 'main';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// New processes use what earlier ones have compiled, because otherwise compiling would take most of a short test's time.
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/poolhouse/compiled');
const startedAtMs = performance.now();
/** @type {import('./test-checks.mjs').Outcome[]} */
const outcomes = [];
/** What could not be tested here, one sentence each. @type {string[]} */
const leftOut = [];

const chosen = await choose();
outcomes.push(...(await runChecks(chosen.parts, chosen.changed, print)));
await runTests(chosen.tests);
process.exitCode = summarize();

/**
 * @returns {Promise<{ parts: ReadonlySet<string>, tests: readonly string[], changed?: readonly string[] }>} `changed`: what the
 *   checks that go file by file look at, where that is not everything
 */
async function choose() {
  const { values, positionals } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      changed: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const only = values.only?.flatMap((list) => list.split(',')) ?? PARTS;
  const unknown = only.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0) {
    stop(`No part is named ${unknown.join(', ')}. The parts: ${PARTS.join(', ')}.`);
  }
  const parts = new Set(only);
  const tests = BY_FILE.filter(({ part }) => parts.has(part)).flatMap(({ part }) => {
    const files = testFiles(part);
    if (files.length === 0) stop(`The part ${part} has no tests.`);
    return files;
  });
  if (values.changed) return chooseChanged(parts, tests, positionals[0] ?? USUAL_REFERENCE);
  if (positionals.length === 0) return { parts, tests };
  const files = positionals.map((file) => file.replace(/^\.\//, ''));
  const strange = files.filter((file) => !tests.includes(file));
  if (strange.length > 0) stop(`No test of ${[...parts].join(', ')}: ${strange.join(', ')}.`);
  return { parts: new Set(), tests: files };
}

/**
 * Of the parts and tests, those that a change touches.
 * @param {ReadonlySet<string>} parts
 * @param {readonly string[]} tests
 * @param {string} reference
 */
async function chooseChanged(parts, tests, reference) {
  const changed = await changedSince(reference).catch((error) => stop(String(error.stderr)));
  if (changed.length === 0) stop(`Nothing differs from ${reference}.`);
  const touched = await touchedBy(changed);
  if (touched === 'everything') return { parts, tests };
  return {
    parts: new Set([...parts].filter((part) => isTouched(part, touched))),
    tests: tests.filter((file) => touched.has(file)),
    changed,
  };
}

/** @param {readonly string[]} tests */
async function runTests(tests) {
  if (tests.length === 0) return;
  const stopDatabase = await provideDatabase();
  try {
    for (const { part, heading } of BY_FILE) {
      const files = tests.filter((file) => partOf(file) === part);
      if (files.length === 0) continue;
      if (part === 'e2e') await provideForJourneys();
      await runPart(part, heading, files);
    }
  } finally {
    await stopDatabase();
  }
}

/**
 * @param {string} part
 * @param {string} heading
 * @param {readonly string[]} files
 */
async function runPart(part, heading, files) {
  print(`\n== ${heading}: ${files.length} files`);
  const partStartedAtMs = performance.now();
  // One more than there are processors, because unit tests wait for disks and databases, and browsers for pages. Slow tests kill processes
  // and count seconds: they keep the processors to themselves.
  const atOnce = availableParallelism() + (part === 'slow' ? 0 : 1);
  const counts =
    part === 'unit'
      ? await withTemporaryFilesInMemory(() => runTogether(files, atOnce))
      : await runTestFiles(files, atOnce);
  const again = part === 'e2e' ? await onceMore(counts.failedFiles) : [];
  const failed = counts.failedFiles.length > 0 && again.length === 0;
  outcomes.push({
    part,
    ok: !failed && counts.passed > 0,
    note:
      `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped` +
      again.map((file) => `; passed alone, at a second try: ${file}`).join(''),
    seconds: secondsSince(partStartedAtMs),
  });
}

/**
 * Browsers and servers of several journeys share a machine, and one may wait too long for its turn. Files that failed are tried once
 * more, one at a time; what fails then is broken. The summary names those that passed, as each is a fault of the test or of a page.
 * @param {readonly string[]} failedFiles
 * @returns {Promise<readonly string[]>} those files, if there are few and all of them pass now; else none
 */
async function onceMore(failedFiles) {
  if (failedFiles.length === 0 || failedFiles.length > MOST_TRIED_AGAIN) return [];
  print(`\n== Once more, alone: ${failedFiles.join(', ')}`);
  const { failedFiles: broken } = await runTestFiles(failedFiles, 1);
  return broken.length === 0 ? failedFiles : [];
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
 * The journeys look for a browser by themselves, and do with the one that npm brings where Debian's is not to be had. They run at
 * the same time, so that none of them should be the one who installs.
 */
async function provideBrowser() {
  await ensureChromium();
}

/** What the journeys share is made once, before they run at the same time. */
async function provideForJourneys() {
  await providePython();
  await provideBrowser();
  // Where it cannot be built, each of them says why.
  await buildStarter().catch(() => undefined);
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
  print(`In all ${secondsSince(startedAtMs)} s.`);
  print(failed.length === 0 ? 'Everything holds.' : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 && outcomes.length > 0 ? 0 : 1;
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
  process.stderr.write(`${sentence.trim()}\n`);
  process.exit(2);
}
