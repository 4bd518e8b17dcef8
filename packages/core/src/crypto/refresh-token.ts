import type { Random } from './random.ts';

/** The header that the service's refresh tokens begin with; clients do not read it. Source: behaviour.md 2. */
const HEADER = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url');

/** Bytes in the parts after the header: where a JWE has encrypted key, nonce, ciphertext and tag. */
const PART_BYTES = [32, 12, 32, 16];

const REST = /^(?:\.[A-Za-z0-9_-]{16,128}){4}$/;

/**
 * Makes an opaque refresh token of 736 random bits that looks like the service's.
 * Nothing is encrypted in it: it is found again by its `hashToken`.
 */
export function makeRefreshToken(random: Random): string {
  return [HEADER, ...PART_BYTES.map((count) => random.bytes(count).toString('base64url'))].join(
    '.',
  );
}

/** Tells whether a text has the shape and size of our refresh tokens, before it is hashed and looked up. */
export function looksLikeRefreshToken(text: string): boolean {
  return text.length < 1024 && text.startsWith(HEADER) && REST.test(text.slice(HEADER.length));
}
