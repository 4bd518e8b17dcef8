import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { NotRun, outside } from './check.ts';

/** A program that prints this, and fails. */
const failing = (said: string) =>
  outside(
    process.execPath,
    ['-e', 'console.error(process.argv[1]); process.exit(1)', said],
    tmpdir(),
  );

test('if npm cannot get a package, the check counts as not run, and the address is not shown', async () => {
  const said =
    'npm error code E404\nnpm error 404 Not Found - GET https://npm.example.com/left-pad - Not found';
  await assert.rejects(failing(said), (error: Error) => {
    assert.ok(error instanceof NotRun);
    assert.match(error.message, /E404.*left-pad|E404.*Not found/);
    assert.doesNotMatch(error.message, /example\.com/);
    return true;
  });
});

test('every other failure is a failure', async () => {
  for (const said of ['npm error code ERESOLVE', 'Error: connect ECONNREFUSED 127.0.0.1:1', '']) {
    await assert.rejects(failing(said), (error) => !(error instanceof NotRun));
  }
});
