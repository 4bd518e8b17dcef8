/** Node's test runner over a list of files, each in its own process, with the runner's own report on standard output. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** A test that hangs fails instead of holding up everything. */
const TEST_LIMIT_MS = 180_000;
const RUN_LIMIT_MS = 15 * 60_000;

/**
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
    // A file ends with its last test, even when a failed one leaves a server or a timer behind.
    execArgv: ['-C', 'poolhouse-source', '--test-force-exit'],
  });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Set<string>} */
  const sound = new Set();
  events.on('test:summary', ({ file, success, counts: seen }) => {
    // Without a file it is the summary of the whole run.
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
