import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The algorithm's name in `Authorization`. */
export const ALGORITHM = 'AWS4-HMAC-SHA256';
/** The last part of every credential scope. */
export const TERMINATOR = 'aws4_request';

/** What a signing key is good for. */
export interface SigningScope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** A POST request, as far as its signature covers it. */
export interface RequestToSign {
  readonly scope: SigningScope;
  /** The value of `X-Amz-Date`. */
  readonly timestamp: string;
  /** The path, and the query if there is one. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Names in lower case, in the order in which they are listed in `Authorization`. */
  readonly signedHeaders: readonly string[];
  /** SHA-256 of the body, in hexadecimal digits. */
  readonly bodyHash: string;
}

/**
 * The signature of a request with one path and no query worth sorting, for checking requests of ours and for making requests of others
 * (docs/adr/0004, docs/adr/0030). Source: AWS General Reference, "Create a signed AWS API request".
 */
export function signatureOf(request: RequestToSign, key: KeyObject): Buffer {
  const { scope, timestamp } = request;
  const digest = hash('sha256', canonicalRequest(request));
  return createHmac('sha256', key)
    .update(
      `${ALGORITHM}\n${timestamp}\n${scope.date}/${scope.region}/${scope.service}/${TERMINATOR}\n${digest}`,
    )
    .digest();
}

function canonicalRequest({ url, headers, signedHeaders, bodyHash }: RequestToSign): string {
  // No client of our protocol sends a query: it is kept as it came, so that adding one breaks the signature.
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  let text = `POST\n${path}\n${question < 0 ? '' : url.slice(question + 1)}\n`;
  for (const name of signedHeaders) {
    text += `${name}:${String(headers[name]).trim().replaceAll(/ {2,}/g, ' ')}\n`;
  }
  return `${text}\n${signedHeaders.join(';')}\n${bodyHash}`;
}

/** Derives a signing key, which is good for a whole day. A key object, because bytes would be converted at every use, which takes longer than the MAC itself. */
export function signingKey({ date, region, service }: SigningScope, secret: string): KeyObject {
  let bytes: string | Buffer = `AWS4${secret}`;
  for (const step of [date, region, service, TERMINATOR]) {
    bytes = createHmac('sha256', bytes).update(step).digest();
  }
  return createSecretKey(bytes as Buffer);
}

/** A time as `X-Amz-Date` has it. */
export function formatTimestamp(ms: number): string {
  return `${new Date(ms).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;
}
