import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { JwkSet } from '../../src/index.ts';

/** A JSON value, or the very text of one where JSON.stringify could not write it. */
export type Part = object | string;

/** The pool that the tokens of these tests claim to come from. */
export const USER_POOL_ID = 'us-east-1_Corpus000';
/** Its issuer. */
export const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${USER_POOL_ID}`;
/** Its app client. */
export const CLIENT_ID = 'corpusclient00000000000000';
/** The second that everything here happens in. */
export const NOW_SECONDS = Math.floor(Date.now() / 1000);

/** A key of a pool, or of somebody who would like to be one. */
export interface Signer {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwks: JwkSet;
}

/** Makes an RSA key with its key set. */
export function signer(kid: string): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  return {
    kid,
    privateKey,
    publicKey,
    jwks: { keys: [{ kty: 'RSA', kid, use: 'sig', alg: 'RS256', n, e }] },
  };
}

/** base64url of a text, of bytes, or of an object's JSON. */
export function part(value: Part | Buffer): string {
  const bytes = Buffer.isBuffer(value)
    ? value
    : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return bytes.toString('base64url');
}

/** A token with a true RS256 signature of this key. */
export function signedBy(key: Signer, claims: Part, header: Part = { kid: key.kid, alg: 'RS256' }) {
  return withSignature(header, claims, (input) => sign('sha256', input, key.privateKey));
}

/** A token with whatever signature. */
export function withSignature(header: Part, claims: Part, signature: (input: Buffer) => Buffer) {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signature(Buffer.from(input)).toString('base64url')}`;
}

/** An HMAC of the token, as key confusion asks for. */
export function hmac(digest: string, secret: string | Buffer) {
  return (input: Buffer): Buffer => createHmac(digest, secret).update(input).digest();
}

/** The claims of a good access token, with changes; `undefined` leaves a claim out. */
export function accessClaims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sub: '5f1c2a1e-0000-4000-8000-000000000001',
    iss: ISSUER,
    client_id: CLIENT_ID,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    auth_time: NOW_SECONDS - 10,
    exp: NOW_SECONDS + 3600,
    iat: NOW_SECONDS - 10,
    jti: '5f1c2a1e-0000-4000-8000-000000000002',
    username: 'ann',
    ...changes,
  };
}

/** The claims of a good ID token, with changes. */
export function idClaims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sub: '5f1c2a1e-0000-4000-8000-000000000001',
    iss: ISSUER,
    aud: CLIENT_ID,
    token_use: 'id',
    auth_time: NOW_SECONDS - 10,
    exp: NOW_SECONDS + 3600,
    iat: NOW_SECONDS - 10,
    jti: '5f1c2a1e-0000-4000-8000-000000000003',
    'cognito:username': 'ann',
    email: 'ann@example.com',
    ...changes,
  };
}

/** The text of an object in which one member is written as given: `1e400` is no JavaScript value. */
export function withRaw(claims: Record<string, unknown>, name: string, raw: string): string {
  const marker = '@@raw@@';
  return JSON.stringify({ ...claims, [name]: marker }).replace(`"${marker}"`, raw);
}
