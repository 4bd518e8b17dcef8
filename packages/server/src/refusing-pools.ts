import { unbuiltSettings, type Pool, type Storage, type UnbuiltSetting } from '@poolhouse/core';

const PAGE = 50;
/** Start-up tells of so many pools at most; the console's overview tells of each. */
const MOST = 10;
const MOST_REGIONS = 50;

/** A pool with settings that refuse until what they ask for is built. */
export interface RefusingPool {
  readonly pool: Pick<Pool, 'id' | 'name'>;
  readonly refusing: readonly UnbuiltSetting[];
}

/** Pools with settings that refuse, the oldest first; at most ten. */
export async function refusingPools({ stores }: Storage): Promise<readonly RefusingPool[]> {
  const found: RefusingPool[] = [];
  for (const region of await stores.pools.regions(MOST_REGIONS)) {
    let page = await stores.pools.list(region, PAGE);
    for (;;) {
      for (const pool of page.items) {
        const refusing = unbuiltSettings(pool);
        if (refusing.length > 0) found.push({ pool, refusing });
        if (found.length >= MOST) return found;
      }
      if (page.after === undefined) break;
      page = await stores.pools.list(region, PAGE, page.after);
    }
  }
  return found;
}

/** What start-up prints of them, a line each; empty where there are none. */
export function refusingText(pools: readonly RefusingPool[]): string {
  return pools
    .map(({ pool, refusing }) => {
      const settings = refusing.map(({ setting, effect }) => `${setting}: ${effect}`).join(' ');
      return `Warning: the user pool ${pool.name} (${pool.id}) asks for what is not built yet, and refuses. ${settings}\n`;
    })
    .join('');
}
