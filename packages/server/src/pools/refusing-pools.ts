import { unbuiltSettings, type Pool, type Storage, type UnbuiltSetting } from '@poolhouse/core';
import { everyPool } from './every-pool.ts';

/** The most pools that start-up lists; the console's overview shows them all. */
const MOST = 10;

/** A pool with settings that make it refuse requests until the feature that they require is built. */
export interface RefusingPool {
  readonly pool: Pick<Pool, 'id' | 'name'>;
  readonly refusing: readonly UnbuiltSetting[];
}

/** Pools with such settings, oldest first; at most ten. */
export async function refusingPools({ stores }: Storage): Promise<readonly RefusingPool[]> {
  const found: RefusingPool[] = [];
  for await (const pool of everyPool(stores)) {
    const refusing = unbuiltSettings(pool);
    if (refusing.length > 0) found.push({ pool, refusing });
    if (found.length >= MOST) break;
  }
  return found;
}

/** What start-up prints about them, one line each; empty if there are none. */
export function refusingText(pools: readonly RefusingPool[]): string {
  return pools
    .map(({ pool, refusing }) => {
      const settings = refusing.map(({ setting, effect }) => `${setting}: ${effect}`).join(' ');
      return `Warning: the user pool ${pool.name} (${pool.id}) requires features that are not built yet, and refuses requests. ${settings}\n`;
    })
    .join('');
}
