import assert from 'node:assert/strict';
import type { InputOf, UserImportJobType } from '@poolhouse/model';
import { poolId } from '../domain/ids.ts';
import { receiveFile, type Received } from '../imports/receive-file.ts';
import { JOB_LEASE_MS, runSlice } from '../jobs/run-slice.ts';
import type { ImportLogEntry } from '../ports/stores/index.ts';
import type { Harness } from './harness.ts';
import type { MadePool } from './signed-in.ts';

/** A row of a file by column; the other columns are as {@link csvOf} fills them. */
export type GivenRow = Readonly<Record<string, string>>;

/** An import as its answers show it. */
type Shown = UserImportJobType & { readonly JobId: string; readonly PreSignedUrl: string };

/** A file for the pool; a row verifies its email address and has no second factor unless it says otherwise. */
export async function csvOf(
  harness: Pick<Harness, 'call'>,
  UserPoolId: string,
  rows: readonly GivenRow[],
  more: readonly string[] = [],
): Promise<string> {
  const { CSVHeader = [] } = await harness.call('GetCSVHeader', { UserPoolId });
  const columns = [...CSVHeader, ...more];
  const filled: GivenRow = { email_verified: 'TRUE', 'cognito:mfa_enabled': 'FALSE' };
  const lines = rows.map((row) =>
    columns
      .map((column) => row[column] ?? filled[column] ?? '')
      .map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
      .join(','),
  );
  return [columns.join(','), ...lines].map((line) => `${line}\n`).join('');
}

/** A pool with imports, and short ways to them. */
export async function importing(
  harness: Harness,
  settings: Partial<InputOf<'CreateUserPool'>> = {},
  client: Partial<InputOf<'CreateUserPoolClient'>> = {},
) {
  const pool: MadePool = await harness.makePool(
    { AutoVerifiedAttributes: ['email'], ...settings },
    client,
  );
  const { UserPoolId } = pool;
  const ref = ({ JobId }: { readonly JobId: string }) => ({ UserPoolId, JobId });
  const shown = (job: UserImportJobType | undefined): Shown => {
    const { JobId, PreSignedUrl } = job ?? {};
    assert(JobId && PreSignedUrl);
    return { ...job, JobId, PreSignedUrl };
  };
  const uploadChunks = (
    { PreSignedUrl }: Shown,
    chunks: AsyncIterable<Buffer>,
  ): Promise<Received> => {
    const url = new URL(PreSignedUrl);
    const [, pool = '', , id = ''] = url.pathname.split('/');
    const claim = {
      ...{ poolId: poolId(pool), id },
      expiresAtMs: Number(url.searchParams.get('expires')),
      signature: url.searchParams.get('signature') ?? '',
    };
    return receiveFile(harness, claim, chunks);
  };
  return {
    harness,
    pool,
    ref,
    uploadChunks,
    create: async (more: Partial<InputOf<'CreateUserImportJob'>> = {}) =>
      shown(
        (
          await harness.call('CreateUserImportJob', {
            ...{ UserPoolId, JobName: 'people' },
            CloudWatchLogsRoleArn: 'arn:aws:iam::000000000000:role/logs',
            ...more,
          })
        ).UserImportJob,
      ),
    upload: (job: Shown, file: string) =>
      uploadChunks(
        job,
        (async function* () {
          yield Buffer.from(file);
        })(),
      ),
    start: async (job: Shown) =>
      shown((await harness.call('StartUserImportJob', ref(job))).UserImportJob),
    describe: async (job: Shown) =>
      shown((await harness.call('DescribeUserImportJob', ref(job))).UserImportJob),
    log: async ({ JobId }: Shown): Promise<readonly ImportLogEntry[]> =>
      (await harness.storage.stores.imports.log({ poolId: poolId(UserPoolId), id: JobId }, 1_000))
        .items,
    /** Rows of so many users. */
    many: (count: number, from = 0): readonly GivenRow[] =>
      Array.from({ length: count }, (_, index) => ({
        'cognito:username': `user${from + index}`,
        email: `user${from + index}@example.com`,
      })),
  };
}

/** Does what is due now, at most so many slices. */
export async function runJobs(
  { storage, world }: Harness,
  { slices = 1_000, rows = 100 }: { readonly slices?: number; readonly rows?: number } = {},
): Promise<void> {
  const nowMs = world.clock.nowMs();
  for (let left = slices; left > 0;) {
    const lease = `test ${left}`;
    let job = await storage.stores.jobs.claim({ nowMs, leaseMs: JOB_LEASE_MS, lease });
    if (job === undefined) return;
    for (let held = job; left > 0; left -= 1) {
      const outcome = await runSlice({ storage, world }, held, nowMs, rows);
      if (outcome.kind !== 'more') break;
      held = outcome.job;
      job = held;
    }
    if (left === 0) await storage.stores.jobs.release(job, nowMs);
  }
}
