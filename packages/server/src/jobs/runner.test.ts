import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { OwnLeases } from '@poolhouse/storage/testing';
import { makeRunner } from './runner.ts';
import type { Round, Work } from './work.ts';

const START_MS = Date.UTC(2026, 10, 28);
const MINUTE = 60_000;

/** One clock for all, and nodes that share it and their leases. */
function shared(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START_MS });
  const leases = new OwnLeases();
  const passed = () => Date.now() - START_MS;
  return {
    leases,
    passed,
    /** Advances the time in steps; in each of them, all pending work continues. */
    async pass(ms: number, stepMs = 50) {
      for (let left = ms; left > 0; left -= stepMs) {
        t.mock.timers.tick(Math.min(stepMs, left));
        await gotOn();
      }
    },
    node<Kind extends string>(works: Readonly<Record<Kind, Work>>, clockAheadMs = () => 0) {
      const clock = { nowMs: () => Date.now() + clockAheadMs() };
      const runner = makeRunner({ stores: { leases }, clock }, works);
      t.after(() => runner.stop());
      return runner;
    },
    /** Work that records when its rounds start. */
    noted(over: Partial<Work> = {}) {
      const atMs: number[] = [];
      const failures: unknown[] = [];
      const work: Work = {
        scope: 'node',
        ...over,
        run(round) {
          atMs.push(passed());
          return over.run?.(round) ?? Promise.resolve();
        },
        failed: (error) => void failures.push(error),
      };
      return { atMs, failures, work };
    },
  };
}

const gotOn = () => new Promise((resolve) => setImmediate(resolve));

test('a round comes when it is due after the end of the last one, or once if there is only one', async (t) => {
  const { node, noted, pass } = shared(t);
  const ends = [300, 0, 5_000];
  const often = noted({ everyMs: 1_000, run: () => wait(ends.shift() ?? 0) });
  const seldom = noted({ firstAfterMs: 250, everyMs: MINUTE, run: async () => 2_000 });
  const once = noted({});
  const runner = node({ often: often.work, seldom: seldom.work, once: once.work });
  await pass(2_000);
  assert.deepEqual([often.atMs, seldom.atMs, once.atMs], [[], [], []]);
  runner.start();
  assert.deepEqual(once.atMs, [2_000], 'what is due at the start begins with it');
  await pass(10_500);
  assert.deepEqual(often.atMs, [3_000, 4_300, 5_300, 11_300, 12_300]);
  assert.deepEqual(seldom.atMs, [2_250, 4_250, 6_250, 8_250, 10_250, 12_250]);
  assert.deepEqual(once.atMs, [2_000]);
});

test('work for a single node is done by one at a time, and no more often if there are more nodes', async (t) => {
  const { node, noted, pass } = shared(t);
  let atOnce = 0;
  let most = 0;
  const run = async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await wait(3_000);
    atOnce -= 1;
  };
  const work = noted({ scope: 'cluster', everyMs: MINUTE, run });
  const own = noted({ everyMs: MINUTE });
  for (let count = 0; count < 3; count += 1) {
    node({ purge: work.work, own: own.work }).start();
    await pass(7_000);
  }
  await pass(10 * MINUTE - 21_000, 500);
  assert.equal(most, 1);
  assert.equal(work.atMs.length, 9, 'a round takes three seconds, and a minute lies between two');
  assert.equal(own.atMs.length, 9 * 3 + 1);
});

