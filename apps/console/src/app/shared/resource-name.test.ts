import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isResourceName } from './resource-name.ts';

test('pools and app clients have names without accents, and of signs only a few', () => {
  for (const name of ['shop', 'back office', 'a+b=c,d.e@f-g_h', 'x'.repeat(128)]) {
    assert.ok(isResourceName(name), name);
  }
  for (const name of ['', 'Größe', 'a/b', 'x'.repeat(129)]) assert.ok(!isResourceName(name), name);
});
