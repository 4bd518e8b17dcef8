import {
  argon2,
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  DiffieHellman,
  generateKeyPairSync,
  getDiffieHellman,
  hash,
  hkdfSync,
  publicEncrypt,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/** The cryptography that no sign-in can do without, each part in the fastest way that Node's own library offers. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sealingKey = randomBytes(32);
const requestKey = createSecretKey(randomBytes(32));
const group = getDiffieHellman('modp15');
const prime = group.getPrime();
const N = BigInt(`0x${prime.toString('hex')}`);
const setPrivateKey = DiffieHellman.prototype.setPrivateKey as (this: unknown, x: Buffer) => void;
const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
const elementOf = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(prime.length * 2, '0'), 'hex');

const HEADER = Buffer.from('{"kid":"floor","alg":"RS256"}').toString('base64url');

/** An RS256 token. */
export function signToken(claims: object): string {
  const input = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

/** The MAC of a request over its body, its headers and the string to sign, as in AWS Signature Version 4. */
export function requestMac(path: string, host: string, body: string): Buffer {
  const request = `POST\n/${path}\n\nhost:${host}\n\nhost\n${hash('sha256', body)}`;
  return createHmac('sha256', requestKey).update(hash('sha256', request)).digest();
}

/** The MAC of an audit entry. */
export function auditMac(entry: string): string {
  return createHmac('sha256', requestKey).update(entry).digest('base64');
}

/** The claims of a token that {@link signToken} made. */
export function verifyToken(token: string): { readonly sub: string } {
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  if (!verify('sha256', Buffer.from(token.slice(0, end)), publicKey, signature)) {
    throw new Error('bad signature');
  }
  const claims = token.slice(token.indexOf('.') + 1, end);
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
}

/** AES-256-GCM with a fresh nonce. */
export function seal(text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
  return Buffer.concat([
    nonce,
    cipher.update(text, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64');
}

/** Reverses {@link seal}. */
export function open(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
}

// A variable, so that no tool takes the package for a required dependency.
const NODE_RS = '@node-rs/argon2';
const nodeRs = await import(NODE_RS).then(
  (loaded) => loaded as NodeRsArgon2,
  () => undefined,
);

/** Argon2id of 19 MiB, t=2, p=1, with the implementation that the product uses. */
export function hashPassword(password: string, salt = randomBytes(16)): Promise<Buffer> {
  if (nodeRs !== undefined) {
    const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
    return nodeRs.hashRaw(Buffer.from(password), { algorithm: 2, version: 1, ...cost, salt });
  }
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      {
        message: Buffer.from(password),
        nonce: salt,
        memory: 19_456,
        passes: 2,
        parallelism: 1,
        tagLength: 32,
      },
      (error, tag) => (error === null ? resolve(tag) : reject(error)),
    );
  });
}

/** The part that is used of the package that the product takes if it is installed. */
interface NodeRsArgon2 {
  hashRaw(password: Buffer, options: object): Promise<Buffer>;
}

/** A keyed hash instead of argon2id. */
export function testHash(password: string): Buffer {
  return createHmac('sha256', sealingKey).update(password).digest();
}

/** Whether two digests are equal. */
export function sameDigest(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** g^x mod N. */
export function powerOfGenerator(exponent: Buffer): bigint {
  setPrivateKey.call(group, exponent);
  return numberOf(group.generateKeys());
}

const verifier = powerOfGenerator(randomBytes(32));
const masked = verifier * numberOf(randomBytes(32));

/** The server's first half of an SRP exchange: one exponentiation. */
export function srpStart(): { readonly secret: string; readonly publicHex: string } {
  const secret = randomBytes(32);
  const B = (masked + powerOfGenerator(secret)) % N;
  return { secret: secret.toString('hex'), publicHex: B.toString(16) };
}

/** The second half: one exponentiation with a public exponent and one with the secret exponent; returns the expected signature. */
export function srpFinish(
  clientHex: string,
  exchange: { secret: string; publicHex: string },
): Buffer {
  const A = BigInt(`0x${clientHex}`);
  const u = createHash('sha256').update(elementOf(A)).update(exchange.publicHex).digest();
  const key = createPublicKey({
    format: 'jwk',
    key: { kty: 'RSA', n: prime.toString('base64url'), e: u.toString('base64url') },
  });
  const raised = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, elementOf(verifier));
  setPrivateKey.call(group, Buffer.from(exchange.secret, 'hex'));
  const shared = group.computeSecret(elementOf((A * numberOf(raised)) % N));
  const sessionKey = hkdfSync('sha256', shared, u, 'floor', 16);
  return createHmac('sha256', Buffer.from(sessionKey)).update(exchange.publicHex).digest();
}