test('long work keeps its lease while it progresses; the work of a node that falls silent is taken over', async (t) => {
  const { node, noted, pass, passed } = shared(t);
  const isDead = Promise.withResolvers<void>();
  const goesOn: boolean[] = [];
  const first = noted({
    scope: 'cluster',
    everyMs: MINUTE,
    async run(round) {
      for (let slice = 0; slice < 20; slice += 1) {
        await wait(2_000);
        goesOn.push(await round.goesOn());
      }
      await isDead.promise;
      goesOn.push(await round.goesOn());
    },
  });
  const second = noted({ scope: 'cluster', everyMs: MINUTE, run: () => wait(5_000) });
  node({ purge: first.work }).start();
  await pass(500);
  node({ purge: second.work }).start();
  await pass(MINUTE + 39_500, 500);
  assert.deepEqual([first.atMs, second.atMs], [[MINUTE], []]);
  assert.deepEqual(new Set(goesOn), new Set([true]));
  // Its last slice ended at 100 s, and its lease at most ten seconds later.
  await pass(10_500);
  const [tookOverAtMs = 0] = second.atMs;
  assert(tookOverAtMs > 106_000 && tookOverAtMs <= passed(), String(second.atMs));
  // The first node is alive after all. It has lost the work, and takes nothing from the node that has it.
  isDead.resolve();
  await gotOn();
  assert.equal(goesOn.at(-1), false);
  await pass(2 * MINUTE, 500);
  assert.equal(second.atMs.length + first.atMs.length, 3);
});

test('when a node stops half-way, another continues at its next look', async (t) => {
  const { node, noted, pass, leases } = shared(t);
  const stopped = noted({
    scope: 'cluster',
    everyMs: MINUTE,
    async run({ goesOn }) {
      while (await goesOn()) await wait(100);
    },
  });
  const runner = node({ purge: stopped.work });
  runner.start();
  await pass(MINUTE + 500);
  const end = runner.stop();
  await pass(100);
  await end;
  const nowMs = Date.now();
  const taken = { name: 'purge', holder: 'other', untilMs: nowMs, nowMs, latestMs: nowMs + MINUTE };
  assert.equal(await leases.hold(taken), undefined);
});

test('clocks that are set forward or back, or that differ, do not prevent the work', async (t) => {
  const { node, noted, pass } = shared(t);
  let aheadMs = 365 * 24 * 3_600_000;
  const wrong = noted({ scope: 'cluster', everyMs: MINUTE });
  const right = noted({ scope: 'cluster', everyMs: MINUTE });
  node({ purge: wrong.work }, () => aheadMs).start();
  await pass(2 * MINUTE + 1_000, 500);
  assert.equal(wrong.atMs.length, 2);
  aheadMs = 0;
  node({ purge: right.work }).start();
  await pass(3 * MINUTE, 500);
  assert.equal(wrong.atMs.length + right.atMs.length, 5, 'one a minute, by whoever of both');
  aheadMs = -365 * 24 * 3_600_000;
  const before = right.atMs.length;
  await pass(5 * MINUTE, 500);
  assert(
    right.atMs.length - before >= 4,
    'the one that is right goes on, whatever the other one does',
  );
});

test('a node whose clock is seconds behind does not repeat what another has just done', async (t) => {
  const { node, noted, pass } = shared(t);
  const work = noted({ scope: 'cluster', firstAfterMs: 0, everyMs: MINUTE });
  node({ purge: work.work }).start();
  await pass(1_000);
  node({ purge: work.work }, () => -45_000).start();
  await pass(50_000, 500);
  assert.equal(work.atMs.length, 1);
});

test('failing work is retried later and later, up to ten seconds, until it succeeds; other work continues', async (t) => {
  const { node, noted, pass } = shared(t);
  let isAway = true;
  const failing = noted({
    everyMs: 1_000,
    run: async () => {
      if (isAway) throw new Error('away');
    },
  });
  const seldom = noted({
    everyMs: MINUTE,
    run: () => Promise.reject(new Error('always')),
  });
  const other = noted({ everyMs: 1_000 });
  node({ failing: failing.work, other: other.work, seldom: seldom.work }).start();
  await pass(2 * MINUTE);
  assert.deepEqual(
    failing.atMs.slice(0, 7).map((ms) => ms / 1_000),
    [1, 3, 7, 15, 25, 35, 45],
  );
  assert.equal(other.atMs.length, 120);
  assert.deepEqual(seldom.atMs, [MINUTE, 2 * MINUTE]);
  assert.equal(failing.failures.length, failing.atMs.length);
  isAway = false;
  const tries = failing.atMs.length;
  await pass(10_000);
  const last = failing.atMs.at(-1) ?? 0;
  await pass(3_000);
  assert(failing.atMs.length > tries);
  assert.deepEqual(failing.atMs.slice(-3), [last + 1_000, last + 2_000, last + 3_000]);
  isAway = true;
  await pass(3_000);
  assert.deepEqual(failing.atMs.slice(-2), [last + 4_000, last + 6_000], 'from the beginning');
});

