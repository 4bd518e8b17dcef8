import assert from 'node:assert/strict';
import { test } from 'node:test';
import { totalsOf } from './metrics.ts';

test('totals add up the days', () => {
  const day = { day: '2026-11-01', signUps: 2, confirmations: 1, signIns: 10, failures: 3 };
  assert.deepEqual(totalsOf([day, day]), {
    signUps: 4,
    confirmations: 2,
    signIns: 20,
    failures: 6,
  });
  assert.deepEqual(totalsOf([]), { signUps: 0, confirmations: 0, signIns: 0, failures: 0 });
});
