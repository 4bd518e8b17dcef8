import { BusyError } from '../../delivery/transport.ts';

/** What is posted to whoever carries text messages. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Whom a failure is about, as the first words of a sentence, and how long an answer may take. */
export interface Carrier {
  readonly name: string;
  readonly limitMs: number;
}

/** How long a carrier may take to answer. Source: Standard Webhooks, "Request timeouts": 15 to 30 s. */
export const ANSWER_LIMIT_MS = 15_000;
/** The most that is read of an answer. */
const LONGEST_ANSWER_BYTES = 16_384;

/**
 * Posts once, and follows no redirect: the address is the operator's own, and an answer must not choose another one (security.md X11, X12).
 * Reading the answer counts towards the time limit.
 */
export async function post(
  { url, headers, body }: Post,
  { name, limitMs }: Carrier,
  signal: AbortSignal,
): Promise<Response> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'User-Agent': 'Poolhouse' },
      body,
      redirect: 'manual',
      signal: limit,
    });
  } catch (cause) {
    if (limit.aborted) throw new Error(`${name} took too long.`, { cause });
    throw new Error(`${name} cannot be reached: ${reasonOf(cause)}.`, { cause });
  }
}

/** `fetch` hides the reason in its error's cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { readonly cause?: Error & { code?: string } };
  return cause?.code ?? cause?.message ?? message;
}

/** The beginning of an answer; what is cut off, late or broken is left out. */
export async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      // Leaving the loop closes the connection.
      if (bytes >= LONGEST_ANSWER_BYTES) break;
    }
  } catch {
    // What has arrived has to do.
  }
  return Buffer.concat(chunks).toString('utf8', 0, LONGEST_ANSWER_BYTES);
}

/** The error for an answer after which a later attempt may succeed; it respects `Retry-After`. Source: RFC 9110, 10.2.3. */
export function tryAgain({ headers }: Response, reason: string, nowMs: number): Error {
  const wish = headers.get('Retry-After');
  if (wish === null) return new Error(reason);
  const pauseMs = /^\d{1,9}$/.test(wish) ? Number(wish) * 1_000 : Date.parse(wish) - nowMs;
  return pauseMs > 0 ? new BusyError(reason, pauseMs) : new Error(reason);
}
