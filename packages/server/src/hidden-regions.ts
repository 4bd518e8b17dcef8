import type { Stores } from '@poolhouse/core';
import { ADMINISTRATORS_REGION } from './administrators-pool.ts';

const MOST_REGIONS = 50;

/** What start-up prints where `POOLHOUSE_REGION` keeps user pools of other regions from administrators; empty where it does not. */
export async function hiddenRegionsText(
  { pools }: Pick<Stores, 'pools'>,
  pinned: string | undefined,
): Promise<string> {
  if (pinned === undefined) return '';
  const hidden = (await pools.regions(MOST_REGIONS)).filter(
    (region) => region !== pinned && region !== ADMINISTRATORS_REGION,
  );
  if (hidden.length === 0) return '';
  return `Warning: POOLHOUSE_REGION is ${pinned}: access keys and the console do not reach the user pools of ${hidden.join(', ')}. Leave it out to have them all.\n`;
}
