import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OverloadError, type WorkOrder } from '@poolhouse/core';
import { makeFairQueue } from './fair-queue.ts';

/** A queue whose work ends when the test says so; events are recorded in order. */
function watched(atOnce: number, places: number) {
  const queue = makeFairQueue(atOnce, places);
  const begun: string[] = [];
  const refused: string[] = [];
  const ends: (() => void)[] = [];
  const asked: Promise<void>[] = [];
  const ask = (name: string, order: Partial<WorkOrder> = {}): void => {
    const whose: WorkOrder = { source: name, weight: 1, purpose: 'account', ...order };
    const work = () =>
      new Promise<void>((end) => {
        begun.push(name);
        ends.push(end);
      });
    asked.push(
      queue(whose, work).catch((error: unknown) => {
        assert(error instanceof OverloadError);
        refused.push(name);
      }),
    );
  };
  /** Ends the work that started first, again and again, until nothing is left. */
  const runOut = async (): Promise<void> => {
    for (let end = ends.shift(); end !== undefined; end = ends.shift()) {
      end();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(asked);
  };
  const repeat = (count: number, name: string, order?: Partial<WorkOrder>) => {
    for (let index = 0; index < count; index += 1) ask(name, order);
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { ask, repeat, begun, refused, runOut, settled };
}

const count = (names: readonly string[], name: string) =>
  names.filter((one) => one === name).length;

test('sources take turns, however much one of them asks for', async () => {
  const { ask, repeat, begun, refused, runOut } = watched(1, 10);
  repeat(8, 'flood');
  ask('mara');
  ask('noor');
  repeat(2, 'flood');
  await runOut();
  assert.deepEqual(begun.slice(0, 4), ['flood', 'flood', 'mara', 'noor']);
  assert.deepEqual(refused, ['flood']);
  assert.equal(begun.length, 11);
});

test('a full queue refuses the source that fills it, and everybody else still finds a place', async () => {
  const { ask, repeat, begun, refused, runOut, settled } = watched(2, 6);
  repeat(60, 'flood');
  for (const name of ['a', 'b', 'c', 'd', 'e']) ask(name);
  await settled();
  assert.equal(count(refused, 'flood'), refused.length);
  await runOut();
  for (const name of ['a', 'b', 'c', 'd', 'e']) assert.equal(count(begun, name), 1, name);
  assert.equal(count(begun, 'flood'), 3);
});

test('if all have one place each, nobody is pushed out, and a place that becomes free is taken', async () => {
  const { ask, begun, refused, runOut, settled } = watched(1, 3);
  for (const name of ['at work', 'a', 'b', 'c', 'd']) ask(name);
  await settled();
  assert.deepEqual(refused, ['d']);
  await runOut();
  ask('d');
  await runOut();
  assert.deepEqual(begun, ['at work', 'a', 'b', 'c', 'd']);
});

test('sign-up, from however many addresses, takes none of the places reserved for sign-in, and one turn in four', async () => {
  const { ask, begun, refused, runOut, settled } = watched(1, 8);
  const other = { purpose: 'other' } as const;
  for (let index = 0; index < 60; index += 1) ask(`stranger ${index}`, other);
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) ask(name);
  await settled();
  assert.equal(
    refused.some((name) => !name.startsWith('stranger')),
    false,
  );
  // The other way round, other work keeps its share too.
  for (const name of ['g', 'h', 'i']) ask(name);
  await settled();
  assert.deepEqual(refused.slice(-3), ['g', 'h', 'i']);
  ask('administrator', other);
  await settled();
  assert.equal(refused.at(-1), 'administrator', 'two strangers hold the two places of their kind');
  await runOut();
  const kinds = begun.map((name) => (name.length === 1 ? name : '-')).join('');
  assert.equal(kinds, '-abc-def-');
});

test('alone, each kind of work and each source can use the whole queue', async () => {
  for (const [purpose, all] of [
    ['account', 42],
    ['other', 41],
  ] as const) {
    const { repeat, begun, refused, runOut } = watched(2, 40);
    repeat(all, 'office', { purpose });
    await runOut();
    assert.deepEqual([begun.length, refused.length], [all, 0]);
  }
});

test('if two can work at once, one place is kept from strangers, so that people who sign in do not wait for them', async () => {
  const { ask, repeat, begun, runOut } = watched(2, 10);
  const other = { purpose: 'other' } as const;
  repeat(5, 'flood', other);
  assert.deepEqual(begun, ['flood']);
  ask('mara');
  assert.deepEqual(begun, ['flood', 'mara']);
  await runOut();
  assert.equal(count(begun, 'flood'), 5);
  // If only one can work, anybody may.
  const alone = watched(1, 10);
  alone.ask('stranger', other);
  assert.deepEqual(alone.begun, ['stranger']);
  await alone.runOut();
});

test('a back end that sends everybody’s requests has as many turns and places as its weight', async () => {
  const { ask, repeat, begun, refused, runOut } = watched(1, 10);
  ask('at work');
  repeat(60, 'flood');
  repeat(8, 'back end', { weight: 8 });
  await runOut();
  assert.equal(count(begun, 'back end'), 8);
  assert.equal(count(refused, 'back end'), 0);
  assert.deepEqual(begun.slice(1, 11), ['flood', ...Array<string>(8).fill('back end'), 'flood']);
});

test('work that fails gives its place back', async () => {
  const queue = makeFairQueue(1, 0);
  const order: WorkOrder = { source: 'a', weight: 1, purpose: 'account' };
  for (let index = 0; index < 3; index += 1) {
    await assert.rejects(
      queue(order, () => Promise.reject(new Error('no memory'))),
      /no memory/,
    );
  }
  assert.equal(await queue(order, async () => 'done'), 'done');
});
