/** How long a whole budget takes to come back. */
const WINDOW_MS = 5 * 60_000;
/** As many requests as the server works on at one time: so many can still be given back. */
const MOST_OPEN = 1_000;

/** What was taken lately; it drains evenly, the whole of a budget in {@link WINDOW_MS}. */
interface Level {
  taken: number;
  /** What a full level had no room for. It is given back first: nobody's right guess makes room for a wrong one. */
  over: number;
  atMs: number;
}

/** How much of a budget each name has taken lately, in this node's memory. */
export interface Levels {
  at(name: string, nowMs: number): { readonly taken: number };
  add(name: string, nowMs: number, count: 1 | -1): void;
}

/** Makes them: `budget` comes back evenly in five minutes; of more names than `capacity` the one that is longest unused is forgotten. */
export function makeLevels(budget: number, capacity: number): Levels {
  const levels = new Map<string, Level>();
  const at = (name: string, nowMs: number): Omit<Level, 'atMs'> => {
    const level = levels.get(name);
    if (level === undefined) return { taken: 0, over: 0 };
    const drained = (Math.max(0, nowMs - level.atMs) / WINDOW_MS) * budget;
    return {
      taken: Math.max(0, level.taken - drained),
      over: Math.max(0, level.over - drained),
    };
  };
  return {
    at,
    add(name: string, nowMs: number, count: 1 | -1): void {
      const before = at(name, nowMs);
      const givenBack = count === -1 ? Math.min(1, before.over) : 0;
      const wanted = before.taken + count + givenBack;
      // No higher than the budget: what ends an attack ends the alarm soon.
      const taken = Math.min(budget, Math.max(0, wanted));
      const over = before.over - givenBack + Math.max(0, wanted - budget);
      levels.delete(name);
      if (taken === 0) return;
      if (levels.size >= capacity) {
        const oldest = levels.keys().next();
        if (!oldest.done) levels.delete(oldest.value);
      }
      levels.set(name, { taken, over: Math.min(MOST_OPEN, over), atMs: nowMs });
    },
  };
}

const MOST_SOURCES = 20_000;

/** Counts requests by where they come from: answers whether this one is within `perSource` of them in five minutes. */
export function makeSourceBudget(
  perSource: number,
): (source: string | undefined, nowMs: number) => boolean {
  const levels = makeLevels(perSource, MOST_SOURCES);
  // Whose connection is gone counts as one: the answer reaches nobody.
  return (source = 'gone', nowMs) => {
    const isWithin = levels.at(source, nowMs).taken + 1 <= perSource;
    if (isWithin) levels.add(source, nowMs, 1);
    return isWithin;
  };
}
