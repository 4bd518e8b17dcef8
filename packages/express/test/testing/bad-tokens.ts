import { constants, generateKeyPairSync, sign } from 'node:crypto';
import type { RefusalReason } from '../../src/index.ts';
import {
  CLIENT_ID,
  ISSUER,
  NOW_SECONDS,
  accessClaims,
  hmac,
  idClaims,
  part,
  signedBy,
  signer,
  withRaw,
  withSignature,
  type Signer,
} from './forge.ts';

/** A token that nobody may get in with. */
export interface BadToken {
  /** The attack of security.md 2.6 and its variant. */
  readonly name: string;
  readonly token: string;
  readonly reason: RefusalReason;
  /** What the route asks for; `access` when left out. */
  readonly tokenUse?: 'id';
  /** aws-jwt-verify lets this one in; we do not. */
  readonly stricter?: true;
}

/** Every bad token, made with the pool's own key where the attack needs a true signature. */
export function badTokens(pool: Signer): readonly BadToken[] {
  const thief = signer('thief');
  return [
    ...withoutSignature(pool),
    ...keyConfusion(pool),
    ...otherAlgorithms(pool),
    ...headersWithKeys(pool, thief),
    ...keyIds(pool, thief),
    ...uses(pool),
    ...clients(pool),
    ...issuers(pool),
    ...times(pool),
    ...wrongTypes(pool),
    ...tampered(pool, thief),
    ...malformed(pool),
  ];
}

const label = (value: unknown): string => JSON.stringify(value)?.slice(0, 120) ?? 'absent';

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
      token: withSignature(
        { kid, alg: `HS${bits}` },
        accessClaims(),
        hmac(`sha${bits}`, secret),
      ),
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

function uses(pool: Signer): BadToken[] {
  const unknown = [undefined, null, '', 'refresh', 'Access', 'access ', ['access'], true, 'session'];
  return [
    { name: 'J05 ID token for access', token: signedBy(pool, idClaims()), reason: 'token-use' },
    {
      name: 'J05 ID token with a client_id for access',
      token: signedBy(pool, idClaims({ client_id: CLIENT_ID, scope: 'admin' })),
      reason: 'token-use',
    },
    {
      name: 'J05 access token for ID',
      token: signedBy(pool, accessClaims()),
      reason: 'token-use',
      tokenUse: 'id',
    },
    {
      name: 'J05 access token with an aud for ID',
      token: signedBy(pool, accessClaims({ aud: CLIENT_ID })),
      reason: 'token-use',
      tokenUse: 'id',
    },
    ...unknown.map((use) => ({
      name: `J05 token_use ${label(use)}`,
      token: signedBy(pool, accessClaims({ token_use: use })),
      reason: 'claims' as const,
    })),
  ];
}

function clients(pool: Signer): BadToken[] {
  const others = ['otherclient', `${CLIENT_ID}x`, CLIENT_ID.slice(1), CLIENT_ID.toUpperCase(), ' '];
  const noText = [undefined, null, '', 7, true, [CLIENT_ID], [CLIENT_ID, 'other'], { 0: CLIENT_ID }];
  return [
    ...others.flatMap((id) => [
      {
        name: `J07 client_id ${label(id)}`,
        token: signedBy(pool, accessClaims({ client_id: id })),
        reason: 'client' as const,
      },
      {
        name: `J07 aud ${label(id)}`,
        token: signedBy(pool, idClaims({ aud: id })),
        reason: 'client' as const,
        tokenUse: 'id' as const,
      },
    ]),
    ...noText.flatMap((id) => [
      {
        name: `J07 client_id ${label(id)}`,
        token: signedBy(pool, accessClaims({ client_id: id, aud: CLIENT_ID })),
        reason: 'claims' as const,
      },
      {
        name: `J07 aud ${label(id)}`,
        token: signedBy(pool, idClaims({ aud: id, client_id: CLIENT_ID })),
        reason: 'claims' as const,
        tokenUse: 'id' as const,
      },
    ]),
  ];
}

