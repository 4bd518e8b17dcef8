import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeldJob, Job } from '@poolhouse/core';
import { poolId, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

const aJob = (id: string, over: Partial<Job> = {}): Job => ({
  id,
  kind: 'delete-pool',
  poolId: poolId('test-1_gone'),
  subject: '',
  cursor: '',
  dueAtMs: t0,
  createdAtMs: t0,
  ...over,
});

/** What JobStore promises. */
export function jobsContract(make: MakeDatabase): void {
  describeStore('jobs', make, (subject) => {
    const claim = (nowMs: number, lease: string, id?: string): Promise<HeldJob | undefined> =>
      subject.stores.jobs.claim({ nowMs, leaseMs: 1_000, lease, id });

    const claimed = async (nowMs: number, lease: string, id?: string): Promise<HeldJob> => {
      const job = await claim(nowMs, lease, id);
      assert.ok(job);
      return job;
    };

    test('a job is read as it was added, and taken once it is due, before and after a restart', async () => {
      const job = aJob('one', { kind: 'delete-client', subject: 'client', cursor: 'c' });
      assert.equal(await subject.stores.jobs.nextDueAtMs(), undefined);
      await subject.stores.jobs.add(job);
      assert.equal(await subject.stores.jobs.nextDueAtMs(), t0);
      assert.equal(await claim(t0 - 1, 'a'), undefined);
      await subject.restart();
      assert.deepEqual(await subject.stores.jobs.get('one'), job);
      const held = await claimed(t0, 'a');
      assert.deepEqual(held, { ...job, dueAtMs: t0 + 1_000, lease: 'a' });
      assert.equal(await claim(t0 + 999, 'b'), undefined);
      await subject.stores.jobs.finish(held);
      assert.equal(await subject.stores.jobs.get('one'), undefined);
      const { poolId: _, ...ofServer } = aJob('server', { kind: 'reseal-server' });
      await subject.stores.jobs.add(ofServer);
      assert.deepEqual(await subject.stores.jobs.get('server'), ofServer);
      await subject.stores.jobs.finish(await claimed(t0, 'a', 'server'));
    });

    test('of eight takers of one job, one gets it; after its lease ends the next one does, and the first can change nothing', async () => {
      const { jobs } = subject.stores;
      await jobs.add(aJob('raced'));
      const outcomes = await eightTakers(async (taker) =>
        (await claim(t0, `taker ${taker}`)) === undefined ? 'nothing' : 'job',
      );
      assert.equal(outcomes.get('job'), 1);
      const first = await claimed(t0 + 1_000, 'first');
      assert.equal(await jobs.renew(first, 'half', t0 + 2_000), true);
      assert.equal(await claim(t0 + 1_999, 'second'), undefined);
      const second = await claimed(t0 + 2_000, 'second');
      assert.equal(second.cursor, 'half');
      const held = (job: HeldJob) =>
        subject.storage.transaction((tx) => tx.jobs.lockForUpdate(job));
      assert.deepEqual([await held(first), await held(second)], [false, true]);
      assert.equal(await jobs.renew(first, 'back', t0 + 9_000), false);
      await jobs.release(first, t0 + 9_000);
      await jobs.finish(first);
      assert.equal((await jobs.get('raced'))?.cursor, 'half');
      await jobs.release(second, t0 + 2_500, 'failed');
      assert.equal(await claim(t0 + 2_499, 'third'), undefined);
      await jobs.finish(await claimed(t0 + 2_500, 'third'));
    });

    test('a slice that outlives its lease keeps the next taker away until its transaction ends', async () => {
      const { jobs } = subject.stores;
      await jobs.add(aJob('slow'));
      const first = await claimed(t0, 'first');
      let meanwhile: Promise<HeldJob | undefined> | undefined;
      await subject.storage.transaction(async (tx) => {
        assert.equal(await tx.jobs.lockForUpdate(first), true);
        meanwhile = claim(t0 + 5_000, 'second');
        meanwhile.catch(() => undefined);
        await tx.jobs.renew(first, 'done', t0 + 6_000);
      });
      assert.equal(await meanwhile, undefined);
      await jobs.finish(first);
    });

    test('a job that is added again starts over, and whoever had it has lost it', async () => {
      const { jobs } = subject.stores;
      await jobs.add(aJob('again', { kind: 'drop-srp-verifiers' }));
      const first = await claimed(t0, 'first');
      await jobs.renew(first, 'half', t0 + 1_000);
      await jobs.add(aJob('again', { kind: 'drop-srp-verifiers', dueAtMs: t0 + 1 }));
      assert.equal(await jobs.renew(first, 'end', t0 + 1_000), false);
      const second = await claimed(t0 + 1, 'second');
      assert.equal(second.cursor, '');
      await jobs.finish(second);
    });

    test('a job of a kind that only a later build knows is left to that build', async () => {
      const { jobs } = subject.stores;
      const later = aJob('later', { kind: 'of-a-later-build' as Job['kind'] });
      await jobs.add(later);
      assert.equal(await jobs.nextDueAtMs(), undefined);
      assert.equal(await claim(t0, 'a'), undefined);
      assert.equal(await claim(t0, 'a', 'later'), undefined);
      assert.deepEqual(await jobs.get('later'), later);
    });

    test('a single job can be asked for by its name', async () => {
      const { jobs } = subject.stores;
      for (const id of ['x', 'y']) await jobs.add(aJob(id));
      const y = await claimed(t0, 'a', 'y');
      assert.equal(y.id, 'y');
      assert.equal(await claim(t0, 'b', 'y'), undefined);
      assert.equal(await claim(t0, 'b', 'z'), undefined);
      await jobs.finish(await claimed(t0, 'b'));
      await jobs.finish(y);
    });
  });
}
