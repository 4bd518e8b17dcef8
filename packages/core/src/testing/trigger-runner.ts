import type { Trigger } from '../domain/pools/unbuilt-settings.ts';
import type { TriggerAnswer, TriggerEvent, TriggerRunner } from '../ports/triggers.ts';

/** A runner whose functions are given here, and the events that they were called with. */
export function makeTriggerRunner(
  functions: Partial<Record<Trigger, (event: TriggerEvent) => TriggerAnswer>>,
): TriggerRunner & { readonly events: readonly TriggerEvent[] } {
  const events: TriggerEvent[] = [];
  return {
    events,
    run: async (_pool, trigger, _function, event) => {
      events.push(event);
      return functions[trigger]?.(event) ?? { kind: 'returned', output: event };
    },
  };
}
