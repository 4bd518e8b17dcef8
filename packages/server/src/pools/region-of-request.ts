import { poolId, regionOf } from '@poolhouse/core';
import { poolNamedBy, type OperationName } from '@poolhouse/model';

/**
 * The region of a request that is not signed for one: the pool's own if it names a pool, otherwise the chosen one. Signed requests are for
 * the region of their signature, whatever they name.
 */
export function regionOfRequest(operation: OperationName, input: object, chosen: string): string {
  const named = poolNamedBy(operation, input);
  return named === undefined ? chosen : regionOf(poolId(named));
}
