import { csvHeader } from '../../domain/imports/csv-header.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';

/** Says which columns a file of users for the pool has. Source: API model, GetCSVHeader; settings.md 5.6. */
export const getCsvHeader = operation('GetCSVHeader', {
  needs: ['pools'],
  async run(ctx, { UserPoolId }) {
    const pool = await requirePool(ctx, UserPoolId);
    return { UserPoolId: pool.id, CSVHeader: csvHeader(pool) };
  },
});
