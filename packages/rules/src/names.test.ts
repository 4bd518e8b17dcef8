import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isCustomAttributeName,
  isGroupName,
  isRegionName,
  isResourceName,
  isResourceServerIdentifier,
  isResourceServerName,
  isScopeName,
  isUsername,
} from './names.ts';

test('pools and app clients have names without accents, and of signs only a few', () => {
  for (const name of ['shop', 'back office', 'a+b=c,d.e@f-g_h', 'x'.repeat(128)]) {
    assert.ok(isResourceName(name), name);
  }
  for (const name of ['', 'Größe', 'a/b', 'x'.repeat(129)]) assert.ok(!isResourceName(name), name);
});

test('names of users, groups and custom attributes have no spaces and nothing invisible', () => {
  for (const [isName, longest] of [
    [isUsername, 128],
    [isGroupName, 128],
    [isCustomAttributeName, 20],
  ] as const) {
    for (const name of ['a', 'Größe', 'ann@example.com', '😀', 'x'.repeat(longest)]) {
      assert.ok(isName(name), name);
    }
    for (const name of ['', 'a b', 'a\n', '\u200b', 'x'.repeat(longest + 1)]) {
      assert.ok(!isName(name), name);
    }
  }
});

test('resource servers and scopes have names for tokens: without spaces, and scopes without slashes', () => {
  for (const name of ['api', 'https://api.example.com/v1', 'x'.repeat(256)]) {
    assert.ok(isResourceServerIdentifier(name), name);
    assert.equal(isScopeName(name), !name.includes('/'));
  }
  for (const name of ['', 'a b', 'a"b', 'a\\b', 'ä', 'x'.repeat(257)]) {
    assert.ok(!isResourceServerIdentifier(name) && !isScopeName(name), name);
  }
  assert.ok(isResourceServerName('Orders, v1') && !isResourceServerName('Orders!'));
});

test('a region is letters, digits and hyphens', () => {
  for (const name of ['eu-west-1', 'local', 'A', 'x'.repeat(32)]) assert.ok(isRegionName(name));
  for (const name of ['', 'eu_west', 'a b', 'x'.repeat(33)]) assert.ok(!isRegionName(name));
});
