import type { AcrLevelConfigType } from '@poolhouse/model';
import { settingsTexts } from '../settings-texts.ts';
import type { PoolSettings } from './pool.ts';
import { invalid, type SettingsProblem } from './settings-problem.ts';

/** How sure a sign-in makes of a person, from one to four. Source: SDK, CreateUserPoolRequest.AcrConfiguration. */
export const acrLevels = ['Level1', 'Level2', 'Level3', 'Level4'] as const;
/** One of the four. */
export type AcrLevel = (typeof acrLevels)[number];

type Given = PoolSettings['AcrConfiguration'];

const defaults: Readonly<Record<AcrLevel, string>> = {
  Level1: 'urn:cognito:loa:1',
  Level2: 'urn:cognito:loa:2',
  Level3: 'urn:cognito:loa:3',
  Level4: 'urn:cognito:loa:4',
};

/** Printable ASCII without spaces, quotation marks and backslashes. Source: managed-login.md 1.3. */
const NAME = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/;

/** The name of a level in the tokens of a pool. */
export function acrValue({ AcrConfiguration }: PoolSettings, level: AcrLevel): string {
  return AcrConfiguration?.[level]?.AcrValue ?? defaults[level];
}

/** The names that differ from the defaults, or `undefined`: a pool of any tier may be given back what it was described with. */
export function customAcrLevels(given: Given): Given {
  const custom = acrLevels.flatMap((level) => {
    const AcrValue = given?.[level]?.AcrValue;
    return AcrValue === undefined || AcrValue === defaults[level] ? [] : [[level, { AcrValue }]];
  });
  return custom.length === 0 ? undefined : Object.fromEntries(custom);
}

/** All four names, as pools are described. Source: managed-login.md 1.3. */
export function shownAcrLevels(settings: PoolSettings): Record<AcrLevel, AcrLevelConfigType> {
  const all = acrLevels.map((level) => [level, { AcrValue: acrValue(settings, level) }]);
  return Object.fromEntries(all) as Record<AcrLevel, AcrLevelConfigType>;
}

/** Why a pool may not have these names. Source: SDK, AcrConfiguration and AcrLevelConfigType. */
export function acrProblem(given: Given = {}): SettingsProblem | undefined {
  const levels: readonly string[] = acrLevels;
  const unknown = Object.keys(given).find((level) => !levels.includes(level));
  if (unknown !== undefined) return invalid(settingsTexts.acrLevelUnknown);
  if (Object.values(given).some(({ AcrValue }) => !NAME.test(AcrValue))) {
    return invalid(settingsTexts.acrValueInvalid);
  }
  const names = acrLevels.map((level) => given[level]?.AcrValue ?? defaults[level]);
  return new Set(names).size < names.length ? invalid(settingsTexts.acrValueTwice) : undefined;
}
