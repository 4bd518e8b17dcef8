/** The operations on imports of users, sent by the AWS SDK for JavaScript. A part of `aws-sdk.test.ts`, which counts what succeeded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  NotAuthorizedException,
  PasswordResetRequiredException,
  PreconditionNotMetException,
  type CognitoIdentityProvider,
} from '@aws-sdk/client-cognito-identity-provider';

/** How long an import of a few users may take. */
const LONGEST_WAIT_MS = 30_000;
/** By libxcrypt, of this password. */
const PASSWORD = 'Right-Horse-7';
const BCRYPT = '$2b$10$N9qo8uLOickgx2ZMRZoMye5CAkUPTfonnfH1CziFvSZ9xz04xbonW';

/** The import once it has ended. */
async function ended(
  aws: CognitoIdentityProvider,
  ref: { readonly UserPoolId: string; readonly JobId: string },
) {
  const untilMs = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const { UserImportJob: job } = await aws.describeUserImportJob(ref);
    if (job?.CompletionDate !== undefined) return job;
    assert(performance.now() < untilMs, job?.Status);
    await delay(50);
  }
}

/** Tests with a pool of their own, whose users are called by a name and have an address that is verified. */
export function importOperations(
  aws: CognitoIdentityProvider,
  makePool: () => Promise<{ readonly UserPoolId: string; readonly ClientId: string }>,
): void {
  test('users are imported from a file, as the guide of the service does it', async () => {
    const { UserPoolId, ClientId } = await makePool();
    const { CSVHeader = [] } = await aws.getCSVHeader({ UserPoolId });
    const make = async () => {
      const { UserImportJob } = await aws.createUserImportJob({
        ...{ UserPoolId, JobName: 'people' },
        CloudWatchLogsRoleArn: 'arn:aws:iam::000000000000:role/logs',
      });
      const { JobId, PreSignedUrl } = UserImportJob ?? {};
      assert(JobId && PreSignedUrl);
      assert.equal(UserImportJob?.Status, 'Created');
      assert(UserImportJob.CreationDate instanceof Date);
      const ref = { UserPoolId, JobId };
      const put = (rows: readonly Readonly<Record<string, string>>[]) => {
        const lines = rows.map((row) => CSVHeader.map((column) => row[column] ?? '').join(','));
        return fetch(PreSignedUrl, {
          method: 'PUT',
          headers: { 'x-amz-server-side-encryption': 'aws:kms' },
          body: [CSVHeader.join(','), ...lines].join('\n'),
        });
      };
      return { ref, put };
    };
    const { ref, put } = await make();
    await assert.rejects(aws.startUserImportJob(ref), PreconditionNotMetException);
    const people = ['ann', 'bea'].map((name) => ({
      ...{ 'cognito:username': name, 'cognito:mfa_enabled': 'FALSE' },
      ...{ email: `${name}@example.com`, email_verified: 'TRUE', name },
    }));
    assert.equal((await put(people)).status, 200);
    assert.equal((await aws.startUserImportJob(ref)).UserImportJob?.Status, 'Pending');
    const job = await ended(aws, ref);
    assert.deepEqual([job.Status, job.ImportedUsers, job.FailedUsers], ['Succeeded', 2, 0]);
    assert.equal(job.CompletionMessage, 'Import Job Completed Successfully.');
    const ann = await aws.adminGetUser({ UserPoolId, Username: 'ann' });
    assert.equal(ann.UserStatus, 'RESET_REQUIRED');
    await assert.rejects(
      aws.initiateAuth({
        ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: { USERNAME: 'ann', PASSWORD: 'Anything-1' },
      }),
      PasswordResetRequiredException,
    );
    const second = await make();
    // So many that the job cannot be done before it is stopped.
    await second.put(Array.from({ length: 20_000 }, () => people[0] ?? {}));
    await aws.startUserImportJob(second.ref);
    const stopped = await aws.stopUserImportJob(second.ref);
    assert.equal(stopped.UserImportJob?.Status, 'Stopped');
    await assert.rejects(aws.stopUserImportJob(second.ref), PreconditionNotMetException);
    const jobs = await aws.listUserImportJobs({ UserPoolId, MaxResults: 10 });
    assert.deepEqual(
      jobs.UserImportJobs?.map(({ JobId }) => JobId),
      [second.ref.JobId, ref.JobId],
    );
  });

  test('whose password came hashed with bcrypt signs in with it, twice', async () => {
    const { UserPoolId, ClientId } = await makePool();
    const { UserImportJob } = await aws.createUserImportJob({
      ...{ UserPoolId, JobName: 'people', PasswordHashingAlgorithm: 'BCRYPT' },
      CloudWatchLogsRoleArn: 'arn:aws:iam::000000000000:role/logs',
    });
    const { JobId = '', PreSignedUrl = '' } = UserImportJob ?? {};
    const { CSVHeader = [] } = await aws.getCSVHeader({ UserPoolId });
    const row: Readonly<Record<string, string>> = {
      ...{ 'cognito:username': 'ann', 'cognito:mfa_enabled': 'FALSE' },
      ...{ email: 'ann@example.com', email_verified: 'TRUE', name: 'ann' },
    };
    const values = CSVHeader.map((column) => row[column] ?? '');
    const body = `${[...CSVHeader, 'password_hash'].join(',')}\n${[...values, BCRYPT].join(',')}\n`;
    assert.equal((await fetch(PreSignedUrl, { method: 'PUT', body })).status, 200);
    const ref = { UserPoolId, JobId };
    await aws.startUserImportJob(ref);
    assert.equal((await ended(aws, ref)).Status, 'Succeeded');
    const signIn = (password: string) =>
      aws.initiateAuth({
        ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: { USERNAME: 'ann', PASSWORD: password },
      });
    await assert.rejects(signIn('Wrong-Horse-7'), NotAuthorizedException);
    // The second time, it is hashed as ours.
    for (let time = 0; time < 2; time += 1) {
      const { AuthenticationResult } = await signIn(PASSWORD);
      assert.ok(AuthenticationResult?.AccessToken);
    }
  });
}
