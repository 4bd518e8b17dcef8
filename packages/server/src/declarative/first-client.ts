import { poolId, regionOf } from '@poolhouse/core';
import type { AppliedDeclaration } from './apply-declaration.ts';

/** The first declared app client, which examples name. */
export function firstClient(
  declared: AppliedDeclaration | undefined,
): { readonly id: string; readonly region: string } | undefined {
  const [pool] = declared?.pools ?? [];
  const [client] = pool?.clients ?? [];
  return pool && client && { id: client.id, region: regionOf(poolId(pool.id)) };
}
