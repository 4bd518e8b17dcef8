import { ALGORITHM } from '../http/signature-v4.ts';
import { ProtocolFailure } from './protocol-failure.ts';

/** What a request claims about its own signature. */
export interface SignatureClaim {
  readonly keyId: string;
  readonly scope: {
    /** `YYYYMMDD` */
    readonly date: string;
    readonly region: string;
    readonly service: string;
    readonly terminator: string;
  };
  /** The signed headers' names in lower case, in the client's order. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

const LONGEST = 4096;
const HEADER_NAME = /^[a-z0-9-]{1,128}$/;
const SIGNATURE = /^[0-9a-f]{64}$/;

/** What preceded the signature in earlier headers: for one client it stays the same for a day. */
const knownParts = new Map<string, Omit<SignatureClaim, 'signature'>>();
const MOST_KNOWN_PARTS = 1_000;
const LONGEST_KNOWN_PART = 512;
const SIGNATURE_LENGTH = 64;
const BEFORE_SIGNATURE = /,\s*Signature=$/;

/**
 * Parses an Authorization header of AWS Signature Version 4, or throws IncompleteSignatureException. A response never repeats its value.
 * Source: AWS General Reference, "Create a signed AWS API request"; texts as the service's front end words them.
 */
export function parseAuthorization(header: string): SignatureClaim {
  const part = header.slice(0, -SIGNATURE_LENGTH);
  const signature = header.slice(-SIGNATURE_LENGTH);
  const known = knownParts.get(part);
  if (known !== undefined && SIGNATURE.test(signature)) return { ...known, signature };
  const claim = parseWhole(header);
  if (part.length <= LONGEST_KNOWN_PART && BEFORE_SIGNATURE.test(part)) {
    // Anybody can send a thousand of them; then the cache starts over.
    if (knownParts.size >= MOST_KNOWN_PARTS) knownParts.clear();
    const { keyId, scope, signedHeaders } = claim;
    knownParts.set(part, { keyId, scope, signedHeaders });
  }
  return claim;
}

function parseWhole(header: string): SignatureClaim {
  if (header.length > LONGEST || !header.startsWith(`${ALGORITHM} `)) {
    throw incomplete(`Authorization header requires the algorithm '${ALGORITHM}'.`);
  }
  const parameters = new Map<string, string>();
  for (const part of header.slice(ALGORITHM.length).split(',')) {
    const equals = part.indexOf('=');
    if (equals < 0) throw incomplete('Authorization header holds no valid key=value pairs.');
    parameters.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const [credential, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map(
    (name) => parameters.get(name) ?? '',
  ) as [string, string, string];
  const missing = [
    credential === '' && "Authorization header requires 'Credential' parameter.",
    signature === '' && "Authorization header requires 'Signature' parameter.",
    signedHeaders === '' && "Authorization header requires 'SignedHeaders' parameter.",
  ].filter((text) => text !== false);
  if (missing.length > 0) throw incomplete(missing.join(' '));
  const elements = credential.split('/');
  const [keyId, date, region, service, terminator] = elements;
  if (
    keyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined ||
    elements.length !== 5
  ) {
    throw incomplete(
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    );
  }
  const names = signedHeaders.split(';');
  if (!names.every((name) => HEADER_NAME.test(name)) || new Set(names).size !== names.length) {
    throw incomplete("Authorization header holds malformed 'SignedHeaders'.");
  }
  if (!SIGNATURE.test(signature)) {
    throw incomplete("Authorization header holds a malformed 'Signature'.");
  }
  return {
    keyId,
    scope: { date, region, service, terminator },
    signedHeaders: names,
    signature,
  };
}

function incomplete(message: string): ProtocolFailure {
  return new ProtocolFailure('IncompleteSignatureException', message);
}
