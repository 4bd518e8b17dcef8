import { readPageToken, writePageToken, type PageContext } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { knownAttribute } from '../../domain/attributes/attribute-schema.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { messages } from '../../domain/texts.ts';
import { parseUserFilter } from '../../users/user-filter.ts';
import { toUserType } from '../../domain/users/user-shapes.ts';
import { operation, type TransactionContext } from '../../operation.ts';

/** Source: behaviour.md 10. */
const DEFAULT_LIMIT = 60;

/** Lists a pool's users, a page at a time, all of them or those that a filter finds. Source: API model, ListUsers. */
export const listUsers = operation('ListUsers', {
  needs: ['pools', 'users'],
  run: async (ctx, { UserPoolId, AttributesToGet = [], Limit, PaginationToken, Filter = '' }) => {
    const pool = await requirePool(ctx, UserPoolId);
    requireKnown(ctx, pool, AttributesToGet);
    const parsed = parseUserFilter(Filter);
    if (parsed.kind === 'problem') return ctx.fail('InvalidParameterException', parsed.message);
    const context: PageContext = ['ListUsers', pool.id, Filter];
    const page = await ctx.stores.users.list(
      pool.id,
      Limit || DEFAULT_LIMIT,
      parsed.kind === 'filter' ? parsed.filter : undefined,
      await readPageToken<readonly string[]>(ctx, pool.id, context, PaginationToken),
    );
    const asked = new Set(AttributesToGet);
    const shows = (name: string) => asked.size === 0 || asked.has(name);
    return {
      Users: page.items.map((user) => toUserType(user, shows)),
      PaginationToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});

/** Attributes that no user can have are an error; those that a user lacks are left out (unsure, behaviour.md 10). */
function requireKnown(
  ctx: TransactionContext<'InvalidParameterException', never>,
  pool: Pool,
  names: readonly string[],
): void {
  if (names.some((name) => knownAttribute(pool, name) === undefined)) {
    ctx.fail('InvalidParameterException', messages.requestedAttributeUnknown);
  }
}
