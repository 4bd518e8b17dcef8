import { InjectionToken } from '@angular/core';
import { englishTexts } from './english';
import type { PartialPoolhouseTexts, PoolhouseTexts } from './poolhouse-texts';

/** The texts in use: English unless `providePoolhouse(config, { texts })` says otherwise. */
export const POOLHOUSE_TEXTS = new InjectionToken<PoolhouseTexts>('POOLHOUSE_TEXTS', {
  providedIn: 'root',
  factory: () => englishTexts,
});

/** The base with some of its texts replaced. */
export function mergeTexts(
  base: PoolhouseTexts,
  changes: PartialPoolhouseTexts = {},
): PoolhouseTexts {
  const sections = Object.keys(base) as (keyof PoolhouseTexts)[];
  return Object.fromEntries(
    sections.map((section) => [section, { ...base[section], ...changes[section] }]),
  ) as unknown as PoolhouseTexts;
}
