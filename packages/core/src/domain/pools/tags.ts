import { invalid, type SettingsProblem } from './settings-problem.ts';

/** A pool's tags. Key and value lengths are checked by the API model. */
export type Tags = Readonly<Record<string, string>>;

/** Source: AWS's rules for tags, the same for all services; the texts are unsure. */
const MOST_TAGS = 50;

/** Why a pool may not have these tags. */
export function tagsProblem(tags: Tags): SettingsProblem | undefined {
  const keys = Object.keys(tags);
  if (keys.length > MOST_TAGS) return invalid(`A resource has at most ${MOST_TAGS} tags.`);
  return keys.some((key) => /^aws:/i.test(key))
    ? invalid('aws: prefixed tag key names are not allowed for external use.')
    : undefined;
}
