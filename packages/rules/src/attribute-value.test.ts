import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeValueProblem, type AttributeSchema } from './attribute-value.ts';

const age: AttributeSchema = {
  AttributeDataType: 'Number',
  NumberAttributeConstraints: { MinValue: '18', MaxValue: '150' },
};
const tag: AttributeSchema = {
  AttributeDataType: 'String',
  StringAttributeConstraints: { MinLength: '2', MaxLength: '3' },
};
const since: AttributeSchema = { AttributeDataType: 'DateTime' };
const member: AttributeSchema = { AttributeDataType: 'Boolean' };

test('a value has the type and the limits of its schema', () => {
  for (const [schema, value, problem] of [
    [tag, 'abc', undefined],
    [tag, 'a', { rule: 'too-short', limit: 2 }],
    [tag, 'abcd', { rule: 'too-long', limit: 3 }],
    [tag, 'a\0b', { rule: 'not-text' }],
    [tag, '\ud800a', { rule: 'not-text' }],
    [{}, 'x'.repeat(2048), undefined],
    [{}, 'x'.repeat(2049), { rule: 'too-long', limit: 2048 }],
    [
      { StringAttributeConstraints: { MaxLength: '4000' } },
      'x'.repeat(2049),
      { rule: 'too-long', limit: 2048 },
    ],
    [age, '18', undefined],
    [age, '17', { rule: 'too-small', limit: '18' }],
    [age, '151', { rule: 'too-large', limit: '150' }],
    [age, '0x20', { rule: 'not-a-number' }],
    [age, '', { rule: 'not-a-number' }],
    [since, '2026-11-23', undefined],
    [since, '2026-11-23T09:00:00Z', undefined],
    [since, '2026-13-01', { rule: 'not-a-date' }],
    [since, '23 November 2026', { rule: 'not-a-date' }],
    [member, 'True', undefined],
    [member, 'yes', { rule: 'not-a-boolean' }],
  ] as const) {
    assert.deepEqual(attributeValueProblem(schema, value), problem, value.slice(0, 40));
  }
});
