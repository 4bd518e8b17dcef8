import { hash, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, Clock, Log } from '@poolhouse/core';
import { isOperationName, operations } from '@poolhouse/model';
import { isRegionName } from '@poolhouse/rules';
import { formatTimestamp, signatureOf, signingKey, TERMINATOR } from '../http/signature-v4.ts';
import type { ArrivedRequest } from '../http/this-machine.ts';
import { parseAuthorization, type SignatureClaim } from './authorization-header.ts';
import { ProtocolFailure } from './protocol-failure.ts';

/** The parts of a request that a signature covers. */
export interface SignedRequest {
  readonly request: ArrivedRequest;
  readonly body: Buffer;
  /** The network address that it came from, as far as it can be told. */
  readonly source: string | undefined;
}

/** An access key for checking a signature. */
export interface SecretKey {
  readonly secret: string;
  /** Pools that the key may act on; `undefined` means all. */
  readonly pools?: readonly string[];
}

/** Finds access keys. */
export interface KeyFinder {
  /** `undefined` for keys that are unknown, disabled, or not for this request. */
  find(id: string, request: ArrivedRequest): Promise<SecretKey | undefined>;
}

/** Checks the signature of a request and returns who signed it, or throws {@link ProtocolFailure}. */
export type Verify = (request: SignedRequest) => Promise<Caller>;

const SERVICE = 'cognito-idp';
/** How far off the client's clock may be, and so how long a request can be replayed (security.md V03). */
const SKEW_MS = 15 * 60_000;
const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const MUST_BE_SIGNED = ['host', 'x-amz-date', 'x-amz-target'];

/**
 * Makes the check of AWS Signature Version 4: the request is signed again over its own signed headers and date.
 * `region` pins the region of the credential scope. Source: behaviour.md 1.2; security.md V01 to V06; docs/adr/0004.
 */
export function makeVerify(
  keys: KeyFinder,
  options: { readonly clock: Clock; readonly log: Log; readonly region?: string },
): Verify {
  const signingKeys = makeSigningKeyCache();
  const noteReplay = makeReplayNotes(options.log);
  return async ({ request, body, source }) => {
    const { url = '/', headers } = request;
    const { authorization } = headers;
    if (authorization === undefined) throw missing();
    const claim = parseAuthorization(authorization);
    const timestamp = headers['x-amz-date'];
    const signedAtMs = typeof timestamp === 'string' ? parseTimestamp(timestamp) : undefined;
    if (typeof timestamp !== 'string' || signedAtMs === undefined) {
      throw new ProtocolFailure(
        'IncompleteSignatureException',
        "Authorization header requires existence of a valid 'X-Amz-Date' header.",
      );
    }
    checkScope(claim, timestamp, options.region);
    checkSignedHeaders(claim, headers);
    const nowMs = options.clock.nowMs();
    checkAge(timestamp, signedAtMs, nowMs);
    if (headers['x-amz-security-token'] !== undefined) throw unrecognized('session token');
    const key = await keys.find(claim.keyId, request);
    if (key === undefined) throw unrecognized('no such key');
    const bodyHash = hash('sha256', body);
    const { scope, signedHeaders } = claim;
    const expected = signatureOf(
      { scope, timestamp, url, headers, signedHeaders, bodyHash },
      signingKeys(claim, key.secret),
    );
    const declaredHash = headers['x-amz-content-sha256'];
    const bodyAsDeclared = declaredHash === undefined || declaredHash === bodyHash;
    if (!timingSafeEqual(expected, Buffer.from(claim.signature, 'hex')) || !bodyAsDeclared) {
      throw invalid(
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
          'and signing method. Consult the service documentation for details.',
        'signature',
      );
    }
    noteReplay(claim, headers['x-amz-target'], { source, atMs: nowMs });
    return { kind: 'access-key', id: claim.keyId, region: claim.scope.region, pools: key.pools };
  };
}

function checkScope({ scope }: SignatureClaim, timestamp: string, pinned?: string): void {
  if (!isRegionName(scope.region) || (pinned !== undefined && scope.region !== pinned)) {
    throw invalid(
      pinned === undefined
        ? 'Credential should be scoped to a valid region.'
        : `Credential should be scoped to a valid region, such as '${pinned}'.`,
      'region',
    );
  }
  if (scope.service !== SERVICE) {
    throw invalid(`Credential should be scoped to correct service: '${SERVICE}'.`, 'service');
  }
  if (scope.terminator !== TERMINATOR) {
    throw invalid(
      `Credential should be scoped with a valid terminator: '${TERMINATOR}'.`,
      'terminator',
    );
  }
  if (scope.date !== timestamp.slice(0, 8)) {
    throw invalid(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.',
      'scope date',
    );
  }
}

