import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StorageUnavailableError, type Health, type Operation } from '@poolhouse/core';
import { startServer } from '../testing/start-server.ts';
import { makeOutageLog } from './outage-log.ts';

function ground() {
  const lines: (readonly [string, Readonly<Record<string, unknown>> | undefined])[] = [];
  const note = (event: string, fields?: Readonly<Record<string, unknown>>) =>
    void lines.push([event, fields]);
  const log = makeOutageLog({ info: note, warn: note, error: note }, 1);
  const state: { health: Health } = { health: { ok: false, reason: 'away' } };
  log.watch({ health: async () => state.health });
  const until = async (count: number) => {
    while (lines.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { log, lines, state, until };
}

test('an outage is one line when it begins, and one with counts when it has ended', async () => {
  const { log, lines, state, until } = ground();
  for (let request = 0; request < 100; request += 1)
    log.warn('storage.unavailable', { requestId: String(request) });
  for (let probe = 0; probe < 5; probe += 1) log.warn('storage.unhealthy', { reason: 'away' });
  // Background work is recognised by its error.
  log.warn('purge.failed', { err: new StorageUnavailableError('away') });
  log.error('request.failed', { err: new Error('a bug') });
  assert.deepEqual(
    lines.map(([event]) => event),
    ['storage.unavailable', 'request.failed'],
  );
  state.health = { ok: true };
  await until(3);
  const [event, fields] = lines[2] ?? [];
  assert.equal(event, 'storage.available');
  assert.deepEqual(fields?.['keptBack'], {
    'storage.unavailable': 99,
    'storage.unhealthy': 5,
    'purge.failed': 1,
  });
  // The next outage is a new one.
  log.warn('storage.unavailable', {});
  assert.equal(lines.length, 4);
  log.close();
});

test('a server that ends during an outage reports what it suppressed', () => {
  const { log, lines } = ground();
  log.warn('storage.unavailable', {});
  log.warn('delivery.failed', { err: new StorageUnavailableError('away') });
  log.close();
  assert.deepEqual(lines.at(-1), ['storage.away', { keptBack: { 'delivery.failed': 1 } }]);
});

test('requests and health checks write one line about a database that is unavailable', async (t) => {
  const run: Operation['run'] = () => Promise.reject(new StorageUnavailableError('away'));
  const operation: Operation = { name: 'SignUp', needs: [], run };
  const replacements = { registry: new Map([['SignUp' as const, operation]]) };
  const { server, post, send, logged } = await startServer(t, { replacements });
  server.storage.health = async () => ({ ok: false, reason: 'away' });
  const body = '{"ClientId":"1h57kf5cpq17m0eml12EXAMPLE","Username":"a","Password":"Abc123!x"}';
  for (let request = 0; request < 10; request += 1) {
    await post('SignUp', body);
    assert.equal((await send({ method: 'GET', path: '/readyz' })).status, 503);
  }
  assert.deepEqual(
    logged.map(({ event }) => event).filter((event) => event.startsWith('storage.')),
    ['storage.unavailable'],
  );
});
