import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '@poolhouse/core';
import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

test('every administrator reads why rows were not imported; only owners see where the file goes', async (t) => {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner');
  const operator = await administrator(running, 'operator');
  const viewer = await administrator(running, 'viewer');
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'shop' });
  const UserPoolId = UserPool?.Id ?? '';
  const CloudWatchLogsRoleArn = 'arn:aws:iam::000000000000:role/logs';
  const job = { UserPoolId, JobName: 'people', CloudWatchLogsRoleArn };
  const { UserImportJob: made } = await owner.call('CreateUserImportJob', job);
  const JobId = made?.JobId ?? '';
  assert.match(made?.PreSignedUrl ?? '', /signature=/);
  const input = { region: 'local', input: job };
  const refused = await operator.send('POST', '/operations/CreateUserImportJob', input);
  assert.equal(refused.status, 403);
  for (const [who, address] of [
    [owner, made?.PreSignedUrl],
    [operator, '********'],
    [viewer, '********'],
  ] as const) {
    const { UserImportJob } = await who.call('DescribeUserImportJob', { UserPoolId, JobId });
    assert.deepEqual(UserImportJob, { ...made, PreSignedUrl: address });
    const { UserImportJobs } = await who.call('ListUserImportJobs', { UserPoolId, MaxResults: 9 });
    assert.deepEqual(UserImportJobs, [UserImportJob]);
  }

  const entries = [3, 5, 8].map((line) => ({
    ...{ line, outcome: 'FAILED' as const, reason: `because of ${line}` },
  }));
  const { imports } = running.server.storage.stores;
  await imports.addToLog({ poolId: poolId(UserPoolId), id: JobId }, entries);
  const log = (query: string, pool = UserPoolId, id = JobId) =>
    viewer.send('GET', `/pools/${pool}/imports/${id}/log${query}`);
  assert.deepEqual((await log('')).json(), { entries });
  assert.deepEqual((await log('?limit=2')).json(), { entries: entries.slice(0, 2), after: 5 });
  assert.deepEqual((await log('?limit=2&after=5')).json(), { entries: entries.slice(2) });
  for (const one of [
    await log('', 'local_missing00'),
    await log('', ADMINISTRATORS_POOL),
    await log('', UserPoolId, 'import-other'),
  ]) {
    assert.equal(one.status, 404);
  }
});
