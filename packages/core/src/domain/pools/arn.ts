import { poolId, type PoolId } from '../ids.ts';
import type { Pool } from './pool.ts';

/** The pool's ARN. Source: behaviour.md 2. */
export function poolArn(pool: Pick<Pool, 'id' | 'region'>, accountId: string): string {
  return `arn:aws:cognito-idp:${pool.region}:${accountId}:userpool/${pool.id}`;
}

/** The pool that an ARN of this server names, or `undefined`: ARNs of other accounts and services are not ours. */
export function poolOfArn(arn: string, accountId: string): PoolId | undefined {
  const [, region = '', account, id = ''] =
    /^arn:aws(?:-[\w-]{1,20})?:cognito-idp:([\w-]{1,40}):(\d{1,20}):userpool\/([\w-]{1,55})$/.exec(
      arn,
    ) ?? [];
  return account === accountId && id.startsWith(`${region}_`) ? poolId(id) : undefined;
}
