import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { UPLOAD_LIFETIME_MS } from '../domain/imports/user-import.ts';
import { csvOf, importing, runJobs } from '../testing/importing.ts';
import { openHarness } from '../testing/harness.ts';

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

for (const [name, database, skip] of databases) {
  suite(`the file of an import on ${name}`, { skip }, () => {
    const open = async (t: TestContext) => importing(await openHarness(t, { database }));

    test('an address takes a file until it ends, for its own import, and only as it was made', async (t) => {
      const { harness, create, upload } = await open(t);
      const [one, two] = [await create(), await create()];
      const url = one.PreSignedUrl;
      const last = url.endsWith('A') ? 'B' : 'A';
      for (const forged of [
        url.slice(0, -1) + last,
        url.replace(/signature=.*/, ''),
        url.replace(/expires=\d+/, 'expires=9999999999999'),
        url.replace(one.JobId, two.JobId),
        url.replace(/\/eu-west-1_[^/]+/, '/eu-west-1_missing00'),
      ]) {
        assert.equal(await upload({ ...one, PreSignedUrl: forged }, 'x'), 'not-ours', forged);
      }
      assert.equal(await upload(one, 'x'), 'stored');
      harness.advance(UPLOAD_LIFETIME_MS - 1);
      assert.equal(await upload(one, 'x'), 'stored');
      harness.advance(1);
      assert.equal(await upload(one, 'x'), 'expired');
    });

    test('an upload that is too large, broken off or followed by another leaves no file', async (t) => {
      const { harness, pool, create, upload, uploadChunks, start, ref, describe } = await open(t);
      const job = await create();
      await upload(job, 'x');
      const megabytes = async function* (count: number) {
        const chunk = Buffer.alloc(1_048_576, 'x');
        for (let at = 0; at < count; at += 1) yield chunk;
      };
      assert.equal(await uploadChunks(job, megabytes(101)), 'too-large');
      const noFile = ['PreconditionNotMetException', /^No csv file/] as const;
      await harness.refuses('StartUserImportJob', ref(job), ...noFile);
      const breaksOff = async function* () {
        yield* megabytes(1);
        throw new Error('broken off');
      };
      await assert.rejects(uploadChunks(job, breaksOff()), /broken off/);
      await harness.refuses('StartUserImportJob', ref(job), ...noFile);
      const file = await csvOf(harness, pool.UserPoolId, []);
      const overtaken = async function* () {
        yield* megabytes(1);
        assert.equal(await upload(job, file), 'stored');
        yield* megabytes(1);
      };
      assert.equal(await uploadChunks(job, overtaken()), 'replaced');
      await start(job);
      assert.equal(await upload(job, 'x'), 'not-waiting');
      await runJobs(harness);
      assert.equal((await describe(job)).Status, 'Succeeded');
    });
  });
}
