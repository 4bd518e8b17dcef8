import { MOST_TAGS, tagKeysProblem } from '@poolhouse/rules';
import { invalid, type SettingsProblem } from './settings-problem.ts';

/** A pool's tags. Key and value lengths are checked by the API model. */
export type Tags = Readonly<Record<string, string>>;

const texts = {
  'too-many': `A resource has at most ${MOST_TAGS} tags.`,
  reserved: 'aws: prefixed tag key names are not allowed for external use.',
} as const;

/** Why a pool may not have these tags. The texts are unsure. */
export function tagsProblem(tags: Tags): SettingsProblem | undefined {
  const problem = tagKeysProblem(Object.keys(tags));
  return problem && invalid(texts[problem]);
}
