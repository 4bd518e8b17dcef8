import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runnerOf } from '../testing/runner-of.ts';
import { damageWatch } from './damage-watch.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const DAY_MS = 24 * 3_600_000;

test('an inspection runs after the start and once a day, and ten minutes after it was postponed', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const outcomes = [true, false, false, true];
  let looks = 0;
  const inspect = async () => outcomes[looks++] ?? true;
  const watch = runnerOf(damageWatch({ inspect }, log));
  const after = async (ms: number) => {
    t.mock.timers.tick(ms);
    await new Promise((resolve) => setImmediate(resolve));
    return looks;
  };
  watch.start();
  assert.equal(await after(9_999), 0);
  assert.equal(await after(1), 1);
  assert.equal(await after(DAY_MS - 1), 1);
  assert.equal(await after(1), 2);
  assert.equal(await after(600_000), 3);
  assert.equal(await after(600_000), 4);
  assert.equal(await after(600_000), 4);
  await watch.stop();
  assert.equal(await after(DAY_MS), 4);
});
