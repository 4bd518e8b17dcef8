import { toUserImportJobType } from '../../domain/imports/import-shapes.ts';
import { uploadAddress } from '../../imports/upload-address.ts';
import { operation } from '../../operation.ts';
import { readPageToken, writePageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import type { ImportPosition } from '../../ports/stores/index.ts';

/** Source: API model, UserImportJobsListType. */
const LONGEST_PAGE = 50;

/** Lists a pool's imports of users, newest first. Source: API model, ListUserImportJobs; settings.md 5.6. */
export const listUserImportJobs = operation('ListUserImportJobs', {
  needs: ['pools', 'imports'],
  async run(ctx, { UserPoolId, MaxResults, PaginationToken }) {
    const pool = await requirePool(ctx, UserPoolId);
    const context = ['ListUserImportJobs', pool.id] as const;
    const after = await readPageToken<ImportPosition>(ctx, pool.id, context, PaginationToken);
    const limit = Math.min(MaxResults, LONGEST_PAGE);
    const page = await ctx.stores.imports.list(pool.id, limit, after);
    return {
      UserImportJobs: await Promise.all(
        page.items.map(async (job) => toUserImportJobType(job, await uploadAddress(ctx, job))),
      ),
      PaginationToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});
