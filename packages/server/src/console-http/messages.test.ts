import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PoolGoneError } from '@poolhouse/core';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

test('a test message goes to one address by mail, or to one phone number by SMS', async (t) => {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner');
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'shop' });
  const send = async (to: unknown) => {
    const path = `/pools/${UserPool?.Id}/messages/test`;
    return (await owner.send('POST', path, { occasion: 'ForgotPassword', to })).status;
  };
  assert.equal(await send('me@example.com'), 200);
  assert.equal(await send('+15550100'), 200);
  for (const to of ['15550100', '+15550100,+15550101', '+1 555 0100', 'me', '', 1, null]) {
    assert.equal(await send(to), 400, String(to));
  }
  const sent = await running.server.storage.stores.outbox.list({ limit: 10 });
  assert.deepEqual(
    sent.map(({ medium, to }) => [medium, to]),
    [
      ['SMS', '+15550100'],
      ['EMAIL', 'me@example.com'],
    ],
  );
});

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
