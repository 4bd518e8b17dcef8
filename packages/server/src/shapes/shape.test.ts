import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anything,
  listOf,
  Misshapen,
  object,
  oneOf,
  optional,
  recordOf,
  text,
  where,
  wholeNumber,
  withDefault,
  yesOrNo,
} from './shape.ts';

const shape = object(
  {
    name: text({ least: 1, most: 3 }),
    count: withDefault(wholeNumber({ least: 1, most: 60 }), 7),
    size: optional(oneOf(['s', 'm'])),
    open: optional(yesOrNo({ problem: 'has to be true or false' })),
    tags: optional(
      listOf(
        where(text(), (tag) => tag !== 'x', 'is taken'),
        { least: 1 },
      ),
    ),
    more: optional(recordOf(anything)),
  },
  { strict: true },
);

test('a valid input is returned with its defaults, and what is left out stays out', () => {
  assert.deepEqual(shape({ name: 'abc' }), { name: 'abc', count: 7 });
  const whole = { name: 'a', count: 60, size: 'm', open: false, tags: ['y'], more: { a: null } };
  assert.deepEqual(shape(whole), whole);
});

test('for an invalid input, the first problem is reported with its place', () => {
  for (const [given, message, kind = 'value'] of [
    [null, ': Invalid input: expected object, received null', 'type'],
    [[], ': Invalid input: expected object, received array', 'type'],
    ['x', ': Invalid input: expected object, received string', 'type'],
    [{}, 'name: Invalid input: expected string, received undefined', 'type'],
    [{ name: 3 }, 'name: Invalid input: expected string, received number', 'type'],
    [{ name: '' }, 'name: Too small: expected string to have >=1 characters'],
    [{ name: 'abcd' }, 'name: Too big: expected string to have <=3 characters'],
    [{ name: 'a', count: null }, 'count: Invalid input: expected number, received null', 'type'],
    [{ name: 'a', count: 1.5 }, 'count: Invalid input: expected int, received number', 'type'],
    [
      { name: 'a', count: Infinity },
      'count: Invalid input: expected number, received Infinity',
      'type',
    ],
    [{ name: 'a', count: 0 }, 'count: Too small: expected number to be >=1'],
    [{ name: 'a', count: 61 }, 'count: Too big: expected number to be <=60'],
    [{ name: 'a', size: 'l' }, 'size: Invalid option: expected one of "s"|"m"'],
    [{ name: 'a', open: 'yes' }, 'open: has to be true or false', 'type'],
    [{ name: 'a', tags: {} }, 'tags: Invalid input: expected array, received object', 'type'],
    [{ name: 'a', tags: [] }, 'tags: Too small: expected array to have >=1 items'],
    [{ name: 'a', tags: ['y', 'x'] }, 'tags.1: is taken'],
    [{ name: 'a', more: [] }, 'more: Invalid input: expected record, received array', 'type'],
    [
      { name: 'a', more: Buffer.of(1) },
      'more: Invalid input: expected record, received Buffer',
      'type',
    ],
    [{ name: 'a', nmae: 1, toString: 2 }, ': Unrecognized keys: nmae, toString', 'names'],
    [
      JSON.parse('{"__proto__":{"name":"a"}}'),
      'name: Invalid input: expected string, received undefined',
      'type',
    ],
  ] as const) {
    assert.throws(
      () => shape(given),
      (error) => {
        assert(error instanceof Misshapen);
        assert.deepEqual([error.message, error.kind], [message, kind]);
        return true;
      },
    );
  }
});
