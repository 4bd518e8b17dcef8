import { poolOfArn } from '../domain/pools/arn.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { SettingsProblem } from '../domain/pools/settings-problem.ts';
import type { Tags } from '../domain/pools/tags.ts';
import { messages } from '../domain/texts.ts';
import type { OperationContext } from '../operation.ts';
import { requireOwnRegion } from './require.ts';

type TagContext = OperationContext<
  'InvalidParameterException' | 'NotAuthorizedException' | 'ResourceNotFoundException',
  'pools'
>;

/**
 * The pool whose ARN a tag operation names. Keys that are limited to some pools are checked here, because these requests have no
 * UserPoolId; pools of another region do not exist.
 */
export function requirePoolOfArn(ctx: TagContext, arn: string): PoolId {
  const id = poolOfArn(arn, ctx.world.accountId);
  if (id === undefined) return ctx.fail('InvalidParameterException', messages.invalidArn);
  const { caller } = ctx;
  if (caller.kind !== 'anyone' && caller.pools?.includes(id) === false) {
    ctx.fail('NotAuthorizedException', messages.poolsRestricted);
  }
  return requireOwnRegion(ctx, id);
}

/** Changes a pool's tags under its record's lock, unless `problemOf` refuses the new ones. */
export async function changeTags(
  ctx: TagContext,
  id: PoolId,
  change: (tags: Tags) => Tags,
  problemOf: (tags: Tags) => SettingsProblem | undefined = () => undefined,
): Promise<void> {
  let problem: SettingsProblem | undefined;
  const changed = await ctx.stores.pools.change(id, (pool): Pool => {
    const UserPoolTags = change(pool.settings.UserPoolTags ?? {});
    problem = problemOf(UserPoolTags);
    return problem === undefined ? { ...pool, settings: { ...pool.settings, UserPoolTags } } : pool;
  });
  if (changed === undefined) ctx.fail('ResourceNotFoundException', messages.poolNotFound(id));
  if (problem !== undefined) ctx.fail(problem.code, problem.message);
}
