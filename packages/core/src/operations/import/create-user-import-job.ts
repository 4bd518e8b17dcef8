import { randomText } from '../../crypto/index.ts';
import { toUserImportJobType } from '../../domain/imports/import-shapes.ts';
import {
  importMessages,
  MOST_IMPORTS,
  START_WITHIN_MS,
  type UserImport,
} from '../../domain/imports/user-import.ts';
import { uploadAddress } from '../../imports/upload-address.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { expiryOfImport } from '../../ports/stores/index.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Makes an import, and the address for its file. Source: API model, CreateUserImportJob; settings.md 5.6. */
export const createUserImportJob = operation('CreateUserImportJob', {
  needs: ['pools', 'imports', 'jobs'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const job: UserImport = {
      poolId: pool.id,
      id: `import-${randomText(ctx.random, ALPHABET, 10)}`,
      name: input.JobName,
      roleArn: input.CloudWatchLogsRoleArn,
      ...(input.PasswordHashingAlgorithm && { hashing: input.PasswordHashingAlgorithm }),
      state: 'Created',
      createdAtMs: ctx.nowMs,
      imported: 0,
      skipped: 0,
      failed: 0,
    };
    await ctx.atomically(async (tx) => {
      const outcome = await tx.stores.imports.add(job, MOST_IMPORTS);
      if (outcome === 'too-many') tx.fail('LimitExceededException', importMessages.tooManyJobs);
      if (outcome === 'taken') throw new Error('the random source repeats itself');
      await tx.stores.jobs.add({
        id: expiryOfImport(job),
        kind: 'expire-import',
        poolId: pool.id,
        subject: job.id,
        cursor: '',
        dueAtMs: ctx.nowMs + START_WITHIN_MS,
        createdAtMs: ctx.nowMs,
      });
    });
    return { UserImportJob: toUserImportJobType(job, await uploadAddress(ctx, job)) };
  },
});
