import {
  createHash,
  createHmac,
  DiffieHellman,
  getDiffieHellman,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

const group = getDiffieHellman('modp15');
const N = BigInt(`0x${group.getPrime('hex')}`);
/** Works on named groups too, which do not show it. */
const setPrivateKey = DiffieHellman.prototype.setPrivateKey as (this: unknown, x: Buffer) => void;

/** The client's secret exponent: 1, because nothing is secret here, so that A is the generator and costs nothing. */
const CLIENT_SECRET = 1n;
/** SRP_A of every exchange. */
export const SRP_A = '02';

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function sha256(...parts: (Buffer | string)[]): Buffer {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
}

function power(exponent: Buffer, base?: bigint): bigint {
  setPrivateKey.call(group, exponent);
  if (base === undefined) return numberOf(group.generateKeys());
  return numberOf(group.computeSecret(Buffer.from(base.toString(16).padStart(768, '0'), 'hex')));
}

const k = numberOf(sha256(bytesOf(N), bytesOf(2n)));

/** Whose exchange it is. */
export interface SrpPerson {
  readonly poolId: string;
  readonly username: string;
  readonly password: string;
}

/** The challenge, as the server gave it. */
export interface SrpChallenge {
  readonly SALT: string;
  readonly SRP_B: string;
  readonly SECRET_BLOCK: string;
}

/** What of a person's side does not change from one exchange to the next. */
const prepared = new Map<string, { readonly x: bigint; readonly kv: bigint }>();

function prepare(person: SrpPerson, salt: string) {
  const { poolId, username } = person;
  const name = `${poolId}/${username}/${salt}`;
  const known = prepared.get(name);
  if (known !== undefined) return known;
  const x = privateExponent(person, bytesOf(BigInt(`0x${salt}`)));
  const made = { x: numberOf(x), kv: (k * power(x)) % N };
  prepared.set(name, made);
  return made;
}

/** What registers a device's password. `person` is the device, as {@link answerSrp} takes it. Source: behaviour.md 6.7. */
export function deviceVerifier(person: SrpPerson) {
  const salt = bytesOf(numberOf(randomBytes(16)));
  const x = privateExponent(person, salt);
  return {
    PasswordVerifier: bytesOf(power(x)).toString('base64'),
    Salt: salt.toString('base64'),
  };
}

function privateExponent({ poolId, username, password }: SrpPerson, salt: Buffer): Buffer {
  const inner = sha256(`${poolId.split('_')[1]}${username}:${password}`);
  return sha256(salt, inner);
}

/** The answer to a challenge: one power in the native library. Source: behaviour.md 6.6. */
export function answerSrp(person: SrpPerson, challenge: SrpChallenge) {
  const { x, kv } = prepare(person, challenge.SALT);
  const B = BigInt(`0x${challenge.SRP_B}`);
  const u = numberOf(sha256(bytesOf(2n), bytesOf(B)));
  const base = (((B - kv) % N) + N) % N;
  const secret = power(bytesOf(CLIENT_SECRET + u * x), base);
  const key = hkdfSync('sha256', bytesOf(secret), bytesOf(u), 'Caldera Derived Key', 16);
  const timestamp = timestampOf(new Date());
  const signature = createHmac('sha256', Buffer.from(key))
    .update(person.poolId.split('_')[1] ?? '')
    .update(person.username)
    .update(Buffer.from(challenge.SECRET_BLOCK, 'base64'))
    .update(timestamp)
    .digest('base64');
  return {
    USERNAME: person.username,
    PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signature,
    TIMESTAMP: timestamp,
  };
}

/** `Tue Aug 4 09:05:07 UTC 2026`. */
function timestampOf(date: Date): string {
  const [day, dayOfMonth, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${Number(dayOfMonth)} ${time} UTC ${year}`;
}
