import { toUserImportJobType } from '../../domain/imports/import-shapes.ts';
import { ended, importMessages, isRunning } from '../../domain/imports/user-import.ts';
import { requireImport } from '../../imports/require-import.ts';
import { uploadAddress } from '../../imports/upload-address.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';

/**
 * Stops a running import: once this is answered, no further user is imported. Those who are stay. Source: API model, StopUserImportJob;
 * settings.md 5.6.
 */
export const stopUserImportJob = operation('StopUserImportJob', {
  needs: ['pools', 'imports'],
  async run(ctx, { UserPoolId, JobId }) {
    const found = await requireImport(ctx, await requirePool(ctx, UserPoolId), JobId);
    // Waits for the slice that is being imported, and finds its counts.
    let wasRunning = false;
    const job = await ctx.stores.imports.change(found, (current) => {
      wasRunning = isRunning(current);
      return wasRunning ? ended(current, 'Stopped', importMessages.stopped, ctx.nowMs) : current;
    });
    if (job === undefined)
      return ctx.fail('ResourceNotFoundException', importMessages.notFound(JobId));
    if (!wasRunning) {
      return ctx.fail('PreconditionNotMetException', importMessages.notStoppable(JobId, job.state));
    }
    return { UserImportJob: toUserImportJobType(job, await uploadAddress(ctx, job)) };
  },
});
