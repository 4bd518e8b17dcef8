import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PoolGoneError } from '@poolhouse/core';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

test('a pool that is deleted while a test message is being composed is reported as missing, not as a server error', async (t) => {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner');
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'shop' });
  const pool = UserPool?.Id ?? '';
  const { vault } = running.server.world;
  const { of, within } = vault;
  const gone: typeof of = (id) => (id === pool ? Promise.reject(new PoolGoneError(id)) : of(id));
  Object.assign(vault, { of: gone, within: () => ({ ...vault, of: gone }) });
  t.after(() => Object.assign(vault, { of, within }));
  const message = { occasion: 'SignUp', to: 'check@example.com' };
  const answer = await owner.send('POST', `/pools/${pool}/messages/test`, message);
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.json(), {
    code: 'ResourceNotFoundException',
    message: `User pool ${pool} does not exist.`,
  });
});
