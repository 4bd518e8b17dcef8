import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
} from 'node:crypto';

/** A public signing key as the pool's key set lists it. Source: behaviour.md 7.3. */
export interface PublicSigningJwk {
  readonly alg: 'RS256';
  readonly e: string;
  readonly kid: string;
  readonly kty: 'RSA';
  readonly n: string;
  readonly use: 'sig';
}

/** A new key pair for a pool's tokens. */
export interface GeneratedSigningKey {
  readonly kid: string;
  readonly publicJwk: PublicSigningJwk;
  /** PKCS#8 in DER; stored only in sealed form. */
  readonly privatePkcs8: Buffer;
}

const MODULUS_BITS = 2048;

/** Generates an RSA key pair on the thread pool; its `kid` is the key's RFC 7638 thumbprint in padded base64. */
export function generateSigningKey(): Promise<GeneratedSigningKey> {
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength: MODULUS_BITS }, (error, publicKey, privateKey) => {
      if (error) reject(error);
      else resolve(describe(publicKey, privateKey));
    });
  });
}

function describe(publicKey: KeyObject, privateKey: KeyObject): GeneratedSigningKey {
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' });
  // The members, in the order that RFC 7638 3.2 hashes.
  const kid = createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64');
  return {
    kid,
    publicJwk: { alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' },
    privatePkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

/** Reads a private key that `generateSigningKey` made. */
export function importPrivateKey(privatePkcs8: Buffer): KeyObject {
  return createPrivateKey({ key: privatePkcs8, format: 'der', type: 'pkcs8' });
}

/** Reads a public RSA key for verifying. */
export function publicKeyFromJwk(jwk: Pick<PublicSigningJwk, 'kty' | 'n' | 'e'>): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: jwk.kty, n: jwk.n, e: jwk.e } });
}
