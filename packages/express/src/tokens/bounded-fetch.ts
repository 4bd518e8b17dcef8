/** The limits of a request. */
export interface FetchBounds {
  readonly timeoutMs: number;
  readonly maximumBytes: number;
}

/** The response, whatever its status. */
export interface FetchedText {
  readonly status: number;
  readonly text: string;
}

/**
 * Fetches a text within limits of time and size. Follows no redirects, because only the first address was configured.
 * Rejects if the network fails or a limit is exceeded.
 */
export async function boundedFetch(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  bounds: FetchBounds,
): Promise<FetchedText> {
  const signal = AbortSignal.timeout(bounds.timeoutMs);
  // A fetch that ignores its signal must not block the caller.
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
