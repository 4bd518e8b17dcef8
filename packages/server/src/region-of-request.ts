import { poolId, regionOf } from '@poolhouse/core';
import { poolNamedBy } from './administrators-pool.ts';

/**
 * The region of a request that nobody signed for one: the pool's own where it names a pool, else the chosen one. Signed requests
 * are for the region of their signature, whatever they name.
 */
export function regionOfRequest(input: object, chosen: string): string {
  const named = poolNamedBy(input);
  return named === undefined ? chosen : regionOf(poolId(named));
}
