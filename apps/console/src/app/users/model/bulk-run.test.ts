import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BulkRun, type BulkState } from './bulk-run.ts';

const names = Array.from({ length: 20 }, (_, index) => `user${index}`);

test('everyone gets a turn, a few at a time, and failures are kept', async () => {
  let atOnce = 0;
  let most = 0;
  const seen: string[] = [];
  const states: BulkState[] = [];
  const run = new BulkRun(
    names,
    async (name) => {
      most = Math.max(most, (atOnce += 1));
      await Promise.resolve();
      atOnce -= 1;
      seen.push(name);
      if (name === 'user7') throw new Error('User does not exist.');
    },
    (state) => states.push(state),
  );
  const end = await run.run();
  assert.deepEqual([...seen].sort(), [...names].sort());
  assert.equal(most, 4);
  assert.deepEqual(end, {
    total: 20,
    done: 20,
    failed: [{ name: 'user7', message: 'User does not exist.' }],
    phase: 'finished',
  });
  assert.deepEqual([states[0]?.done, states.at(-1)?.done], [0, 20]);
});

test('a cancelled run starts nothing more', async () => {
  const seen: string[] = [];
  const run = new BulkRun(names, (name) => {
    seen.push(name);
    if (seen.length === 5) run.cancel();
    return Promise.resolve();
  });
  const end = await run.run();
  assert.equal(end.phase, 'cancelled');
  assert.ok(end.done === seen.length && seen.length < 10);
});
