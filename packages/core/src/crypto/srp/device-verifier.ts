import { hash } from 'node:crypto';
import { groupPrime, hexOfInteger, integerOfBytes } from './srp-group.ts';
import type { SrpVerifier } from './srp.ts';

/** Clients send sixteen, and a zero before them where the first bit is set. */
const LONGEST_SALT = 64;

/** What of a device's verifier is wrong, where one was given that a number cannot be read from. */
export type VerifierProblem = 'negative-salt' | 'negative-verifier' | 'invalid';

/**
 * The salt and verifier of a device's password, as an app sends them: each the bytes of a signed integer. The verifier is one that only
 * who knows a password can answer: neither 0 nor ±1, and below N. Source: behaviour.md 6.7.
 */
export function readDeviceVerifier(salt: Buffer, verifier: Buffer): SrpVerifier | VerifierProblem {
  if (salt.length === 0 || salt.length > LONGEST_SALT || verifier.length === 0) return 'invalid';
  if (isNegative(salt)) return 'negative-salt';
  if (isNegative(verifier)) return 'negative-verifier';
  // One byte more than N has, for the sign.
  if (verifier.length > groupPrime.toString(16).length / 2 + 1) return 'invalid';
  const value = integerOfBytes(verifier);
  if (value <= 1n || value >= groupPrime - 1n) return 'invalid';
  return { saltHex: hexOfInteger(integerOfBytes(salt)), verifierHex: hexOfInteger(value) };
}

function isNegative([first = 0]: Buffer): boolean {
  return first >= 0x80;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CHARACTERS = 8;

/**
 * The DeviceGroupKey of a pool, which devices hash where users hash the pool's name: a hyphen and eight characters. It is no secret, and stays
 * the same whatever becomes of keys. Source: behaviour.md 2; settings.md 10#1.
 */
export function deviceGroupKey(poolId: string): string {
  const digest = hash('sha256', `device group of ${poolId}`, 'buffer');
  const text = Array.from(
    digest.subarray(0, CHARACTERS),
    (byte) => ALPHABET[byte % ALPHABET.length],
  );
  return `-${text.join('')}`;
}
