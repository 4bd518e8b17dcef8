import { vi } from 'vitest';

/** A request as the browser would send it. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Planned = Response | Error | DOMException;

/** Puts a list of answers in the place of the network, and keeps what was sent. Undone by `vi.unstubAllGlobals()`. */
export function fakeFetch(...answers: readonly Planned[]): readonly Sent[] {
  const sent: Sent[] = [];
  const left = [...answers];
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', headers, body }: RequestInit) => {
    sent.push({
      method,
      url,
      headers: Object.fromEntries(new Headers(headers)),
      body: typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined,
    });
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nothing is planned for ${method} ${url}`);
    if (!(answer instanceof Response)) throw answer;
    return answer;
  });
  return sent;
}

/** An answer of the console's server. */
export function answer(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** A refusal of the console's server. */
export function refusal(status: number, code?: string, message?: string): Response {
  return answer({ code, message }, status);
}

/** Who is signed in, as the server tells it. */
export const OLGA = {
  username: 'olga',
  role: 'operator',
  csrfToken: 'first',
  expiresAtMs: 0,
  operations: { ListUsers: 'viewer', AdminDeleteUser: 'operator', DeleteUserPool: 'owner' },
} as const;
