import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { START_WITHIN_MS } from '../../domain/imports/user-import.ts';
import { csvOf, importing, runJobs } from '../../testing/importing.ts';
import { openHarness } from '../../testing/harness.ts';
import { signInBySrp } from '../../testing/srp-client.ts';

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

for (const [name, database, skip] of databases) {
  suite(`imports on ${name}`, { skip }, () => {
    const open = async (t: TestContext, pool: Partial<InputOf<'CreateUserPool'>> = {}) =>
      importing(await openHarness(t, { database }), pool);

    test('users arrive as the service imports them, and those who do not are in the log', async (t) => {
      const { harness, pool, create, upload, start, describe, log } = await open(t);
      const created = await create();
      assert.match(created.JobId, /^import-[A-Za-z0-9]{10}$/);
      const { PreSignedUrl, CreationDate, ...job } = created;
      assert.ok(PreSignedUrl.startsWith('http://localhost:8400/'));
      assert.ok(CreationDate);
      const RoleArn = 'arn:aws:iam::000000000000:role/logs';
      const counts = { ImportedUsers: 0, SkippedUsers: 0, FailedUsers: 0 };
      assert.deepEqual(job, {
        ...{ JobName: 'people', JobId: created.JobId, UserPoolId: pool.UserPoolId },
        ...{ Status: 'Created', CloudWatchLogsRoleArn: RoleArn, ...counts },
      });
      await harness.call('AdminCreateUser', { UserPoolId: pool.UserPoolId, Username: 'old' });
      const file = await csvOf(harness, pool.UserPoolId, [
        { 'cognito:username': 'ann', email: 'ann@example.com', name: 'Ann, "the first"' },
        { 'cognito:username': 'old', email: 'old@example.com' },
        { 'cognito:username': 'bea', email: 'bea@example.com', email_verified: 'FALSE' },
        { 'cognito:username': 'cleo', email: 'none' },
        { 'cognito:username': '', email: 'dora@example.com' },
        { 'cognito:username': 'eve', email: 'eve@example.com', 'cognito:mfa_enabled': 'TRUE' },
        { 'cognito:username': 'fay', email: 'fay@example.com', 'cognito:mfa_enabled': '' },
        { 'cognito:username': 'ann', email: 'other@example.com' },
        { 'cognito:username': 'gil', email: '', phone_number: '+49301234567' },
        { 'cognito:username': 'x'.repeat(129), email: 'hal@example.com' },
        ...['ida', 'jon', 'kai', 'leo', 'mia', 'noa', 'oda', 'pia', 'ria'].map((username) => ({
          ...{ 'cognito:username': username, email: `${username}@example.com` },
        })),
        { 'cognito:username': 'sue', email: 'sue@example.com', address: '1 Main St\nTown' },
        { 'cognito:username': 'tom', email: 'tom@example.com' },
      ]);
      assert.equal(await upload(created, `${file}one,two\n`), 'stored');
      const started = await start(created);
      assert.equal(started.Status, 'Pending');
      assert.ok(started.StartDate);
      await runJobs(harness);
      const done = await describe(created);
      assert.deepEqual(
        [done.Status, done.CompletionMessage],
        ['Succeeded', 'Import Job Completed Successfully.'],
      );
      assert.ok(done.CompletionDate);
      assert.deepEqual([done.ImportedUsers, done.SkippedUsers, done.FailedUsers], [12, 2, 8]);
      assert.deepEqual(
        (await log(created)).map(({ line, outcome }) => [line, outcome]),
        [
          [3, 'SKIPPED'],
          [4, 'FAILED'],
          [5, 'FAILED'],
          [6, 'FAILED'],
          [7, 'FAILED'],
          [8, 'FAILED'],
          [9, 'SKIPPED'],
          [10, 'FAILED'],
          [11, 'FAILED'],
          // A row of two lines comes before it.
          [24, 'FAILED'],
        ],
      );
      const reasons = (await log(created)).map(({ reason }) => reason);
      assert.deepEqual(reasons.slice(0, 2), [
        'The user already exists.',
        'The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).',
      ]);
      for (const reason of reasons) assert.doesNotMatch(reason, /example\.com|xxx|one/);
      const { UserPoolId } = pool;
      const ann = await harness.call('AdminGetUser', { UserPoolId, Username: 'ann' });
      assert.deepEqual([ann.UserStatus, ann.Enabled], ['RESET_REQUIRED', true]);
      assert.deepEqual(ann.UserAttributes?.slice(1), [
        { Name: 'name', Value: 'Ann, "the first"' },
        { Name: 'email', Value: 'ann@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ]);
      await harness.refuses(
        'InitiateAuth',
        {
          ...{ ClientId: pool.ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
          AuthParameters: { USERNAME: 'ann', PASSWORD: 'Anything-1' },
        },
        'PasswordResetRequiredException',
      );
      const srp = { ...pool, username: 'ann', password: 'Anything-1' };
      await assert.rejects(signInBySrp(harness, srp), { code: 'PasswordResetRequiredException' });
      const { EstimatedNumberOfUsers } =
        (await harness.call('DescribeUserPool', { UserPoolId })).UserPool ?? {};
      assert.equal(EstimatedNumberOfUsers, 13);
      // Nobody hears of it but the administrator.
      assert.deepEqual(await harness.messages(), []);
    });

    test('an import ends as failed if the file is none for the pool, or most rows are not imported', async (t) => {
      const { harness, pool, create, upload, start, describe } = await open(t);
      const header = (await csvOf(harness, pool.UserPoolId, [])).trim();
      const bad = `${header}\n${header.replace(/[^,]+/g, 'x')}\n`;
      for (const [file, message, counts] of [
        ['', /^The header in the CSV file does not match/, [0, 0, 0]],
        ['cognito:username,name\nann,Ann\n', /^The header in/, [0, 0, 0]],
        [`${header},name\n`, /^The header in/, [0, 0, 0]],
        [`${header.replace('email,', 'mail,')}\n`, /^The header in/, [0, 0, 0]],
        [`${header}\n"\n`, /could not be parsed at line number 2\.$/, [0, 0, 0]],
        [bad, /^Too many users have failed or been skipped during the import\.$/, [0, 0, 1]],
      ] as const) {
        const job = await create();
        await upload(job, file);
        await start(job);
        await runJobs(harness);
        const done = await describe(job);
        assert.equal(done.Status, 'Failed', file);
        assert.match(done.CompletionMessage ?? '', message, file);
        const { ImportedUsers, SkippedUsers, FailedUsers } = done;
        assert.deepEqual([ImportedUsers, SkippedUsers, FailedUsers], counts, file);
      }
      const empty = await create();
      await upload(empty, `\uFEFF${header}\r\n\r\n`);
      await start(empty);
      await runJobs(harness);
      assert.equal((await describe(empty)).Status, 'Succeeded');
    });

    test('an import cannot be started without a file, twice, beside another one, or once it has expired', async (t) => {
      const { harness, pool, create, upload, start, describe, ref } = await open(t);
      const file = await csvOf(harness, pool.UserPoolId, []);
      const [one, two] = [await create(), await create()];
      const refused = (job: typeof one, text: string | RegExp) =>
        harness.refuses('StartUserImportJob', ref(job), 'PreconditionNotMetException', text);
      await refused(one, `No csv file was uploaded for ${one.JobId}`);
      for (const job of [one, two]) await upload(job, file);
      await start(one);
      await refused(one, /Pending$/);
      await refused(two, /Another user import job/);
      await runJobs(harness);
      await refused(one, /Succeeded$/);
      harness.advance(START_WITHIN_MS);
      await runJobs(harness);
      const expired = await describe(two);
      assert.deepEqual(
        [expired.Status, expired.CompletionMessage],
        ['Expired', 'The user import job has expired.'],
      );
      await refused(two, /Expired$/);
      const { UserPoolId } = pool;
      for (const name of [
        'DescribeUserImportJob',
        'StartUserImportJob',
        'StopUserImportJob',
      ] as const)
        await harness.refuses(
          name,
          { UserPoolId, JobId: 'import-other' },
          'ResourceNotFoundException',
          'User import job import-other does not exist.',
        );
      const other = await harness.makePool();
      await harness.refuses(
        'DescribeUserImportJob',
        { UserPoolId: other.UserPoolId, JobId: one.JobId },
        'ResourceNotFoundException',
      );
    });

    test('of two starts at once in a pool, one is carried out', async (t) => {
      const { harness, pool, create, upload, ref } = await open(t);
      const jobs = [await create(), await create(), await create()];
      for (const job of jobs) await upload(job, await csvOf(harness, pool.UserPoolId, []));
      const outcomes = await Promise.allSettled(
        jobs.map((job) => harness.call('StartUserImportJob', ref(job))),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    });

    test('users whom nobody could reach are not imported: a pool needs something that it verifies', async (t) => {
      const { harness, pool, create, upload, ref } = await open(t, { AutoVerifiedAttributes: [] });
      const job = await create();
      await upload(job, await csvOf(harness, pool.UserPoolId, []));
      await harness.refuses('StartUserImportJob', ref(job), 'PreconditionNotMetException');
    });

    test('who stops an import finds it stopped, with the users so far and no others', async (t) => {
      const { harness, pool, create, upload, start, describe, ref, many } = await open(t);
      const job = await create();
      await upload(job, await csvOf(harness, pool.UserPoolId, many(250)));
      await harness.refuses(
        'StopUserImportJob',
        ref(job),
        'PreconditionNotMetException',
        /Created/,
      );
      await start(job);
      await runJobs(harness, { slices: 2 });
      assert.equal((await describe(job)).Status, 'InProgress');
      const { UserImportJob } = await harness.call('StopUserImportJob', ref(job));
      assert.deepEqual(
        [UserImportJob?.Status, UserImportJob?.CompletionMessage, UserImportJob?.ImportedUsers],
        ['Stopped', 'The Import Job was stopped by the developer.', 200],
      );
      await harness.refuses(
        'StopUserImportJob',
        ref(job),
        'PreconditionNotMetException',
        /Stopped/,
      );
      await runJobs(harness);
      assert.equal((await describe(job)).ImportedUsers, 200);
      await harness.refuses('StartUserImportJob', ref(job), 'PreconditionNotMetException');
    });

    test('a pool is neither changed nor deleted while users are imported', async (t) => {
      const { harness, pool, create, upload, start, many } = await open(t);
      const { UserPoolId } = pool;
      const job = await create();
      await upload(job, await csvOf(harness, UserPoolId, many(1)));
      await start(job);
      const before = await harness.call('DescribeUserPool', { UserPoolId });
      const custom = [{ Name: 'team', AttributeDataType: 'String' as const }];
      const changes = [
        () => harness.call('UpdateUserPool', { UserPoolId }),
        () => harness.call('DeleteUserPool', { UserPoolId }),
        () => harness.call('AddCustomAttributes', { UserPoolId, CustomAttributes: custom }),
      ];
      for (const change of changes) {
        await assert.rejects(change(), { code: 'UserImportInProgressException' });
      }
      assert.deepEqual(await harness.call('DescribeUserPool', { UserPoolId }), before);
      await runJobs(harness);
      await harness.call('AddCustomAttributes', { UserPoolId, CustomAttributes: custom });
      await harness.call('DeleteUserPool', { UserPoolId });
    });

    test('a pool lists its imports newest first, a page at a time, and says so only to its own token', async (t) => {
      const { harness, pool, create } = await open(t);
      const made: string[] = [];
      for (let count = 0; count < 5; count += 1) {
        made.unshift((await create()).JobId);
        harness.advance(1);
      }
      const { UserPoolId } = pool;
      const seen: string[] = [];
      let PaginationToken: string | undefined;
      do {
        const page = await harness.call('ListUserImportJobs', {
          ...{ UserPoolId, MaxResults: 2 },
          ...(PaginationToken && { PaginationToken }),
        });
        seen.push(...(page.UserImportJobs ?? []).map(({ JobId = '' }) => JobId));
        ({ PaginationToken } = page);
        if (PaginationToken) {
          await harness.refuses(
            'ListUserImportJobs',
            { UserPoolId, MaxResults: 2, PaginationToken: `${PaginationToken}x` },
            'InvalidParameterException',
          );
        }
      } while (PaginationToken);
      assert.deepEqual(seen, made);
    });
  });
}

test('the header names the pool’s attributes, as the service lists them', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const standard = [
    'name,given_name,family_name,middle_name,nickname,preferred_username,profile,picture,website,email',
    'email_verified,gender,birthdate,zoneinfo,locale,phone_number,phone_number_verified,address,updated_at',
  ].flatMap((names) => names.split(','));
  const ours = ['cognito:mfa_enabled', 'cognito:username'];
  assert.deepEqual(await harness.call('GetCSVHeader', { UserPoolId }), {
    ...{ UserPoolId, CSVHeader: [...standard, ...ours] },
  });
  await harness.call('AddCustomAttributes', {
    UserPoolId,
    CustomAttributes: [{ Name: 'team', AttributeDataType: 'String' }],
  });
  const { CSVHeader } = await harness.call('GetCSVHeader', { UserPoolId });
  assert.deepEqual(CSVHeader, [...standard, 'custom:team', ...ours]);
});
