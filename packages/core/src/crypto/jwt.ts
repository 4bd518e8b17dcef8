import { sign, verify, type KeyObject } from 'node:crypto';
import { decodeCanonical } from './base64-text.ts';

/** A private RSA key and the name under which its public half is published. */
export interface JwtSigner {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** The members of a JWT's payload, as yet unjudged; has no prototype. */
export type JwtClaims = Record<string, unknown>;

/** What `verifyJwt` found. */
export type VerifiedJwt =
  { readonly ok: true; readonly claims: JwtClaims } | { readonly ok: false };

/** Characters beyond which a token is not looked at. */
const MAXIMUM_LENGTH = 16 * 1024;

/** Headers that bring their own key, change what is signed, or must be understood. Source: security.md J04. */
const REFUSED_HEADERS = ['jku', 'x5u', 'jwk', 'x5c', 'crit', 'b64', 'zip', 'enc'];

const REFUSED: VerifiedJwt = { ok: false };

/** Signs claims with RS256; the header is exactly `{kid, alg}`. Source: behaviour.md 7.1. */
export function signJwt(signer: JwtSigner, claims: object): string {
  const input = signingInput(signer, claims);
  return `${input}.${sign('sha256', Buffer.from(input), signer.privateKey).toString('base64url')}`;
}

/**
 * Checks form, algorithm and signature of a token; never throws for a bad one.
 * Time, issuer, audience and use are the caller's to check: it holds the clock and knows the pool.
 */
export function verifyJwt(
  token: string,
  keyOf: (kid: string) => KeyObject | undefined,
): VerifiedJwt {
  if (token.length > MAXIMUM_LENGTH) return REFUSED;
  const parts = token.split('.', 4);
  const [headerText, claimsText, signatureText] = parts;
  if (parts.length !== 3 || !headerText || !claimsText || !signatureText) return REFUSED;
  const header = decodeObject(headerText);
  if (header === undefined || header['alg'] !== 'RS256') return REFUSED;
  if (REFUSED_HEADERS.some((name) => name in header)) return REFUSED;
  const kid = header['kid'];
  const key = typeof kid === 'string' ? keyOf(kid) : undefined;
  if (key?.type !== 'public' || key.asymmetricKeyType !== 'rsa') return REFUSED;
  const signature = decodeCanonical(signatureText, 'base64url');
  if (signature === undefined) return REFUSED;
  const input = Buffer.from(`${headerText}.${claimsText}`);
  if (!verify('sha256', input, key, signature)) return REFUSED;
  const claims = decodeObject(claimsText);
  return claims === undefined ? REFUSED : { ok: true, claims };
}

function signingInput(signer: JwtSigner, claims: object): string {
  return `${encodeObject({ kid: signer.kid, alg: 'RS256' })}.${encodeObject(claims)}`;
}

function encodeObject(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/** Reads a JSON object; a member named `__proto__` becomes a member like any other. */
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
