import { toUserImportJobType } from '../../domain/imports/import-shapes.ts';
import { importMessages, type UserImport } from '../../domain/imports/user-import.ts';
import { requireImport } from '../../imports/require-import.ts';
import { uploadAddress } from '../../imports/upload-address.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { jobOfImport } from '../../ports/stores/index.ts';

/** Starts an import whose file is there, one at a time in a pool. Source: API model, StartUserImportJob; settings.md 5.6. */
export const startUserImportJob = operation('StartUserImportJob', {
  needs: ['pools', 'imports', 'jobs'],
  async run(ctx, { UserPoolId, JobId }) {
    const { id: poolId } = await requirePool(ctx, UserPoolId);
    const started = await ctx.atomically(async (tx) => {
      const { pools, imports, jobs } = tx.stores;
      // Under the record's lock, so that of two starts one is first, and nobody changes the pool meanwhile.
      const pool = await pools.change(poolId, (current) => current);
      if (pool === undefined)
        return tx.fail('ResourceNotFoundException', messages.poolNotFound(poolId));
      const found = await requireImport(tx, pool, JobId);
      const job = await imports.lockForUpdate(found);
      const refusal = startProblem(job ?? found);
      if (refusal !== undefined) tx.fail('PreconditionNotMetException', refusal);
      if (await imports.isRunning(poolId)) {
        tx.fail('PreconditionNotMetException', importMessages.oneAtATime);
      }
      // Source: the service's guide, "the import job will not start"; that hashed passwords change it is [unsure].
      if (found.hashing === undefined && !pool.settings.AutoVerifiedAttributes?.length) {
        tx.fail('PreconditionNotMetException', importMessages.noAutoVerified);
      }
      await jobs.add({
        id: jobOfImport(found),
        kind: 'import-users',
        poolId,
        subject: found.id,
        cursor: '',
        dueAtMs: ctx.nowMs,
        createdAtMs: ctx.nowMs,
      });
      return imports.change(found, (current) => ({
        ...current,
        state: 'Pending',
        startedAtMs: ctx.nowMs,
      }));
    });
    if (started === undefined)
      return ctx.fail('ResourceNotFoundException', importMessages.notFound(JobId));
    return { UserImportJob: toUserImportJobType(started, await uploadAddress(ctx, started)) };
  },
});

function startProblem({ id, state, upload }: UserImport): string | undefined {
  if (state !== 'Created') return importMessages.notStartable(id, state);
  return upload === undefined ? importMessages.noFile(id) : undefined;
}
