/** boto3 from Debian's packages, unmodified; its steps are in boto3_flow.py. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureDebianPackage, pythonWith } from '../../scripts/debian.mjs';
import { startServer } from './server-under-test.ts';

const FLOW = fileURLToPath(new URL('boto3_flow.py', import.meta.url));

const given = process.env['POOLHOUSE_TEST_PYTHON'];
const python = given
  ? { path: given }
  : await ensureDebianPackage(() => pythonWith('boto3'), 'python3-boto3');
const skip = 'missing' in python && `No tests with the AWS SDK for Python: ${python.missing}`;

test(
  'boto3 creates a pool, signs people up and in, pages through lists and recognises refusals',
  {
    skip,
  },
  async (t) => {
    assert('path' in python);
    const server = await startServer();
    t.after(() => server.remove());
    const { stdout } = await promisify(execFile)(python.path, ['-B', FLOW], {
      env: { PATH: process.env['PATH'], ENDPOINT: server.url, AWS_EC2_METADATA_DISABLED: 'true' },
    });
    assert.deepEqual(stdout.trim().split('\n'), [
      'a pool, an app client and a group',
      'a resource server and its scopes',
      'no risk without threat protection',
      'an identity provider',
      'sign-up, confirmed by an administrator and by a code',
      'sign-in, refresh, attributes, password, sign-out',
      'an invitation, and its temporary password replaced',
      'a forgotten password',
      'lists, page by page',
      'users imported from a file',
      'refusals by their classes',
      'everything deleted',
    ]);
  },
);
