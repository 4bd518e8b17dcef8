/** The key that is used now, and until when, in UTC milliseconds: then a newer one takes its place. */
export interface KeyInUse<Key> {
  readonly current: Key;
  readonly untilMs: number;
}

/**
 * Of an owner's keys, oldest first, the newest that has been known for `announcedMs`; the oldest where none has, as right after
 * it was made. So every node and every verifier has read a key before it is used for the first time.
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
