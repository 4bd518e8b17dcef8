import type { OperationContext } from '../operation.ts';
import type { World } from '../world.ts';

/** The last in each line of a node: it is done when everybody in the line is. */
const linesOf = new WeakMap<World, Map<string, Promise<void>>>();

/**
 * Does the work after all other work on this node with the same key. An attempt counts as failed from before its secret is checked until it is
 * found right, so a user who signs in in many places at once would be locked by right passwords alone: in a line, each attempt is given back
 * before the next one is taken. Between nodes the attempts still count against one another, so the limit stays what it is.
 */
export async function oneAtATime<T>(
  { world }: OperationContext<never, never>,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const lines = linesOf.get(world) ?? new Map<string, Promise<void>>();
  linesOf.set(world, lines);
  const { promise: mine, resolve: leave } = Promise.withResolvers<void>();
  const before = lines.get(key);
  const line = Promise.all([before, mine]).then(() => undefined);
  lines.set(key, line);
  await before;
  try {
    return await work();
  } finally {
    leave();
    if (lines.get(key) === line) lines.delete(key);
  }
}
