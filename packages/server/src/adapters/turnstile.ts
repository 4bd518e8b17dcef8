/** Lets work through, a bounded number at a time and in order; refuses it where the queue is full. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes a turnstile for `atOnce` pieces of work and a queue of `longestQueue`; beyond that, `refusal` is thrown. */
export function makeTurnstile(
  atOnce: number,
  longestQueue: number,
  refusal: () => Error,
): Turnstile {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working < atOnce) working += 1;
    else if (waiting.length >= longestQueue) throw refusal();
    // Who is called next takes over the place of the one who leaves: nobody can slip in between.
    else await new Promise<void>((called) => waiting.push(called));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) working -= 1;
      else next();
    }
  };
}
