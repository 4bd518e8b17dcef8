/** The key in use now, and until when, in UTC milliseconds: then a newer one takes its place. */
export interface KeyInUse<Key> {
  readonly current: Key;
  readonly untilMs: number;
}

/**
 * Of an owner's keys, oldest first: the newest that has been published for `announcedMs`, or the oldest if none has, as right after it was
 * made. So every node and every verifier has read a key before its first use.
 */
export function keyInUse<Key extends { readonly createdAtMs: number }>(
  oldestFirst: readonly Key[],
  announcedMs: number,
  nowMs: number,
): KeyInUse<Key> {
  const [oldest, ...younger] = oldestFirst;
  if (oldest === undefined) throw new Error('there is no key');
  let current = oldest;
  for (const key of younger) {
    const firstUseMs = key.createdAtMs + announcedMs;
    if (nowMs < firstUseMs) return { current, untilMs: firstUseMs };
    current = key;
  }
  return { current, untilMs: Infinity };
}

/**
 * Of an owner's keys, oldest first: all that have been or will be replaced, each with the time from which nobody needs it any more, in UTC
 * milliseconds: `neededMs` after its last use.
 */
export function endsOfKeys<Key extends { readonly createdAtMs: number }>(
  oldestFirst: readonly Key[],
  announcedMs: number,
  neededMs: number,
): readonly { readonly key: Key; readonly endsAtMs: number }[] {
  return oldestFirst.slice(0, -1).map((key, index) => {
    const successorMs = oldestFirst[index + 1]?.createdAtMs ?? Infinity;
    return { key, endsAtMs: successorMs + announcedMs + neededMs };
  });
}
