import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stores } from '@poolhouse/core';
import { runnerOf } from '../testing/runner-of.ts';
import { purge } from './purge.ts';

test('everything that expires is removed in batches; a store that fails does not stop the others', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const left: Record<string, number> = {
    codes: 1200,
    replayCache: 0,
    limits: 7,
    sessions: 500,
    authEvents: 3,
    outbox: 501,
  };
  const asked: string[] = [];
  const purgeOf = (name: string) => async (beforeMs: number, limit: number) => {
    asked.push(`${name} ${beforeMs}`);
    if (name === 'limits') throw new Error('locked');
    const removed = Math.min(limit, left[name] ?? 0);
    left[name] = (left[name] ?? 0) - removed;
    return removed;
  };
  const stores = Object.fromEntries(
    Object.keys(left).map((name) => [name, { purge: purgeOf(name) }]),
  ) as never as Stores;
  const warned: string[] = [];
  const log = {
    info: () => undefined,
    warn: (event: string) => void warned.push(event),
    error: () => undefined,
  };
  const day = 24 * 3_600_000;
  const clock = { nowMs: () => 10 * day };
  const runner = runnerOf(purge(stores, { clock, log }), clock);
  runner.start();
  assert.equal(asked.length, 0);
  t.mock.timers.tick(60_000);
  while (!asked.includes(`outbox ${9 * day}`) || left['outbox'] !== 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await runner.stop();
  assert.deepEqual(left, {
    codes: 0,
    replayCache: 0,
    limits: 7,
    sessions: 0,
    authEvents: 0,
    outbox: 0,
  });
  assert.equal(asked.filter((line) => line === `codes ${10 * day}`).length, 3);
  assert.ok(asked.includes(`sessions ${9 * day}`));
  assert.ok(asked.includes(`authEvents ${(10 - 2 * 365) * day}`));
  assert.deepEqual(warned, ['purge.failed']);
  const count = asked.length;
  t.mock.timers.tick(120_000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked.length, count);
});
