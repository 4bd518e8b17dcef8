import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from './route.ts';

/** Sets headers of a response, replacing those that all responses have. */
export function setHeaders(response: Response, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Sends JSON. */
export function sendJson(response: Response, value: unknown, status = 200): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  send(response, JSON.stringify(value));
}

/** Sends a body, whose type and status are already set; if the client already has it, sends 304 instead. */
export function send(response: Response, body: string | Buffer): void {
  const { req: request, statusCode } = response;
  const lengthBytes = Buffer.byteLength(body);
  const digest = createHash('sha1').update(body).digest('base64').slice(0, 27);
  const tag = `W/"${lengthBytes.toString(16)}-${digest}"`;
  response.setHeader('ETag', tag);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && statusCode === 200 && isKnown(request.headers, { tag })) {
    sendNotModified(response);
    return;
  }
  response.setHeader('Content-Length', lengthBytes);
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

/** Tells a client that it already has what it asks for. */
export function sendNotModified(response: Response): void {
  response.statusCode = 304;
  response.removeHeader('Content-Type');
  response.end();
}

/** Whether a client says that it already has exactly this. Source: RFC 9110, section 13.2.2. */
export function isKnown(
  headers: IncomingHttpHeaders,
  { tag, modified = '' }: { readonly tag: string; readonly modified?: string },
): boolean {
  const tags = headers['if-none-match'];
  const since = headers['if-modified-since'];
  // A reload wants everything again.
  if (/(?:^|,)\s*no-cache\s*(?:,|$)/.test(headers['cache-control'] ?? '')) return false;
  if (tags) return tags === '*' || tags.split(',').some((one) => isSame(one.trim(), tag));
  return since ? Date.parse(modified) <= Date.parse(since) : false;
}

/** Whether a client wants only an unchanged file, and it has changed. Source: RFC 9110, section 13.2.2. */
export function isOther(
  headers: IncomingHttpHeaders,
  { tag, modified }: { readonly tag: string; readonly modified: string },
): boolean {
  const tags = headers['if-match'];
  if (tags) return tags !== '*' && !tags.split(',').some((one) => isSame(one.trim(), tag));
  return Date.parse(modified) > Date.parse(headers['if-unmodified-since'] ?? '');
}

/** Weak comparison. Source: RFC 9110, section 8.8.3.2. */
function isSame(one: string, other: string): boolean {
  return one.replace(/^W\//, '') === other.replace(/^W\//, '');
}
