import {
  generator,
  groupPrime,
  integerOfBytes,
  integerOfHex,
  paddedBytes,
  power,
  reduce,
} from './srp-group';

/** What the pool asks in its PASSWORD_VERIFIER challenge. Source: behaviour.md 6.6. */
export interface SrpChallenge {
  readonly SALT: string;
  readonly SRP_B: string;
  readonly SECRET_BLOCK: string;
  readonly USER_ID_FOR_SRP: string;
}

/** Why a challenge cannot be answered: it is not one that a pool would send. */
export class SrpRefusal extends Error {
  override readonly name = 'SrpRefusal';
}

/** The browser keeps its cryptography from pages that came over plain HTTP. */
export class NoCryptography extends Error {
  override readonly name = 'NoCryptography';

  constructor() {
    super(
      "crypto.subtle is missing: browsers have it on https:// and localhost only. Serve the page so, or choose signInFlow: 'password'.",
    );
  }
}

/** One proof that a person knows the password, which itself never leaves the device. */
export interface SrpExchange {
  /** The client's public key, hexadecimal. */
  readonly publicHex: string;
  /** Answers the challenge; slow by intent of SRP (tens of milliseconds). */
  answer(challenge: SrpChallenge, password: string): Promise<Record<string, string>>;
}

const KEY_BYTES = 32;
const DERIVED_KEY_BYTES = 16;

/** Begins a proof for a pool. `poolId` is `<region>_<name>`; the name goes into the proof. */
export function startSrp(poolId: string, now: () => Date = () => new Date()): SrpExchange {
  const { subtle } = globalThis.crypto;
  // The types promise it; browsers do not keep that promise on plain HTTP.
  if ((subtle as SubtleCrypto | undefined) === undefined) throw new NoCryptography();
  const poolName = poolId.slice(poolId.indexOf('_') + 1);
  const secret = integerOfBytes(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
  const publicKey = power(generator, secret);

  return {
    publicHex: publicKey.toString(16),
    async answer(challenge, password) {
      const { USER_ID_FOR_SRP: userId, SECRET_BLOCK: block } = challenge;
      const salt = integerOfHex(challenge.SALT);
      const serverKey = integerOfHex(challenge.SRP_B);
      if (salt === undefined || serverKey === undefined) throw new SrpRefusal('no numbers');
      // RFC 5054 2.5.3: such a key would let a stranger choose the secret.
      if (reduce(serverKey) === 0n) throw new SrpRefusal('B is zero');
      const u = integerOfBytes(await sha256(paddedBytes(publicKey), paddedBytes(serverKey)));
      if (u === 0n) throw new SrpRefusal('u is zero');
      const identity = await sha256(utf8(`${poolName}${userId}:${password}`));
      const x = integerOfBytes(await sha256(paddedBytes(salt), identity));
      const k = integerOfBytes(await sha256(paddedBytes(groupPrime), paddedBytes(generator)));
      const base = reduce(serverKey - k * power(generator, x));
      const key = await derivedKey(power(base, secret + u * x), u);
      const timestamp = srpTimestamp(now());
      const proof = await hmac(
        key,
        join(utf8(poolName), utf8(userId), bytesOfBase64(block), utf8(timestamp)),
      );
      return {
        USERNAME: userId,
        PASSWORD_CLAIM_SECRET_BLOCK: block,
        PASSWORD_CLAIM_SIGNATURE: base64Of(proof),
        TIMESTAMP: timestamp,
      };
    },
  };
}

const SALT_BYTES = 16;
const PASSWORD_BYTES = 40;

/** A secret that nobody types, as text. */
export function randomText(): string {
  return base64Of(crypto.getRandomValues(new Uint8Array(PASSWORD_BYTES)));
}

/** What a pool is told of a device, so that it can prove itself later by its password. Source: API model, DeviceSecretVerifierConfigType. */
export async function deviceVerifier(device: {
  readonly key: string;
  readonly groupKey: string;
  readonly password: string;
}): Promise<{ readonly Salt: string; readonly PasswordVerifier: string }> {
  const { key, groupKey, password } = device;
  const salt = integerOfBytes(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  const identity = await sha256(utf8(`${groupKey}${key}:${password}`));
  const x = integerOfBytes(await sha256(paddedBytes(salt), identity));
  return {
    Salt: base64Of(paddedBytes(salt)),
    PasswordVerifier: base64Of(paddedBytes(power(generator, x))),
  };
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The form of time that pools sign: `Tue Aug 4 09:05:07 UTC 2026`, with a day of one digit where one is enough. */
export function srpTimestamp(date: Date): string {
  const time = date.toISOString().slice(11, 19);
  const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}`;
  return `${day} ${time} UTC ${date.getUTCFullYear()}`;
}

async function derivedKey(shared: bigint, u: bigint): Promise<Uint8Array<ArrayBuffer>> {
  const extracted = await hmac(paddedBytes(u), paddedBytes(shared));
  const expanded = await hmac(extracted, join(utf8('Caldera Derived Key'), Uint8Array.of(1)));
  return expanded.slice(0, DERIVED_KEY_BYTES);
}

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)));
}

async function hmac(
  key: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function bytesOfBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw new SrpRefusal('SECRET_BLOCK is no base64');
  }
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
