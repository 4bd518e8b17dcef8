import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure, OverloadError } from '@poolhouse/core';
import { makeHoldBack } from './hold-back.ts';

const overload = new Failure(
  'TooManyRequestsException',
  'Too many requests',
  undefined,
  new OverloadError('busy'),
);

test('refusals for overload wait half a second, all others are sent at once', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const holdBack = makeHoldBack();
  const others = [
    new Failure('TooManyRequestsException', 'Too many requests', 'too many failed attempts'),
    new Failure('NotAuthorizedException', 'Incorrect username or password.'),
    new OverloadError('not told by an operation'),
    new Error('a bug'),
  ];
  for (const error of others) await holdBack(error);
  let told = false;
  const held = holdBack(overload).then(() => (told = true));
  t.mock.timers.tick(499);
  await Promise.resolve();
  assert.equal(told, false);
  t.mock.timers.tick(1);
  await held;
  assert.equal(told, true);
});

test('no more than five hundred wait at the same time, and places become free again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const holdBack = makeHoldBack();
  const held = Array.from({ length: 500 }, () => holdBack(overload));
  await holdBack(overload);
  t.mock.timers.tick(500);
  await Promise.all(held);
  let told = false;
  const next = holdBack(overload).then(() => (told = true));
  await Promise.resolve();
  assert.equal(told, false);
  t.mock.timers.tick(500);
  await next;
});
