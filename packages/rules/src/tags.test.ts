import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_TAGS, tagKeysProblem } from './tags.ts';

test('a resource has 50 tags, none of which AWS keeps for itself', () => {
  const keys = Array.from({ length: MOST_TAGS }, (_, number) => `key ${number}`);
  assert.equal(tagKeysProblem(keys), undefined);
  assert.equal(tagKeysProblem([...keys, 'one more']), 'too-many');
  assert.equal(tagKeysProblem(['stage', 'AWS:stack']), 'reserved');
  assert.equal(tagKeysProblem(['my-aws:stack']), undefined);
});
