import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addInput, customProblem } from './custom-attribute.ts';

const plan = { name: 'plan', type: 'String', least: '', most: '', mutable: true } as const;

test('a custom attribute is sent with the range of its type', () => {
  const sent = (change: object) =>
    JSON.parse(JSON.stringify(addInput('pool', { ...plan, ...change }).CustomAttributes[0]));
  assert.deepEqual(sent({ most: '20' }), {
    Name: 'plan',
    AttributeDataType: 'String',
    Mutable: true,
    StringAttributeConstraints: { MinLength: '0', MaxLength: '20' },
  });
  assert.deepEqual(sent({ type: 'Number', least: '-1' }).NumberAttributeConstraints, {
    MinValue: '-1',
  });
  assert.equal(sent({ type: 'Number' }).NumberAttributeConstraints, undefined);
  assert.equal(sent({ type: 'Boolean', most: '3' }).StringAttributeConstraints, undefined);
});

test('what the API would refuse is named', () => {
  const schema = [{ Name: 'custom:taken' }];
  const cases = [
    [{}, undefined],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(21) }, 'name'],
    [{ name: 'taken' }, 'taken'],
    [{ least: 'a' }, 'number'],
    [{ most: '2049' }, 'number'],
    [{ least: '5', most: '4' }, 'order'],
    [{ type: 'Number', least: '6', most: '5' }, 'order'],
    // A pool's numbers have no bounds below 0 (behaviour.md 3.3).
    [{ type: 'Number', least: '-5' }, 'number'],
  ] as const;
  for (const [change, problem] of cases) {
    assert.equal(customProblem({ ...plan, ...change }, schema), problem, JSON.stringify(change));
  }
});
