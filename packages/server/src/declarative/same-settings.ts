/**
 * Whether `present` already has everything that `wanted` asks for. Lists of plain values are compared as sets, and an empty list is the
 * same as none, as in the API. What `wanted` leaves out may be anything.
 */
export function holds(wanted: unknown, present: unknown): boolean {
  if (Array.isArray(wanted)) {
    const have: readonly unknown[] = Array.isArray(present) ? present : [];
    const each = wanted as readonly unknown[];
    return (
      new Set(each).size === have.length &&
      each.every((item) => have.some((other) => holds(item, other)))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const have = (present ?? {}) as Readonly<Record<string, unknown>>;
    return Object.entries(wanted).every(([name, value]) => holds(value, have[name]));
  }
  return wanted === present;
}

/** The path of the first given member that decoding has dropped, because the API knows no such name. */
export function droppedMember(
  given: unknown,
  decoded: unknown,
): readonly PropertyKey[] | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    const inner = (decoded as Readonly<Record<string, unknown>> | undefined)?.[key];
    const step = Array.isArray(given) ? Number(key) : key;
    if (inner === undefined) return [step];
    const dropped = droppedMember(value, inner);
    if (dropped !== undefined) return [step, ...dropped];
  }
  return undefined;
}

/** The settings that are set, except those named. */
export function without(
  settings: object,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => value !== undefined && !names.includes(name),
    ),
  );
}
