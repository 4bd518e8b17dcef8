import { createHash, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { Random } from '../primitives/random.ts';
import {
  elementBytes,
  groupPrime,
  hexOfInteger,
  integerOfBytes,
  integerOfHex,
  paddedBytes,
  powerOfGenerator,
  publicPower,
  reduce,
  secretPower,
} from './srp-group.ts';

/** What the server stores of a password for SRP. Both are integers in hex; stored sealed. Source: behaviour.md 6.6. */
export interface SrpVerifier {
  /** Sent to clients as SALT. */
  readonly saltHex: string;
  readonly verifierHex: string;
}

/** The server's half of one SRP exchange. */
export interface SrpServerKeys {
  /** Secret; exists only inside the sealed SECRET_BLOCK. */
  readonly privateHex: string;
  /** Sent to clients as SRP_B. */
  readonly publicHex: string;
}

/** Whose password it is; for devices the device group key and the device key. */
export interface SrpIdentity {
  /** The part of the pool id after `_`. */
  readonly poolName: string;
  /** The name that clients hash: USER_ID_FOR_SRP. */
  readonly username: string;
  readonly password: string;
}

/** What both sides know when the client answers PASSWORD_VERIFIER. */
export interface SrpExchange {
  readonly poolName: string;
  /** USER_ID_FOR_SRP. */
  readonly userId: string;
  readonly clientPublicHex: string;
  readonly serverPrivateHex: string;
  readonly serverPublicHex: string;
  readonly verifierHex: string;
  /** The decoded PASSWORD_CLAIM_SECRET_BLOCK. */
  readonly secretBlock: Buffer;
  /** TIMESTAMP as it was sent. */
  readonly timestamp: string;
}

const SALT_BYTES = 16;
const EXPONENT_BYTES = 32;

/** A smaller exponent comes from a broken random source, never from chance (2^-64). */
const SMALLEST_EXPONENT = 1n << 192n;

const SESSION_KEY_BYTES = 16;
const SESSION_KEY_INFO = 'Caldera Derived Key';

const multiplier = integerOfBytes(sha256(paddedBytes(groupPrime), paddedBytes(2n)));

/** Makes the salt and verifier of a password; needed wherever the plain password is available. */
export function makeSrpVerifier(random: Random, identity: SrpIdentity): SrpVerifier {
  return srpVerifierWithSalt(integerOfBytes(random.bytes(SALT_BYTES)), identity);
}

/** The verifier under a given salt. */
export function srpVerifierWithSalt(salt: bigint, identity: SrpIdentity): SrpVerifier {
  const { poolName, username, password } = identity;
  const inner = sha256(`${poolName}${username}:${password}`);
  const exponent = sha256(paddedBytes(salt), inner);
  return {
    saltHex: hexOfInteger(salt),
    verifierHex: hexOfInteger(powerOfGenerator(exponent)),
  };
}

/** Makes a fresh pair b, B = k·v + g^b; draws again if B would be 0 modulo N or b is small (security.md S04). */
export function makeSrpServerKeys(random: Random, verifierHex: string): SrpServerKeys {
  const masked = multiplier * reduce(integerOfHex(verifierHex));
  for (let draws = 0; draws < 100; draws += 1) {
    const exponent = random.bytes(EXPONENT_BYTES);
    if (integerOfBytes(exponent) < SMALLEST_EXPONENT) continue;
    const publicKey = reduce(masked + powerOfGenerator(exponent));
    if (publicKey === 0n) continue;
    return { privateHex: exponent.toString('hex'), publicHex: hexOfInteger(publicKey) };
  }
  throw new Error('the random source is stuck');
}

/** Reads a client's SRP_A; `undefined` unless it is hex of an integer from 1 to N - 1 (security.md S01). */
export function parseSrpPublic(hex: string): string | undefined {
  // Two digits more than N has, because some clients send the sign byte too.
  if (hex.length > elementBytes * 2 + 2 || !/^[0-9a-f]+$/i.test(hex)) return undefined;
  const value = integerOfHex(hex);
  return value > 0n && value < groupPrime ? hexOfInteger(value) : undefined;
}

/** The signature that a client with the password sends; `undefined` if the exchange itself must be refused. */
export function srpClaim(exchange: SrpExchange): Buffer | undefined {
  const clientPublic = parseSrpPublic(exchange.clientPublicHex);
  if (clientPublic === undefined) return undefined;
  const a = integerOfHex(clientPublic);
  const scrambler = integerOfBytes(
    sha256(paddedBytes(a), paddedBytes(integerOfHex(exchange.serverPublicHex))),
  );
  const secret = srpServerSecret(
    a,
    integerOfHex(exchange.verifierHex),
    scrambler,
    Buffer.from(exchange.serverPrivateHex, 'hex'),
  );
  if (secret === undefined) return undefined;
  // As key objects: with bytes, converting them would take both functions longer than their own work.
  const key = hkdfSync(
    'sha256',
    createSecretKey(paddedBytes(secret)),
    paddedBytes(scrambler),
    SESSION_KEY_INFO,
    SESSION_KEY_BYTES,
  );
  return createHmac('sha256', createSecretKey(Buffer.from(key)))
    .update(exchange.poolName)
    .update(exchange.userId)
    .update(exchange.secretBlock)
    .update(exchange.timestamp)
    .digest();
}

/** S = (A·v^u)^b. Nothing if u is 0, which would leave the password out of the proof (security.md S03). */
export function srpServerSecret(
  clientPublic: bigint,
  verifier: bigint,
  scrambler: bigint,
  serverPrivate: Buffer,
): bigint | undefined {
  if (scrambler === 0n) return undefined;
  const base = reduce(clientPublic * publicPower(reduce(verifier), scrambler));
  return secretPower(base, serverPrivate);
}

function sha256(...parts: (Buffer | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
