import { toUserImportJobType } from '../../domain/imports/import-shapes.ts';
import { requireImport } from '../../imports/require-import.ts';
import { uploadAddress } from '../../imports/upload-address.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';

/** Says how an import stands. Source: API model, DescribeUserImportJob. */
export const describeUserImportJob = operation('DescribeUserImportJob', {
  needs: ['pools', 'imports'],
  async run(ctx, { UserPoolId, JobId }) {
    const job = await requireImport(ctx, await requirePool(ctx, UserPoolId), JobId);
    return { UserImportJob: toUserImportJobType(job, await uploadAddress(ctx, job)) };
  },
});
