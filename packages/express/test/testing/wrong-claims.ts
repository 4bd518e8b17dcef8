import { label, type BadToken } from './bad-token.ts';
import {
  CLIENT_ID,
  ISSUER,
  NOW_SECONDS,
  accessClaims,
  idClaims,
  signedBy,
  withRaw,
  type Signer,
} from './forge.ts';

/** Tokens that the pool has truly signed, for another purpose, client, pool or time. */
export function wrongClaims(pool: Signer): readonly BadToken[] {
  return [...uses(pool), ...clients(pool), ...issuers(pool), ...times(pool), ...wrongTypes(pool)];
}

function uses(pool: Signer): BadToken[] {
  const unknown = [
    undefined,
    null,
    '',
    'refresh',
    'Access',
    'access ',
    ['access'],
    true,
    'session',
  ];
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
  const noText = [
    undefined,
    null,
    '',
    7,
    true,
    [CLIENT_ID],
    [CLIENT_ID, 'other'],
    { 0: CLIENT_ID },
  ];
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
  const noSeconds = [
    '1e400',
    '-1e400',
    '-1',
    '"4000000000"',
    'null',
    'true',
    '[]',
    '[4000000000]',
    '{}',
  ];
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
