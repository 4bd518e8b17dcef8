/** How long an exhausted budget takes to refill. */
const WINDOW_MS = 5 * 60_000;
/** As many as the server's requests in progress: this many can still be given back. */
const MOST_OPEN = 1_000;

/** What was taken recently; it drains evenly, a whole budget in {@link WINDOW_MS}. */
interface Level {
  taken: number;
  /** What a full level had no room for. It is given back first, so that a correct attempt does not make room for a wrong one. */
  over: number;
  atMs: number;
}

/** How much of a budget each name has taken recently, in this node's memory. */
export interface Levels {
  at(name: string, nowMs: number): { readonly taken: number };
  add(name: string, nowMs: number, count: 1 | -1): void;
}

/** Makes them: `budget` refills evenly in five minutes; beyond `capacity` names, the one unused for the longest time is forgotten. */
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
      // Capped at the budget, so that the alarm ends soon after the attack.
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

/** Counts requests by source; returns whether this one is within `perSource` of them in five minutes. */
export function makeSourceBudget(
  perSource: number,
): (source: string | undefined, nowMs: number) => boolean {
  const levels = makeLevels(perSource, MOST_SOURCES);
  // Requests whose connection is gone share one budget: their answers reach nobody.
  return (source = 'gone', nowMs) => {
    const isWithin = levels.at(source, nowMs).taken + 1 <= perSource;
    if (isWithin) levels.add(source, nowMs, 1);
    return isWithin;
  };
}
