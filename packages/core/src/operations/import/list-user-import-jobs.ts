import { readPageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Lists a pool's imports of users: none can be made yet. Source: API model, ListUserImportJobs. */
export const listUserImportJobs = operation('ListUserImportJobs', {
  needs: ['pools'],
  async run(ctx, { UserPoolId, PaginationToken }) {
    const pool = await requirePool(ctx, UserPoolId);
    // There is no second page, so no token is ever right.
    await readPageToken(ctx, pool.id, ['ListUserImportJobs', pool.id], PaginationToken);
    return { UserImportJobs: [] };
  },
});
