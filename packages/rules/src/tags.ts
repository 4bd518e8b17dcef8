/** How many tags a resource has at most. Source: AWS's rules for tags, the same for all services. */
export const MOST_TAGS = 50;

/** Why a resource cannot have tags with these keys, or `undefined`. Source: AWS's rules for tags, the same for all services. */
export function tagKeysProblem(keys: readonly string[]): 'too-many' | 'reserved' | undefined {
  if (keys.length > MOST_TAGS) return 'too-many';
  return keys.some((key) => /^aws:/i.test(key)) ? 'reserved' : undefined;
}
