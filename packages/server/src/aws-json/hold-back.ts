import { Failure, OverloadError } from '@poolhouse/core';

/** How long a refusal waits: a client that retries at once then asks at most twice a second on each connection. */
const HELD_MS = 500;
/** Refusals that wait at the same time; further ones are sent at once, so that waiting costs little memory. */
const MOST_HELD = 500;

/** Delays the refusal if the error is one of overload. */
export type HoldBack = (error: unknown) => Promise<void>;

/**
 * Makes it: a flood whose refusals were sent at once would keep the answering thread busy with refusing. A waiting refusal no longer counts
 * as a request in progress, so it takes nobody's place. Source: security.md X28.
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
