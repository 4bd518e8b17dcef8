import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { label, type BadToken } from './bad-token.ts';
import {
  NOW_SECONDS,
  accessClaims,
  hmac,
  part,
  signedBy,
  withSignature,
  type Signer,
} from './forge.ts';

/** Tokens that the pool did not sign, or whose header wants them to be checked in another way. */
export function forgedSignatures(pool: Signer, thief: Signer): readonly BadToken[] {
  return [
    ...withoutSignature(pool),
    ...keyConfusion(pool),
    ...otherAlgorithms(pool),
    ...headersWithKeys(pool, thief),
    ...keyIds(pool, thief),
    ...tampered(pool, thief),
  ];
}

function withoutSignature(pool: Signer): BadToken[] {
  const algorithms = ['none', 'None', 'NONE', 'nOnE', 'none ', '', null, undefined];
  const signatures = {
    empty: () => Buffer.alloc(0),
    junk: () => Buffer.from('junk'),
    true: (input: Buffer) => sign('sha256', input, pool.privateKey),
  };
  return algorithms.flatMap((alg) =>
    Object.entries(signatures).map(([kind, make]) => ({
      name: `J01 alg ${label(alg)}, signature ${kind}`,
      token: withSignature({ kid: pool.kid, alg }, accessClaims(), make),
      reason: 'malformed' as const,
    })),
  );
}

function keyConfusion({ kid, publicKey, jwks }: Signer): BadToken[] {
  const jwk = jwks.keys[0];
  const secrets: Record<string, string | Buffer> = {
    'SPKI PEM': publicKey.export({ type: 'spki', format: 'pem' }),
    'SPKI PEM without its last line end': String(
      publicKey.export({ type: 'spki', format: 'pem' }),
    ).trim(),
    'SPKI DER': publicKey.export({ type: 'spki', format: 'der' }),
    'PKCS#1 PEM': publicKey.export({ type: 'pkcs1', format: 'pem' }),
    'PKCS#1 DER': publicKey.export({ type: 'pkcs1', format: 'der' }),
    'JWK text': JSON.stringify(jwk),
    'key set text': JSON.stringify(jwks),
    'modulus text': jwk?.n ?? '',
    'modulus bytes': Buffer.from(jwk?.n ?? '', 'base64url'),
    'key id': kid,
    nothing: '',
  };
  return ['256', '384', '512'].flatMap((bits) =>
    Object.entries(secrets).map(([what, secret]) => ({
      name: `J02 HS${bits} with ${what}`,
      token: withSignature({ kid, alg: `HS${bits}` }, accessClaims(), hmac(`sha${bits}`, secret)),
      reason: 'malformed' as const,
    })),
  );
}

function otherAlgorithms(pool: Signer): BadToken[] {
  const { kid, privateKey } = pool;
  const pss = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const ed = generateKeyPairSync('ed25519').privateKey;
  const honest: Record<string, (input: Buffer) => Buffer> = {
    RS384: (input) => sign('sha384', input, privateKey),
    RS512: (input) => sign('sha512', input, privateKey),
    PS256: (input) => sign('sha256', input, pss),
    ES256: (input) => sign('sha256', input, { key: ec, dsaEncoding: 'ieee-p1363' }),
    EdDSA: (input) => sign(null, input, ed),
  };
  const spelled = ['rs256', 'RS256 ', ' RS256', 'RS-256', ['RS256'], { name: 'RS256' }, 256, true];
  return [
    ...Object.entries(honest).map(([alg, make]) => ({
      name: `J02 ${alg}, honestly said`,
      token: withSignature({ kid, alg }, accessClaims(), make),
      reason: 'malformed' as const,
    })),
    ...Object.entries(honest).map(([alg, make]) => ({
      name: `J02 ${alg}, said to be RS256`,
      token: withSignature({ kid, alg: 'RS256' }, accessClaims(), make),
      reason: 'signature' as const,
    })),
    ...spelled.map((alg) => ({
      name: `J02 alg ${label(alg)}`,
      token: signedBy(pool, accessClaims(), { kid, alg }),
      reason: 'malformed' as const,
    })),
  ];
}

