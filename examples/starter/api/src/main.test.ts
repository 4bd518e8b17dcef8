import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

test('the API ends by itself when what started it has died', async (t) => {
  const child = spawn(process.execPath, [...process.execArgv, MAIN], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, POOLHOUSE_STARTER_PORT: '0' },
  });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  await once(child.stdout ?? assert.fail(), 'data');
  child.disconnect();
  assert.deepEqual(await ended, [0, null]);
});
