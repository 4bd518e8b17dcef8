/** How much a request may cost us at most. */
export interface FetchBounds {
  readonly timeoutMs: number;
  readonly maximumBytes: number;
}

/** What came back, whatever its status. */
export interface FetchedText {
  readonly status: number;
  readonly text: string;
}

/**
 * Fetches a text within a time and a size, and follows no redirection: the address was configured, not the next one.
 * Rejects when the network fails or a bound is passed.
 */
export async function boundedFetch(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  bounds: FetchBounds,
): Promise<FetchedText> {
  const signal = AbortSignal.timeout(bounds.timeoutMs);
  // A fetch that ignores its signal must not hold up whoever waits for this one.
  const tooLate = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const answer = async (): Promise<FetchedText> => {
    const response = await fetch(url, { ...init, redirect: 'error', signal });
    return { status: response.status, text: await boundedText(response, bounds.maximumBytes) };
  };
  return Promise.race([answer(), tooLate]);
}

async function boundedText(response: Response, maximumBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the rest of the body.
    if (length > maximumBytes) throw new Error(`the answer is longer than ${maximumBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
