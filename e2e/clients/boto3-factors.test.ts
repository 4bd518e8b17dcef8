/** boto3, unmodified: second factors and sign-in by choice; its steps are in boto3_factors.py. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureDebianPackage, pythonWith } from '../../scripts/debian.mjs';
import { startServer } from './server-under-test.ts';
import { makeChoosingPool } from './choosing-pool.ts';

const FLOW = fileURLToPath(new URL('boto3_factors.py', import.meta.url));

const given = process.env['POOLHOUSE_TEST_PYTHON'];
const python = given
  ? { path: given }
  : await ensureDebianPackage(() => pythonWith('boto3'), 'python3-boto3');
const skip = 'missing' in python && `No tests with the AWS SDK for Python: ${python.missing}`;

test('boto3 sets factors up, answers for them, and lets people choose', { skip }, async (t) => {
  assert('path' in python);
  const server = await startServer();
  t.after(() => server.remove());
  const { UserPoolId, ClientId } = await makeChoosingPool(server.client());
  const { stdout } = await promisify(execFile)(python.path, ['-B', FLOW], {
    env: {
      ...{ PATH: process.env['PATH'], ENDPOINT: server.url, AWS_EC2_METADATA_DISABLED: 'true' },
      ...{ POOL: UserPoolId, CLIENT: ClientId },
    },
  });
  const steps = stdout.trim().split('\n');
  assert.deepEqual(steps.slice(0, 6), [
    'an authenticator application is set up',
    'a sign-in asks for its code',
    'an administrator turns it off',
    'where it is required it is set up at sign-in',
    'a code by mail signs in',
    'people choose between a password and a code',
  ]);
  // Debian's release is older than some operations.
  const left = steps.slice(6).join();
  assert.match(
    left,
    /^(factors are shown to administrators and users|boto3 [\d.]+ does not know the operations on factors)$/,
  );
  if (left.startsWith('boto3')) t.diagnostic(left);
});
