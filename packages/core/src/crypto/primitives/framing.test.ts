import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame } from './framing.ts';

test('lists that concatenate to the same text are framed differently', () => {
  const lists = [
    ['ab', 'c'],
    ['a', 'bc'],
    ['abc'],
    ['abc', ''],
    ['', 'abc'],
    ['a|b', 'c'],
    ['a', 'b|c'],
    [],
    [''],
  ];
  const framed = new Set(lists.map((list) => frame(list).toString('hex')));
  assert.equal(framed.size, lists.length);
});

test('lengths count bytes, not characters', () => {
  assert.equal(frame(['é']).toString('hex'), '00000001' + '00000002' + 'c3a9');
});
