import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenPool } from './starter-pool.mjs';

test('npm start takes a pool, and an app client of it, and says how where it is told something else', () => {
  assert.equal(chosenPool([]), undefined);
  assert.deepEqual(chosenPool(['--pool', 'ph-local-1_a']), {
    pool: 'ph-local-1_a',
    client: undefined,
  });
  assert.deepEqual(chosenPool(['--pool=ph-local-1_a', '--client', 'c']), {
    pool: 'ph-local-1_a',
    client: 'c',
  });
  for (const args of [['--client', 'c'], ['--pol', 'x'], ['x'], ['--pool']]) {
    assert.throws(() => chosenPool(args), /^Error: Usage: npm start \[-- --pool ID/);
  }
});