test('if no lease can be obtained, that is reported, and the work is done once one can', async (t) => {
  const { node, noted, pass, leases } = shared(t);
  const away = t.mock.method(leases, 'hold', () => Promise.reject(new Error('no database')));
  const work = noted({ scope: 'cluster', everyMs: 1_000 });
  node({ purge: work.work }).start();
  await pass(3_000);
  assert.deepEqual([work.atMs, work.failures.length], [[], 2]);
  away.mock.restore();
  await pass(4_000);
  assert.deepEqual(work.atMs, [7_000]);
});

test('a stop waits for running work and tells it, ends each kind, and starts nothing more', async (t) => {
  const { node, noted, pass } = shared(t);
  const events: string[] = [];
  const slice = Promise.withResolvers<void>();
  let round: Round | undefined;
  const working = noted({
    firstAfterMs: 0,
    everyMs: 1_000,
    async run(given) {
      round = given;
      await slice.promise;
      events.push(`goes on: ${await given.goesOn()}`);
    },
    end: () => void events.push('end'),
  });
  const aborted = noted({ run: ({ stopping }) => untilAborted(stopping) });
  const runner = node({ working: working.work, aborted: aborted.work });
  runner.start();
  await gotOn();
  assert.equal(await round?.goesOn(), true);
  const stopped = runner.stop().then(() => events.push('stopped'));
  await pass(5_000);
  assert.deepEqual(events, []);
  assert.equal(round?.stopping.aborted, true);
  slice.resolve();
  await stopped;
  assert.deepEqual(events, ['goes on: false', 'end', 'stopped']);
  runner.wake('working');
  await pass(5_000);
  assert.equal(working.atMs.length, 1);
  assert.deepEqual(aborted.failures, [], 'that it was told to stop is no failure');
});

test('a runner that was never started ends nothing, and waits for the work that the start waits for', async (t) => {
  const { node, noted } = shared(t);
  const events: string[] = [];
  const work = noted({ end: () => void events.push('end') });
  const runner = node({ work: work.work });
  const first = runner.first(async (stopping) => {
    await untilAborted(stopping).catch(() => undefined);
    await gotOn();
    events.push('first');
    throw new Error('broken off');
  });
  const failing = assert.rejects(first, /broken off/);
  await runner.stop();
  assert.deepEqual(events, ['first']);
  await failing;
  runner.start();
  await gotOn();
  assert.deepEqual([events, work.atMs], [['first'], []]);
});

test('woken work starts at once, once for several wake-ups, and once more if it is already running', async (t) => {
  const { node, noted, pass } = shared(t);
  const woken = noted({ firstAfterMs: 0, everyMs: MINUTE, run: () => wait(200) });
  const runner = node({ delivery: woken.work });
  runner.wake('delivery');
  await pass(1_000);
  assert.deepEqual(woken.atMs, [], 'not before the start');
  runner.start();
  await pass(1_000);
  for (let count = 0; count < 10; count += 1) runner.wake('delivery');
  await pass(100);
  assert.deepEqual(woken.atMs, [1_000, 2_050]);
  runner.wake('delivery');
  await pass(400);
  assert.deepEqual(woken.atMs, [1_000, 2_050, 2_300]);
  await pass(MINUTE);
  assert.deepEqual(woken.atMs, [1_000, 2_050, 2_300, 62_500]);
  await pass(250);
  for (let count = 0; count < 10; count += 1) {
    runner.wake('delivery');
    await pass(20, 10);
  }
  assert.equal(woken.atMs.at(-1), 62_800, 'however often others come, too');
  await pass(500);
});

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  await once(signal, 'abort');
  signal.throwIfAborted();
}
