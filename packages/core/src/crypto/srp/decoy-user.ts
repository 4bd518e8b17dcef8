import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import { frame } from '../primitives/framing.ts';
import { uuidOfBytes } from '../primitives/random.ts';
import type { SrpVerifier } from './srp.ts';
import { elementBytes, hexOfInteger, integerOfBytes, reduce } from './srp-group.ts';

/**
 * The SALT of a user who does not exist: always the same for a name, and distributed like real ones. `key` is a pool subkey, the same on
 * every node. Source: security.md S09, RFC 5054 2.5.1.3.
 */
export function decoySalt(key: KeyObject | Buffer, name: string): string {
  return hexOfInteger(integerOfBytes(derive(key, 'salt', name, 16)));
}

/**
 * The salt and verifier of a user who does not exist, so that the exchange takes its usual course and fails at the proof. Nobody knows a
 * password for it. It is a square, like every real verifier, so that SRP_B does not reveal it.
 */
export function decoySrpVerifier(key: KeyObject | Buffer, name: string): SrpVerifier {
  // 16 bytes more than N has, so that the remainder is uniform.
  const root = reduce(integerOfBytes(derive(key, 'verifier', name, elementBytes + 16)));
  return {
    saltHex: decoySalt(key, name),
    verifierHex: hexOfInteger(reduce(root * root)),
  };
}

/** The `sub` of a user who does not exist, for pools whose USER_ID_FOR_SRP is the sub: a stable version 4 UUID. */
export function decoySub(key: KeyObject | Buffer, name: string): string {
  return uuidOfBytes(derive(key, 'sub', name, 16));
}

function derive(key: KeyObject | Buffer, what: string, name: string, byteCount: number): Buffer {
  const seed = createHmac('sha256', key)
    .update(frame(['simulated user', what, name]))
    .digest();
  return Buffer.from(hkdfSync('sha256', seed, '', what, byteCount));
}
