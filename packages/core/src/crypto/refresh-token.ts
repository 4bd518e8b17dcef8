import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import { frame } from './primitives/framing.ts';
import type { Random } from './primitives/random.ts';

/** The header that the service's refresh tokens begin with; clients do not read it. Source: behaviour.md 2. */
const HEADER = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url');

/** The sizes, in bytes, of the parts after the header, where a JWE has encrypted key, nonce, ciphertext and tag. */
const PART_BYTES = [32, 12, 32, 16] as const;
const ALL_BYTES = PART_BYTES.reduce((sum: number, count) => sum + count, 0);

const REST = /^(?:\.[A-Za-z0-9_-]{16,128}){4}$/;

/**
 * Makes an opaque refresh token of 736 random bits that looks like the service's. Nothing is encrypted in it: it is found by its
 * `hashToken`.
 */
export function makeRefreshToken(random: Random): string {
  return tokenOf(random.bytes(ALL_BYTES));
}

/**
 * The one refresh token that follows another: a client that asks again, because an answer was lost, gets the same text on every node,
 * without any refresh token being stored. Making it takes both the pool's key and the previous token (security.md R01).
 */
export function successorOf(key: KeyObject, refreshToken: string): string {
  const secret = createHmac('sha256', key)
    .update(frame(['refresh-token-successor', refreshToken]))
    .digest();
  return tokenOf(Buffer.from(hkdfSync('sha256', secret, '', 'refresh-token', ALL_BYTES)));
}

function tokenOf(bytes: Buffer): string {
  let from = 0;
  const parts = PART_BYTES.map((count) => bytes.subarray(from, (from += count)));
  return [HEADER, ...parts.map((part) => part.toString('base64url'))].join('.');
}

/** Whether a text has the form and size of our refresh tokens, before it is hashed and looked up. */
export function looksLikeRefreshToken(text: string): boolean {
  return text.length < 1024 && text.startsWith(HEADER) && REST.test(text.slice(HEADER.length));
}