function headersWithKeys(pool: Signer, thief: Signer): BadToken[] {
  const headers: Record<string, unknown> = {
    jku: 'http://127.0.0.1:9/jwks.json',
    x5u: 'http://127.0.0.1:9/certificate.pem',
    jwk: thief.jwks.keys[0],
    x5c: [part('certificate')],
    crit: ['exp'],
    b64: false,
    zip: 'DEF',
    enc: 'A256GCM',
  };
  return Object.entries(headers).flatMap(([name, value]) => [
    ...[pool.kid, thief.kid, undefined].map((kid) => ({
      name: `J04 ${name}, signed by a thief, kid ${label(kid)}`,
      token: signedBy(thief, accessClaims(), { kid, alg: 'RS256', [name]: value }),
      reason: 'malformed' as const,
    })),
    {
      name: `J04 ${name}, signed by the pool`,
      token: signedBy(pool, accessClaims(), { kid: pool.kid, alg: 'RS256', [name]: value }),
      reason: 'malformed' as const,
      stricter: true as const,
    },
  ]);
}

function keyIds(pool: Signer, thief: Signer): BadToken[] {
  const unknown = ['', 'thief', '__proto__', 'constructor', '../../../dev/null', `${pool.kid} `];
  const noText = [undefined, null, 7, [pool.kid], { kid: pool.kid }, true];
  return [
    ...unknown.map((kid) => ({
      name: `J10 kid ${label(kid)}`,
      token: signedBy(pool, accessClaims(), { kid, alg: 'RS256' }),
      reason: 'unknown-key' as const,
    })),
    ...noText.map((kid) => ({
      name: `J10 kid ${label(kid)}`,
      token: signedBy(pool, accessClaims(), { kid, alg: 'RS256' }),
      reason: 'malformed' as const,
    })),
    {
      name: 'J10 a thief with the kid of the pool',
      token: signedBy(thief, accessClaims(), { kid: pool.kid, alg: 'RS256' }),
      reason: 'signature',
    },
  ];
}

function tampered(pool: Signer, thief: Signer): BadToken[] {
  const good = signedBy(pool, accessClaims());
  const [header = '', claims = '', signature = ''] = good.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const flipped = (at: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return part(copy);
  };
  const changes: Record<string, unknown>[] = [
    { 'cognito:groups': ['admin'] },
    { sub: 'somebody-else' },
    { exp: NOW_SECONDS + 999_999 },
    { scope: 'admin' },
    { username: 'root' },
  ];
  const signatures: Record<string, string> = {
    zeros: part(Buffer.alloc(256)),
    ones: part(Buffer.alloc(256, 255)),
    'cut short': part(bytes.subarray(0, 255)),
    'one byte more': part(Buffer.concat([bytes, Buffer.alloc(1)])),
    'a zero before it': part(Buffer.concat([Buffer.alloc(1), bytes])),
    'twice itself': part(Buffer.concat([bytes, bytes])),
    'of another token': signedBy(pool, accessClaims({ sub: 'x' })).split('.')[2] ?? '',
    "a thief's": signedBy(thief, accessClaims()).split('.')[2] ?? '',
  };
  const tokens: Record<string, string> = Object.fromEntries([
    ...[0, 1, 64, 127, 128, 200, 254, 255].map((at) => [
      `byte ${at} of the signature`,
      `${header}.${claims}.${flipped(at)}`,
    ]),
    ...changes.map((change) => [
      `claim ${Object.keys(change).join()}`,
      `${header}.${part(accessClaims(change))}.${signature}`,
    ]),
    ...Object.entries(signatures).map(([what, text]) => [
      `signature ${what}`,
      `${header}.${claims}.${text}`,
    ]),
    [
      'header with one member more',
      `${part({ kid: pool.kid, alg: 'RS256', typ: 'JWT' })}.${claims}.${signature}`,
    ],
  ]);
  return Object.entries(tokens).map(([what, token]) => ({
    name: `J02 changed: ${what}`,
    token,
    reason: 'signature' as const,
  }));
}
