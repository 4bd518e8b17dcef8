import type { Pool, Stores } from '@poolhouse/core';
import { ADMINISTRATORS_REGION } from './administrators-pool.ts';

const MOST_REGIONS = 50;
/** How many pools are named at most. */
const MOST = 10;

/** What start-up prints if `POOLHOUSE_REGION` hides user pools of other regions from administrators; otherwise empty. */
export async function hiddenPoolsText(
  { pools }: Pick<Stores, 'pools'>,
  pinned: string | undefined,
): Promise<string> {
  if (pinned === undefined) return '';
  const hidden: Pool[] = [];
  for (const region of await pools.regions(MOST_REGIONS)) {
    if (region === pinned || region === ADMINISTRATORS_REGION) continue;
    hidden.push(...(await pools.list(region, MOST + 1)).items);
    if (hidden.length > MOST) break;
  }
  if (hidden.length === 0) return '';
  const names = hidden.slice(0, MOST).map(({ id, name }) => `${name} (${id})`);
  if (hidden.length > MOST) names.push('and more');
  return `Warning: POOLHOUSE_REGION is ${pinned}: access keys and the console do not reach the user pools ${names.join(', ')}. Unset it to reach all pools.\n`;
}
