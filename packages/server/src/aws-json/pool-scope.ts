import { Failure, messages, type Caller } from '@poolhouse/core';
import { operations, poolNamedBy, type OperationName } from '@poolhouse/model';
import { ADMINISTRATORS_POOL, isConsolesOwn } from '../pools/administrators-pool.ts';

/**
 * Refuses what an access key limited to some pools may not do: requests for other pools, whether these exist or not, and requests that name
 * no pool. Source: behaviour.md 1.2; security.md V07.
 */
export function requireAllowedPool(
  caller: Caller,
  operation: OperationName,
  input: object,
  accountId: string,
): void {
  if (caller.kind === 'anyone') return;
  const named = poolNamedBy(operation, input);
  if (isConsolesOwn({ pool: named, region: caller.region })) {
    const message = messages.poolNotFound(named ?? ADMINISTRATORS_POOL);
    throw new Failure('ResourceNotFoundException', message, 'the pool is the console’s own');
  }
  if (caller.pools === undefined) return;
  const allowed =
    named !== undefined ? caller.pools.includes(named) : operations[operation].leavesOutOtherPools;
  if (allowed) return;
  const resource = `arn:aws:cognito-idp:${caller.region}:${accountId}:userpool/${named ?? '*'}`;
  throw new Failure(
    'AccessDeniedException',
    `User: arn:aws:iam::${accountId}:user/${caller.id} is not authorized to perform: cognito-idp:${operation} ` +
      `on resource: ${resource} because no identity-based policy allows the cognito-idp:${operation} action`,
    'key is limited to other pools',
  );
}
