import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextSteps } from './next-steps.ts';

test('what is done is ticked, and the order stays', () => {
  const empty = { clients: 0, users: 0, signIns: 0, groups: 0, isProtected: false };
  const done = (facts: object) =>
    nextSteps({ ...empty, ...facts })
      .filter(({ isDone }) => isDone)
      .map(({ id }) => id);
  assert.deepEqual(done({}), []);
  assert.deepEqual(done({ users: 2, clients: 1 }), ['client', 'user']);
  assert.equal(nextSteps(empty).find(({ isDone }) => !isDone)?.id, 'client');
});
