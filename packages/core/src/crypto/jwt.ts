import { sign, verify, type KeyObject } from 'node:crypto';
import { decodeCanonical } from './primitives/base64-text.ts';

/** A private RSA key and the name under which its public key is published. */
export interface JwtSigner {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** The members of a JWT's payload, not yet checked; has no prototype. */
export type JwtClaims = Record<string, unknown>;

/** The result of `verifyJwt`. */
export type VerifiedJwt =
  { readonly ok: true; readonly claims: JwtClaims } | { readonly ok: false };

/**
 * Tokens longer than this are not examined. The longest access token that we issue has some 72,000 characters: 100 groups of 128 characters
 * of 4 bytes each, and a user name of the same length, in base64url.
 */
const MAXIMUM_LENGTH = 80 * 1024;
/** The same for its header: ours have about 90. */
const MAXIMUM_HEADER_LENGTH = 512;

/** Headers that bring their own key, change what is signed, or must be understood. Source: security.md J04. */
const REFUSED_HEADERS = ['jku', 'x5u', 'jwk', 'x5c', 'crit', 'b64', 'zip', 'enc'];

const REFUSED: VerifiedJwt = { ok: false };

/** Where to sign: on this thread, which is fastest for a single request, or on those of the pool, in parallel with other work. */
export type SigningPlace = 'here' | 'threads';

/** Signs claims with RS256; the header is exactly `{kid, alg}`. Source: behaviour.md 7.1. */
export async function signJwt(
  signer: JwtSigner,
  claims: object,
  place: SigningPlace = 'here',
): Promise<string> {
  const input = signingInput(signer, claims);
  const bytes = Buffer.from(input);
  const signature =
    place === 'here'
      ? sign('sha256', bytes, signer.privateKey)
      : await signOnThreads(signer, bytes);
  return `${input}.${signature.toString('base64url')}`;
}

function signOnThreads({ privateKey }: JwtSigner, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', bytes, privateKey, (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}

/**
 * Checks form, algorithm and signature of a token; never rejects for an invalid one. `keyOf` sees the claims before they are verified, so
 * that it can tell whose keys to use, and must not use them for anything else. Time, issuer, audience and use are up to the caller, which
 * has the clock and knows the pool.
 */
export async function verifyJwt(
  token: string,
  keyOf: (
    kid: string,
    unproved: JwtClaims,
  ) => KeyObject | undefined | Promise<KeyObject | undefined>,
): Promise<VerifiedJwt> {
  if (token.length > MAXIMUM_LENGTH) return REFUSED;
  const parts = token.split('.', 4);
  const [headerText, claimsText, signatureText] = parts;
  if (parts.length !== 3 || !headerText || !claimsText || !signatureText) return REFUSED;
  if (headerText.length > MAXIMUM_HEADER_LENGTH) return REFUSED;
  const kid = kidOf(headerText);
  const claims = kid === undefined ? undefined : decodeObject(claimsText);
  if (kid === undefined || claims === undefined) return REFUSED;
  const key = await keyOf(kid, claims);
  if (key?.type !== 'public' || key.asymmetricKeyType !== 'rsa') return REFUSED;
  const signature = decodeCanonical(signatureText, 'base64url');
  if (signature === undefined) return REFUSED;
  const input = Buffer.from(token.slice(0, headerText.length + 1 + claimsText.length));
  return verify('sha256', input, key, signature) ? { ok: true, claims } : REFUSED;
}

/** Headers that were parsed before: all tokens of a key begin with the same one. */
const knownHeaders = new Map<string, string>();
const MOST_KNOWN_HEADERS = 1_000;

/** The key's name in a header that we accept. */
function kidOf(headerText: string): string | undefined {
  const known = knownHeaders.get(headerText);
  if (known !== undefined) return known;
  const header = decodeObject(headerText);
  if (header === undefined || header['alg'] !== 'RS256') return undefined;
  if (REFUSED_HEADERS.some((name) => name in header)) return undefined;
  const kid = header['kid'];
  if (typeof kid !== 'string') return undefined;
  // Anybody can send a thousand harmless headers; then the cache starts over. Long ones are not worth their memory.
  if (knownHeaders.size >= MOST_KNOWN_HEADERS) knownHeaders.clear();
  if (headerText.length <= 256) knownHeaders.set(headerText, kid);
  return kid;
}

function signingInput(signer: JwtSigner, claims: object): string {
  return `${encodeObject({ kid: signer.kid, alg: 'RS256' })}.${encodeObject(claims)}`;
}

function encodeObject(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/** Parses a JSON object; a member named `__proto__` becomes a member like any other. */
function decodeObject(text: string): JwtClaims | undefined {
  const bytes = decodeCanonical(text, 'base64url');
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.assign(Object.create(null) as JwtClaims, value);
  } catch {
    return undefined;
  }
}