function issuers(pool: Signer): BadToken[] {
  const wrong = [
    undefined,
    null,
    '',
    7,
    [ISSUER],
    { iss: ISSUER },
    `${ISSUER}/`,
    ` ${ISSUER}`,
    `${ISSUER}#`,
    `${ISSUER}?`,
    `${ISSUER}0`,
    ISSUER.slice(0, -1),
    ISSUER.toLowerCase(),
    ISSUER.replace('https', 'http'),
    ISSUER.replace('https://', ''),
    ISSUER.replace('https://', 'https://thief@'),
    ISSUER.replace('us-east-1.', 'us-east-2.'),
    ISSUER.replace('amazonaws.com', 'amazonaws.com.thief.example'),
    ISSUER.replace('/us-east-1_', '//us-east-1_'),
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Foreign00',
    'https://thief.example',
    '__proto__',
  ];
  return wrong.map((iss) => ({
    name: `J07 iss ${label(iss)}`,
    token: signedBy(pool, accessClaims({ iss })),
    reason: 'issuer' as const,
  }));
}

function times(pool: Signer): BadToken[] {
  const past = [0, 1, NOW_SECONDS - 86_400, NOW_SECONDS - 1];
  const future = [NOW_SECONDS + 60, NOW_SECONDS + 86_400, 4_000_000_000];
  const noSeconds = ['1e400', '-1e400', '-1', '"4000000000"', 'null', 'true', '[]', '[4000000000]', '{}'];
  /** Numbers, but of no clock: the reference reads them as the end of time. */
  const strange = ['1e300', '4000000000000', '4000000000.5'];
  const raw = (name: string, text: string, stricter: boolean): BadToken => ({
    name: `J08 ${name} ${text}`,
    token: signedBy(pool, withRaw(accessClaims(), name, text)),
    reason: 'claims',
    ...(stricter && { stricter: true }),
  });
  return [
    ...past.map((exp) => ({
      name: `J08 exp ${exp - NOW_SECONDS} s from now`,
      token: signedBy(pool, accessClaims({ exp })),
      reason: 'expired' as const,
    })),
    ...future.flatMap((time) => [
      {
        name: `J08 nbf ${time - NOW_SECONDS} s from now`,
        token: signedBy(pool, accessClaims({ nbf: time, exp: time + 60 })),
        reason: 'not-yet-valid' as const,
      },
      {
        name: `J08 iat ${time - NOW_SECONDS} s from now`,
        token: signedBy(pool, accessClaims({ iat: time, exp: time + 60 })),
        reason: 'not-yet-valid' as const,
        stricter: true as const,
      },
    ]),
    ...noSeconds.flatMap((text) => [
      raw('exp', text, false),
      raw('iat', text, text === '-1'),
      raw('nbf', text, text === '-1'),
    ]),
    ...strange.flatMap((text) => [raw('exp', text, true), raw('iat', text, true)]),
    {
      name: 'J08 exp absent',
      token: signedBy(pool, accessClaims({ exp: undefined })),
      reason: 'claims',
      stricter: true,
    },
    {
      name: 'J08 iat absent',
      token: signedBy(pool, accessClaims({ iat: undefined })),
      reason: 'claims',
      stricter: true,
    },
    {
      name: 'J08 expired ID token',
      token: signedBy(pool, idClaims({ exp: NOW_SECONDS - 1 })),
      reason: 'expired',
      tokenUse: 'id',
    },
  ];
}

function wrongTypes(pool: Signer): BadToken[] {
  const wrong: readonly (readonly [string, readonly unknown[], boolean])[] = [
    ['sub', [null, 7, ['ann'], {}], false],
    ['sub', [undefined, ''], true],
    ['cognito:groups', ['admin', { admin: true }, ['admin', 7], [['admin']], null], true],
    ['cognito:roles', ['admin', [7], null], true],
    ['scope', [['admin'], {}, 7, null], false],
    ['username', [7, ['ann'], null], true],
  ];
  return wrong.flatMap(([claim, values, stricter]) =>
    values.map((value) => ({
      name: `J14 ${claim} ${label(value)}`,
      token: signedBy(pool, accessClaims({ [claim]: value })),
      reason: 'claims' as const,
      ...(stricter && { stricter: true as const }),
    })),
  );
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
    ['header with one member more', `${part({ kid: pool.kid, alg: 'RS256', typ: 'JWT' })}.${claims}.${signature}`],
  ]);
  return Object.entries(tokens).map(([what, token]) => ({
    name: `J02 changed: ${what}`,
    token,
    reason: 'signature' as const,
  }));
}

