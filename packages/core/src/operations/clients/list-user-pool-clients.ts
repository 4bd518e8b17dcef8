import { readPageToken, writePageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { toUserPoolClientDescription } from '../../domain/clients/client-shapes.ts';
import { operation } from '../../operation.ts';

/** The model sets no default; the service's lists show 60 at most (behaviour.md 10). */
const MOST = 60;

/** Lists a pool's app clients by name. Source: API model, ListUserPoolClients; behaviour.md 4.1, 10. */
export const listUserPoolClients = operation('ListUserPoolClients', {
  needs: ['pools', 'clients'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const context = ['ListUserPoolClients', pool.id, input.ClientType ?? ''] as const;
    const after = await readPageToken<readonly [string, string]>(
      ctx,
      pool.id,
      context,
      input.NextToken,
    );
    const page = await ctx.stores.clients.list(pool.id, input.MaxResults ?? MOST, after);
    const shown = page.items.filter(
      ({ settings }) => (input.ClientType ?? settings.ClientType) === settings.ClientType,
    );
    return {
      UserPoolClients: shown.map(toUserPoolClientDescription),
      NextToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});
