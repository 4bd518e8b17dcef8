import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

const from = (address: string) => ({ 'X-Forwarded-For': `6.6.6.6, ${address}` });

test('behind a trusted proxy, the audit has the administrator’s own address, and believes no other header', async (t) => {
  const cases = [
    [{ POOLHOUSE_MODE: 'development', POOLHOUSE_TRUSTED_PROXIES: '127.0.0.1' }, '203.0.113.9'],
    [{}, '127.0.0.1'],
  ] as const;
  for (const [environment, source] of cases) {
    const running = await startServer(t, { environment });
    const { send } = await administrator(running, 'owner');
    const body = { region: 'local', input: { PoolName: 'one' } };
    const made = await send('POST', '/operations/CreateUserPool', body, from('203.0.113.9'));
    assert.equal(made.status, 200, made.body);
    const audit = await send('GET', '/audit?operation=CreateUserPool&actor=owner');
    const { entries } = audit.json() as { entries: { source?: string }[] };
    assert.deepEqual(
      entries.map((entry) => entry.source),
      [source],
    );
  }
});