function malformed(pool: Signer): BadToken[] {
  const good = signedBy(pool, accessClaims());
  const [header = '', claims = '', signature = ''] = good.split('.');
  const notObjects = ['[]', '"text"', '7', 'null', 'true', '', '{', '{"a":1}}', "{'a':1}", '\u0000'];
  /** Other spellings of the same bytes, which a lenient decoder takes for the same token. */
  const spellings: Record<string, string> = {
    'padding after the signature': `${good}==`,
    'padding after the header': `${header}=.${claims}.${signature}`,
    'last character of the signature': good.slice(0, -1) + nextCharacter(good),
  };
  const tokens: Record<string, string> = {
    'one dot': '.',
    'two dots': '..',
    'three dots': '...',
    'one part': header,
    'two parts': `${header}.${claims}`,
    'no signature': `${header}.${claims}.`,
    'no header': `.${claims}.${signature}`,
    'no claims': `${header}..${signature}`,
    'a fourth part': `${good}.${signature}`,
    'an empty fourth part': `${good}.`,
    'an empty first part': `.${good}`,
    'header twice': `${header}.${header}.${claims}.${signature}`,
    'claims twice': `${header}.${claims}.${claims}.${signature}`,
    'the token twice': `${good}.${good}`,
    'the token twice, with a comma': `${good},${good}`,
    'the token twice, with a space': `${good} ${good}`,
    'parts in another order': `${claims}.${header}.${signature}`,
    'a JWE': [part({ alg: 'RSA-OAEP', enc: 'A256GCM' }), 'a', 'b', 'c', 'd'].join('.'),
    'a JWE with our header': [header, 'a', 'b', 'c', 'd'].join('.'),
    '100,000 dots': '.'.repeat(100_000),
    '10,000 dots': '.'.repeat(10_000),
    '1 MB of a': 'a'.repeat(1_048_576),
    '1 MB of claims': signedBy(pool, accessClaims({ filler: 'a'.repeat(750_000) })),
    '17 KB of claims': signedBy(pool, accessClaims({ filler: 'a'.repeat(12_500) })),
    '1 MB of signature': `${header}.${claims}.${'A'.repeat(1_048_576)}`,
    '6,000 arrays': `${header}.${part('['.repeat(6_000))}.${signature}`,
    'a space inside': `${header}. ${claims}.${signature}`,
    'a tab inside': `${header}\t.${claims}.${signature}`,
    'a line end inside': `${header}.${claims}\n.${signature}`,
    'a space after it': `${good} `,
    'a line end after it': `${good}\r\n`,
    'a NUL after it': `${good}\u0000`,
    'a byte order mark before it': `\ufeff${good}`,
    'a letter of Unicode': `${good}\u0430`,
    'a lone surrogate': `${good}\ud800`,
    quotes: `"${good}"`,
    'the scheme twice': `Bearer ${good}`,
    'percent signs': encodeURIComponent(good).replaceAll('.', '%2E'),
    'the base64 alphabet': `${header}.${claims}.${signature}`.replaceAll('_', '/').replaceAll('-', '+'),
    'words instead': 'undefined',
    'JSON instead': '{"alg":"RS256"}',
  };
  const bad = (what: string, token: string, stricter = false): BadToken => ({
    name: `J13 ${what}`,
    token,
    reason: 'malformed',
    ...(stricter && { stricter: true }),
  });
  return [
    ...Object.entries(tokens).map(([what, token]) => bad(what, token, what === '17 KB of claims' || what === '1 MB of claims')),
    ...Object.entries(spellings).map(([what, token]) =>
      bad(what, token, what !== 'padding after the header'),
    ),
    ...notObjects.flatMap((text) => [
      bad(`header ${label(text)}`, signedBy(pool, accessClaims(), text)),
      bad(`claims ${label(text)}`, signedBy(pool, text)),
    ]),
  ];
}

/** The last of 342 characters carries two bits of the signature: the next character says the same to a lenient decoder. */
function nextCharacter(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(token.slice(-1)) + 1] ?? 'A';
}
