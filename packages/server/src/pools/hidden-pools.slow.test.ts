import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { hiddenPoolsText } from './hidden-pools.ts';
import { runMain } from '../testing/run-main.ts';
import { startServer } from '../testing/start-server.ts';

test('start-up names the user pools that a pinned region keeps out of reach', async (t) => {
  const { client, server } = await startServer(t);
  const { stores } = server.storage;
  const make = async (region: string) => {
    const pool = await client(undefined, region).send(new CreateUserPoolCommand({ PoolName: 'p' }));
    return pool.UserPool?.Id ?? '';
  };
  await server.setUpLink();
  assert.equal(await hiddenPoolsText(stores, 'eu-west-1'), '');
  await make('eu-west-1');
  assert.equal(await hiddenPoolsText(stores, 'eu-west-1'), '');
  assert.equal(await hiddenPoolsText(stores, undefined), '');
  const american = await make('us-east-1');
  const local = await make('ph-local-1');
  assert.equal(
    await hiddenPoolsText(stores, 'eu-west-1'),
    `Warning: POOLHOUSE_REGION is eu-west-1: access keys and the console do not reach the user pools p (${local}), p (${american}). Unset it to reach all pools.\n`,
  );
  for (let at = 0; at < 9; at += 1) await make(`elsewhere-${at}`);
  const text = await hiddenPoolsText(stores, 'eu-west-1');
  assert.equal(text.match(/p \(/g)?.length, 10, text);
  assert.match(text, /, and more\. Unset it/);
});

test(
  'a declared pool outside the pinned region is named by the start that creates it',
  { timeout: 60_000 },
  async (t) => {
    const data = await mkdtemp(join(tmpdir(), 'poolhouse-hidden-'));
    t.after(() => rm(data, { recursive: true, force: true }));
    const { child, ended } = runMain([], {
      POOLHOUSE_PORT: '0',
      POOLHOUSE_DATA: data,
      POOLHOUSE_PASSWORD_HASH: 'test',
      POOLHOUSE_DECLARATION: new URL('../../../../poolhouse.yaml', import.meta.url).pathname,
      POOLHOUSE_REGION: 'eu-west-1',
    });
    await new Promise<void>((resolve) => {
      child.once('close', resolve);
      child.stdout?.on('data', (chunk: string) => {
        if (chunk.includes('do not reach')) resolve();
      });
    });
    child.kill('SIGTERM');
    assert.match((await ended).stdout, /do not reach the user pools \S+ \(ph-local-1_Poolhouse1\)/);
  },
);
