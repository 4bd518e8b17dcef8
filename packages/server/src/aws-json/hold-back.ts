import { Failure, OverloadError } from '@poolhouse/core';

/** How long a refusal waits: whoever asks again at once asks at most twice a second on each connection. */
const HELD_MS = 500;
/** Refusals that wait at one time; the next ones are sent at once, so that waiting costs little memory. */
const MOST_HELD = 500;

/** Holds the refusal back where the error is one of overload. */
export type HoldBack = (error: unknown) => Promise<void>;

/**
 * Makes it: a flood whose refusals come at once would keep the thread that answers busy with refusing. What waits is at work no
 * more, so it takes nobody's place. Source: security.md X28.
 */
export function makeHoldBack(): HoldBack {
  let held = 0;
  return async (error) => {
    const isOverload = error instanceof Failure && error.cause instanceof OverloadError;
    if (!isOverload || held >= MOST_HELD) return;
    held += 1;
    await new Promise((resolve) => setTimeout(resolve, HELD_MS));
    held -= 1;
  };
}
