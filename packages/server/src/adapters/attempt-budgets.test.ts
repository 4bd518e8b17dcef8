import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '@poolhouse/core';
import { makeAttemptBudgets, PRODUCTION_BUDGETS } from './attempt-budgets.ts';

const pool = poolId('eu-west-1_pool');
const other = poolId('eu-west-1_other');
const MINUTE_MS = 60_000;

function openGuard() {
  let nowMs = Date.UTC(2026, 10, 23);
  const logged: Readonly<Record<string, unknown>>[] = [];
  const quiet = () => undefined;
  const warn = (event: string, fields?: object) => void logged.push({ event, ...fields });
  const budgets = makeAttemptBudgets(
    { clock: { nowMs: () => nowMs }, log: { info: quiet, warn, error: quiet } },
    PRODUCTION_BUDGETS,
  );
  /** How many of this many attempts are let through, if all of them fail. */
  const failing = (count: number, source: string | undefined, of = pool): number =>
    Array.from({ length: count }, () => budgets.take(of, source)).filter(Boolean).length;
  return { budgets, failing, logged, advance: (ms: number) => void (nowMs += ms) };
}

test('ten thousand users with one attempt each come to three hundred attempts, then one a second (security.md S14)', () => {
  const { failing, advance } = openGuard();
  assert.equal(failing(10_000, '192.0.2.1'), 300);
  assert.equal(
    failing(10_000, '192.0.2.1', other),
    0,
    'a budget is the address’s, whatever the pool',
  );
  advance(10_000);
  assert.equal(failing(100, '192.0.2.1'), 10);
  advance(5 * MINUTE_MS);
  assert.equal(failing(10_000, '192.0.2.1'), 300);
});

test('correct attempts cost nothing, and another address is not held to account', () => {
  const { budgets, failing } = openGuard();
  for (let count = 0; count < 10_000; count += 1) {
    assert.equal(budgets.take(pool, '192.0.2.1'), true);
    budgets.giveBack(pool, '192.0.2.1');
  }
  assert.equal(failing(400, '192.0.2.1'), 300);
  assert.equal(budgets.take(pool, '192.0.2.2'), true);
});

test('a correct attempt does not forgive the wrong ones', () => {
  const { budgets, failing } = openGuard();
  failing(299, '192.0.2.1');
  assert.equal(budgets.take(pool, '192.0.2.1'), true);
  budgets.giveBack(pool, '192.0.2.1');
  assert.equal(failing(9, '192.0.2.1'), 1);
});

test('a pool under attempts from many addresses allows each of them few, and keeps out nobody who has not failed', () => {
  const { budgets, failing, advance } = openGuard();
  const addresses = Array.from({ length: 60 }, (_, index) => `198.51.100.${index}`);
  const through = addresses.map((address) => failing(100, address));
  assert.deepEqual(through, [...Array<number>(30).fill(100), ...Array<number>(30).fill(10)]);
  assert.equal(budgets.take(pool, '192.0.2.1'), true);
  assert.equal(budgets.take(other, addresses[0]), true, 'the alarm is the pool’s');
  advance(MINUTE_MS);
  assert.equal(failing(100, '192.0.2.9'), 100, 'the alarm ends soon after its cause');
});

/** A pool in alarm: an address that fails as often as this one is refused. */
function openAlarm() {
  const open = openGuard();
  for (let index = 0; index < 40; index += 1) open.failing(100, `198.51.100.${index}`);
  open.failing(10, '192.0.2.1');
  return { ...open, isInAlarm: () => !open.budgets.take(pool, '192.0.2.1') };
}

test('correct attempts do not end the alarm, one after the other or many at once', () => {
  const { budgets, isInAlarm } = openAlarm();
  assert.equal(isInAlarm(), true);
  for (let count = 0; count < 5_000; count += 1) {
    assert.equal(budgets.take(pool, '203.0.113.1'), true);
    budgets.giveBack(pool, '203.0.113.1');
    assert.equal(isInAlarm(), true, `after ${count + 1}`);
  }
  for (let round = 0; round < 20; round += 1) {
    for (let count = 0; count < 900; count += 1) budgets.take(pool, undefined);
    for (let count = 0; count < 900; count += 1) budgets.giveBack(pool, undefined);
    assert.equal(isInAlarm(), true, `after ${round + 1} times 900 at once`);
  }
});

test('attempts that a full budget had no room for do not prolong the alarm, nor does it count correct ones for long', () => {
  const { budgets, failing, advance, isInAlarm } = openAlarm();
  failing(100_000, undefined);
  advance(1_000);
  assert.equal(isInAlarm(), false, 'ten have drained');
  advance(2 * MINUTE_MS);
  for (let count = 0; count < 5_000; count += 1) {
    budgets.take(pool, undefined);
    budgets.giveBack(pool, undefined);
  }
  assert.equal(isInAlarm(), false);
});

test('attempts from an unknown source count only for the pool', () => {
  const { budgets, failing } = openGuard();
  assert.equal(failing(5_000, undefined), 5_000);
  assert.equal(failing(20, '192.0.2.1'), 10);
  assert.equal(budgets.take(pool, undefined), true);
});

test('refusals are logged once a minute, with their number', () => {
  const { failing, logged, advance } = openGuard();
  failing(1_300, '192.0.2.1');
  assert.deepEqual(logged, [
    { event: 'guessing.slowed', pool, source: '192.0.2.1', inAlarm: false, refusals: 1 },
  ]);
  advance(MINUTE_MS);
  failing(100, '192.0.2.1');
  assert.deepEqual(logged[1], { ...logged[0], refusals: 1_000 });
  assert.equal(logged.length, 2);
});

test('a clock that is set back gives nothing back and locks nobody out', () => {
  const { failing, advance } = openGuard();
  failing(300, '192.0.2.1');
  advance(-60 * MINUTE_MS);
  assert.equal(failing(10, '192.0.2.1'), 0);
});

test('memory does not grow with the number of addresses', () => {
  const { failing } = openGuard();
  assert.equal(failing(300, '192.0.2.1'), 300);
  for (let index = 0; index < 19_999; index += 1) failing(1, `2001:db8:${index.toString(16)}::/64`);
  assert.equal(failing(1, '192.0.2.1'), 0, 'kept among twenty thousand');
  failing(1, '198.51.100.1');
  assert.equal(failing(1, '192.0.2.1'), 1, 'then the oldest is forgotten');
});

test('sign-ups from an address have a budget of their own: three hundred, then one a second', () => {
  const { budgets, failing, logged, advance } = openGuard();
  const signUps = (count: number, source: string | undefined) =>
    Array.from({ length: count }, () => budgets.takeSignUp(pool, source)).filter(Boolean).length;
  assert.equal(signUps(1_000, '192.0.2.1'), 300);
  assert.equal(budgets.takeSignUp(other, '192.0.2.1'), false, 'whatever the pool');
  assert.equal(signUps(10, '192.0.2.2'), 10);
  assert.equal(signUps(1_000, undefined), 1_000, 'a back end is no address');
  assert.equal(failing(400, '192.0.2.1'), 300, 'attempts are counted separately');
  advance(10_000);
  assert.equal(signUps(100, '192.0.2.1'), 10);
  assert.deepEqual(logged[0], {
    event: 'sign-ups.slowed',
    pool,
    source: '192.0.2.1',
    refusals: 1,
  });
  assert.equal(logged.filter(({ event }) => event === 'sign-ups.slowed').length, 1);
});
