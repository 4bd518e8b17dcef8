/** Node's test runner over a list of files, with the runner's own report on standard output. */
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';

/** A test that hangs fails instead of blocking everything. */
const TEST_LIMIT_MS = 180_000;
const END_AFTER_TESTS = new URL('end-after-tests.mjs', import.meta.url).href;
const RUN_LIMIT_MS = 15 * 60_000;

/** A process costs more than most files' tests, so files share this many processes for each that runs at a time. */
const BATCHES_EACH = 4;
const BATCHES = resolve('node_modules/.cache/poolhouse/batches');

/**
 * Runs files that share processes, one after another in each: for tests that clean up after themselves.
 * @param {readonly string[]} files
 * @param {number} atOnce
 */
export async function runTogether(files, atOnce) {
  const count = Math.min(files.length, atOnce * BATCHES_EACH);
  rmSync(BATCHES, { recursive: true, force: true });
  mkdirSync(BATCHES, { recursive: true });
  const batches = Array.from({ length: count }, (_, at) => {
    const batch = resolve(BATCHES, `${at}.mjs`);
    const own = files.filter((_, place) => place % count === at);
    const imports = own.map((file) => `import '${pathToFileURL(resolve(file)).href}';\n`);
    writeFileSync(batch, imports.join(''));
    return batch;
  });
  return runTestFiles(batches, atOnce);
}

/**
 * Runs files, each in its own process.
 * @param {readonly string[]} files
 * @param {number} atOnce
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failedFiles: readonly string[] }>} `failedFiles`: as named
 */
export async function runTestFiles(files, atOnce) {
  const events = run({
    files: [...files],
    concurrency: atOnce,
    timeout: TEST_LIMIT_MS,
    signal: AbortSignal.timeout(RUN_LIMIT_MS),
    execArgv: ['-C', 'poolhouse-source', '--import', END_AFTER_TESTS],
  });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Set<string>} */
  const sound = new Set();
  events.on('test:summary', ({ file, success, counts: seen }) => {
    // Without a file, it is the summary of the whole run.
    if (file !== undefined) {
      if (success) sound.add(resolve(file));
      return;
    }
    counts.passed = seen.passed;
    counts.failed = seen.tests - seen.passed - seen.skipped - seen.todo;
    counts.skipped = seen.skipped;
  });
  const report = events.compose(new spec());
  report.pipe(process.stdout, { end: false });
  await once(report, 'end');
  return { ...counts, failedFiles: files.filter((file) => !sound.has(resolve(file))) };
}
