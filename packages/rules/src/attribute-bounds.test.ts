import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeBoundsProblem } from './attribute-bounds.ts';

const text = (MinLength?: string, MaxLength?: string) =>
  attributeBoundsProblem({
    AttributeDataType: 'String',
    StringAttributeConstraints: { MinLength, MaxLength },
  });
const number = (MinValue?: string, MaxValue?: string) =>
  attributeBoundsProblem({
    AttributeDataType: 'Number',
    NumberAttributeConstraints: { MinValue, MaxValue },
  });

test('bounds are whole numbers from 0 on, in order', () => {
  for (const problemOf of [text, number]) {
    for (const bounds of [[], ['0'], [undefined, '7'], ['7', '7'], ['007', '8']]) {
      assert.equal(problemOf(...bounds), undefined, String(bounds));
    }
    for (const bound of ['', '-1', '1.5', '1e3', ' 1', 'x', '9'.repeat(309)]) {
      assert.equal(problemOf(bound), 'not-whole', bound);
      assert.equal(problemOf(undefined, bound), 'not-whole', bound);
    }
    assert.equal(problemOf('8', '7'), 'crossed');
    assert.equal(problemOf('10', '9'), 'crossed');
  }
});

test('a text has at most 2,048 characters, whatever its bounds; a number may be large', () => {
  assert.equal(text('2048', '2048'), undefined);
  assert.equal(text('2049'), 'too-long');
  assert.equal(text(undefined, '2049'), 'too-long');
  assert.equal(number('9'.repeat(20), `1${'0'.repeat(20)}`), undefined);
  assert.equal(number(`1${'0'.repeat(20)}`, '9'.repeat(20)), 'crossed');
});

test('bounds of another type do not count', () => {
  const AttributeDataType = 'Boolean';
  const StringAttributeConstraints = { MinLength: 'x' };
  assert.equal(
    attributeBoundsProblem({ AttributeDataType, StringAttributeConstraints }),
    undefined,
  );
});
