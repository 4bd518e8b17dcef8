import type { Pool, Stores } from '@poolhouse/core';

const PAGE = 50;
const MOST_REGIONS = 50;

/** All user pools, region by region, oldest first. */
export async function* everyPool({ pools }: Pick<Stores, 'pools'>): AsyncGenerator<Pool> {
  for (const region of await pools.regions(MOST_REGIONS)) {
    let page = await pools.list(region, PAGE);
    for (;;) {
      yield* page.items;
      if (page.after === undefined) break;
      page = await pools.list(region, PAGE, page.after);
    }
  }
}