function checkSignedHeaders({ signedHeaders }: SignatureClaim, headers: IncomingHttpHeaders): void {
  for (const name of MUST_BE_SIGNED) {
    if (!signedHeaders.includes(name)) {
      throw invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`, 'unsigned');
    }
  }
  if (!signedHeaders.every((name) => typeof headers[name] === 'string')) {
    throw invalid('A signed header is absent.', 'absent');
  }
}

function checkAge(timestamp: string, signedAtMs: number, nowMs: number): void {
  if (Math.abs(nowMs - signedAtMs) <= SKEW_MS) return;
  const now = formatTimestamp(nowMs);
  if (signedAtMs < nowMs - SKEW_MS) {
    const limit = formatTimestamp(nowMs - SKEW_MS);
    throw invalid(
      `Signature expired: ${timestamp} is now earlier than ${limit} (${now} - 15 min.)`,
      'too old',
    );
  }
  const limit = formatTimestamp(nowMs + SKEW_MS);
  throw invalid(
    `Signature not yet current: ${timestamp} is still later than ${limit} (${now} + 15 min.)`,
    'from the future',
  );
}

/** Derives signing keys, and keeps the latest ones. */
function makeSigningKeyCache(capacity = 256): (claim: SignatureClaim, secret: string) => KeyObject {
  const derived = new Map<string, { readonly secret: string; readonly key: KeyObject }>();
  return ({ keyId, scope }, secret) => {
    const name = `${keyId}/${scope.date}/${scope.region}`;
    const known = derived.get(name);
    if (known?.secret === secret) return known.key;
    const key = signingKey(scope, secret);
    if (derived.size >= capacity) {
      const oldest = derived.keys().next();
      if (!oldest.done) derived.delete(oldest.value);
    }
    derived.set(name, { secret, key });
    return key;
  };
}

/** Clients that retry without signing again do so within some seconds; a replay needs the request to be seen first. */
const LONGEST_RETRY_MS = 30_000;

interface SeenSignature {
  readonly source: string | undefined;
  readonly atMs: number;
}

/**
 * Logs writes that come again with the same signature from elsewhere, or later than any client retries: replays. Signatures have no nonce
 * and their time is in whole seconds, so equal requests within a second are honest.
 */
function makeReplayNotes(
  log: Log,
  capacity = 10_000,
): (claim: SignatureClaim, target: unknown, now: SeenSignature) => void {
  const seen = new Map<string, SeenSignature>();
  return ({ keyId, signature }, target, now) => {
    if (typeof target !== 'string' || isRead(target)) return;
    const first = seen.get(signature);
    if (first !== undefined) {
      const isElsewhere = now.source !== undefined && now.source !== first.source;
      if (isElsewhere || Math.abs(now.atMs - first.atMs) > LONGEST_RETRY_MS) {
        log.warn('signature.replayed', {
          keyId,
          target,
          source: now.source,
          firstSource: first.source,
          firstSeenAtMs: first.atMs,
        });
      }
      return;
    }
    if (seen.size >= capacity) {
      const oldest = seen.keys().next();
      if (!oldest.done) seen.delete(oldest.value);
    }
    seen.set(signature, now);
  };
}

/** Whether X-Amz-Target names an operation that only reads. */
function isRead(target: string): boolean {
  const name = target.slice(target.lastIndexOf('.') + 1);
  return isOperationName(name) && operations[name].access === 'read';
}

/** The last valid timestamp: at many requests a second, the next one is nearly always the same. */
let lastTimestamp: { readonly text: string; readonly ms: number } | undefined;

function parseTimestamp(text: string): number | undefined {
  if (text === lastTimestamp?.text) return lastTimestamp.ms;
  const [, year, month, day, hour, minute, second] = TIMESTAMP.exec(text) ?? [];
  if (year === undefined) return undefined;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(ms)) return undefined;
  lastTimestamp = { text, ms };
  return ms;
}

function missing(): ProtocolFailure {
  return new ProtocolFailure('MissingAuthenticationTokenException', 'Missing Authentication Token');
}

function unrecognized(detail: string): ProtocolFailure {
  return new ProtocolFailure(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    detail,
  );
}

function invalid(message: string, detail: string): ProtocolFailure {
  return new ProtocolFailure('InvalidSignatureException', message, detail);
}
