import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { PART_BYTES } from '../domain/imports/user-import.ts';
import { poolId } from '../domain/ids.ts';
import { JOB_LEASE_MS, runSlice } from '../jobs/run-slice.ts';
import { csvOf, importing, runJobs } from '../testing/importing.ts';
import { openHarness } from '../testing/harness.ts';

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

for (const [name, database, skip] of databases) {
  suite(`an import on ${name}`, { skip }, () => {
    const open = async (t: TestContext) => importing(await openHarness(t, { database }));

    test('where a node ends in the middle of a slice, the next one goes on from there: nobody is lost, and nobody comes twice', async (t) => {
      const { harness, pool, create, upload, start, describe, log, many } = await open(t);
      const job = await create();
      await upload(job, await csvOf(harness, pool.UserPoolId, many(250)));
      await start(job);
      const { storage, world } = harness;
      const claim = (lease: string) =>
        storage.stores.jobs.claim({ nowMs: world.clock.nowMs(), leaseMs: JOB_LEASE_MS, lease });
      const held = await claim('first');
      assert(held);
      const first = await runSlice({ storage, world }, held, world.clock.nowMs(), 100);
      assert(first.kind === 'more');
      const endsAfterUsers: typeof storage.transaction = (work) =>
        storage.transaction(async (stores) => {
          await work(stores);
          throw new Error('the end');
        });
      const ended = runSlice(
        { storage: { transaction: endsAfterUsers }, world },
        first.job,
        0,
        100,
      );
      await assert.rejects(ended, /the end/);
      assert.equal(await claim('second'), undefined);
      harness.advance(JOB_LEASE_MS);
      const next = await claim('second');
      assert(next);
      // The first one lives after all, and can do nothing any more.
      const late = await runSlice({ storage, world }, first.job, world.clock.nowMs(), 100);
      assert.equal(late.kind, 'lost');
      await storage.stores.jobs.release(next, world.clock.nowMs());
      await runJobs(harness);
      const { Status, ImportedUsers, SkippedUsers } = await describe(job);
      assert.deepEqual([Status, ImportedUsers, SkippedUsers], ['Succeeded', 250, 0]);
      assert.deepEqual(await log(job), []);
      const { UserPool } = await harness.call('DescribeUserPool', {
        UserPoolId: pool.UserPoolId,
      });
      assert.equal(UserPool?.EstimatedNumberOfUsers, 250);
    });

    test('a file of many parts is read across them, whatever the size of a slice', async (t) => {
      const { harness, pool, create, upload, start, describe, log, many } = await open(t);
      const { UserPoolId } = pool;
      let from = 0;
      for (const rows of [1, 7, 2_000]) {
        const job = await create();
        const count = rows === 1 ? 40 : 120;
        const address = `${'é'.repeat(900)}, "${'\n'.repeat(3)}x`;
        const people = many(count, from).map((one) => ({ ...one, address }));
        from += count;
        const file = await csvOf(harness, UserPoolId, people);
        assert.ok(Buffer.byteLength(file) > PART_BYTES);
        await upload(job, file);
        await start(job);
        await runJobs(harness, { rows });
        assert.deepEqual(await log(job), []);
        assert.equal((await describe(job)).ImportedUsers, count);
        const last = await harness.call('AdminGetUser', {
          ...{ UserPoolId, Username: `user${from - 1}` },
        });
        const found = last.UserAttributes?.find(({ Name }) => Name === 'address');
        assert.equal(found?.Value, address);
        const ref = { poolId: poolId(UserPoolId), id: job.JobId };
        assert.equal(await harness.storage.stores.imports.dropParts(ref, 1), 0, 'the file is left');
      }
    });

    test('a part that was changed in the database ends the import', async (t) => {
      const { harness, pool, create, upload, start, describe } = await open(t);
      const [one, two] = [await create(), await create()];
      for (const job of [one, two]) {
        await upload(job, await csvOf(harness, pool.UserPoolId, []));
      }
      const { imports } = harness.storage.stores;
      const ref = (job: typeof one) => ({ poolId: poolId(pool.UserPoolId), id: job.JobId });
      const other = (await imports.get(ref(two)))?.upload;
      await imports.change(ref(one), (now) => ({ ...now, upload: other }));
      await start(one);
      await runJobs(harness);
      const { Status, CompletionMessage } = await describe(one);
      assert.deepEqual([Status, CompletionMessage], ['Failed', 'The CSV file could not be read.']);
    });
  });
}
