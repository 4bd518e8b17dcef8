import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from './errors/refusal.ts';

const SCHEME = /^bearer(?: +|$)/i;

/** The token of a request, from the Authorization header alone; `undefined` where there is none. Source: RFC 6750 2.1. */
export function bearerToken(req: IncomingMessage): string | undefined {
  const header = req.headers.authorization;
  if (header === undefined) return undefined;
  const scheme = SCHEME.exec(header);
  if (scheme === null) return undefined;
  return header.slice(scheme[0].length) || undefined;
}

/** Seconds after which a caller may try again when keys or the pool could not be reached. */
const RETRY_AFTER_SECONDS = 5;

/** Answers a refusal. Source: RFC 6750 3. Never says more than the refusal's message. */
export function answerRefusal(res: ServerResponse, refusal: Refusal, realm: string): void {
  // While keys were fetched, something else may have answered: a timeout, for one.
  if (res.headersSent) return;
  const { status, error, message, scope } = refusal;
  const challenge = [
    `Bearer realm="${realm}"`,
    ...(error === undefined ? [] : [`error="${error}"`, `error_description="${message}"`]),
    ...(scope === undefined ? [] : [`scope="${scope}"`]),
  ];
  const body = JSON.stringify(error === undefined ? { message } : { error, message });
  res.statusCode = status;
  if (status === 503) res.setHeader('Retry-After', RETRY_AFTER_SECONDS);
  else res.setHeader('WWW-Authenticate', challenge.join(', '));
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(body);
}
