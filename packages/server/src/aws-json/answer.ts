import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const EXPOSED = 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date';

/** Longer messages are only in the body: clients refuse responses with too large headers. */
const LONGEST_MESSAGE_HEADER = 1024;

/** Responds with 200 and JSON, or without a body if `body` is empty. Source: behaviour.md 1.3 and 1.6. */
export function sendAnswer(response: ServerResponse, requestId: string, body: string): void {
  response.writeHead(200, headers(requestId, body));
  response.end(body);
}

/** An error as the service sends it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  /** Empty if the service sends no message. */
  readonly message: string;
}

/** Responds with an error: its name and text in the body and in headers. Source: behaviour.md 1.4. */
export function sendError(response: ServerResponse, requestId: string, error: ErrorAnswer): void {
  const { status, code, message } = error;
  const body = JSON.stringify(message === '' ? { __type: code } : { __type: code, message });
  const all = headers(requestId, body);
  // The service sends this colon too.
  all['x-amzn-ErrorType'] = `${code}:`;
  if (message !== '') all['x-amzn-ErrorMessage'] = headerText(message);
  response.writeHead(status, all);
  response.end(body);
}

/** Answers a CORS preflight request; every header that it asks for is allowed. Source: behaviour.md 1.6. */
export function sendPreflight(
  response: ServerResponse,
  asked: { readonly headers: string | undefined; readonly method: string | undefined },
): void {
  response.writeHead(200, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': echo(asked.headers, HEADER_NAMES) ?? DEFAULT_HEADERS,
    'Access-Control-Allow-Methods': echo(asked.method, METHOD) ?? 'POST',
    'Access-Control-Max-Age': '172800',
    'Content-Length': 0,
  });
  response.end();
}

const HEADER_NAMES = /^[A-Za-z0-9_, -]{1,2048}$/;
const METHOD = /^[A-Z]{1,16}$/;
const DEFAULT_HEADERS =
  'content-type,x-amz-target,x-amz-user-agent,cache-control,pragma,authorization,x-amz-date,' +
  'x-amz-security-token,x-amz-content-sha256,amz-sdk-invocation-id,amz-sdk-request';

function echo(asked: string | undefined, form: RegExp): string | undefined {
  return asked !== undefined && form.test(asked) ? asked : undefined;
}

function headers(requestId: string, body: string): OutgoingHttpHeaders {
  return {
    'Content-Type': CONTENT_TYPE,
    'Content-Length': Buffer.byteLength(body),
    // Tokens and personal data, in errors too (security.md R12).
    'Cache-Control': 'no-store',
    'x-amzn-RequestId': requestId,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': EXPOSED,
    'X-Content-Type-Options': 'nosniff',
  };
}

/** A message in the form that a header can carry: printable ASCII. */
function headerText(message: string): string {
  return message.slice(0, LONGEST_MESSAGE_HEADER).replaceAll(/[^\x20-\x7e]/g, '?');
}
