import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../clients/client.ts';
import { clientId, poolId, sub } from '../ids.ts';
import type { Pool } from '../pools/pool.ts';
import type { User } from '../users/user.ts';
import { tokenClaims, type TokenFacts } from './claims.ts';
import { fixedClaims, type ClaimsOverride } from './claims-override.ts';

const at = { poolId: poolId('eu-1_a'), createdAtMs: 0, modifiedAtMs: 0 };
const facts: TokenFacts = {
  pool: { id: at.poolId, settings: { SchemaAttributes: [] } } as unknown as Pool,
  client: { id: clientId('c'), poolId: at.poolId, settings: {} } as unknown as Client,
  user: {
    poolId: at.poolId,
    sub: sub('s'),
    username: 'mara',
    attributes: { email: 'm@example.com', email_verified: 'true' },
  } as unknown as User,
  session: {
    id: 'session',
    poolId: at.poolId,
    clientId: clientId('c'),
    sub: sub('s'),
    authTimeMs: 1_000,
    eventId: 'event',
    scope: 'aws.cognito.signin.user.admin',
    expiresAtMs: 9_000_000,
  },
  groups: [
    { ...at, name: 'g1', roleArn: 'r1', precedence: 1 },
    { ...at, name: 'g2', roleArn: 'r2', precedence: 2 },
  ],
  issuer: 'https://pool.example/eu-1_a',
  nowMs: 61_000,
  jtis: { access: 'ja', id: 'ji' },
};

test('without an override, the tokens are unchanged, in the same order', () => {
  const { access, id } = tokenClaims(facts);
  assert.equal(
    JSON.stringify(access),
    '{"sub":"s","cognito:groups":["g1","g2"],"iss":"https://pool.example/eu-1_a","client_id":"c","origin_jti":"session",' +
      '"jti":"ja","event_id":"event","token_use":"access","scope":"aws.cognito.signin.user.admin","auth_time":1,"exp":3661,' +
      '"iat":61,"username":"mara"}',
  );
  assert.equal(
    JSON.stringify(id),
    '{"sub":"s","email":"m@example.com","email_verified":true,"cognito:groups":["g1","g2"],"cognito:roles":["r1","r2"],' +
      '"cognito:preferred_role":"r1","iss":"https://pool.example/eu-1_a","cognito:username":"mara","origin_jti":"session",' +
      '"jti":"ji","event_id":"event","aud":"c","token_use":"id","auth_time":1,"exp":3661,"iat":61}',
  );
});

/** What an override changes; undefined for a claim that is removed. */
const cases: Readonly<Record<string, [ClaimsOverride, { access?: object; id?: object }]>> = {
  'a claim of the ID token alone is added': [
    { id: { add: { tier: 'gold' } } },
    { id: { tier: 'gold' } },
  ],
  'a claim of the access token alone is added, of any type': [
    { access: { add: { limits: { a: [1, true] } } } },
    { access: { limits: { a: [1, true] } } },
  ],
  'a claim is overridden': [
    { id: { add: { email: 'x@example.com' } } },
    { id: { email: 'x@example.com' } },
  ],
  'a claim is suppressed': [{ id: { suppress: ['email'] } }, { id: { email: undefined } }],
  'suppression beats addition': [
    { id: { add: { email: 'x', tier: 'gold' }, suppress: ['email', 'tier'] } },
    { id: { email: undefined } },
  ],
  'a prototype is a claim like any other': [
    { id: { add: JSON.parse('{"__proto__":{"sub":"x"}}') as Record<string, unknown> } },
    { id: JSON.parse('{"__proto__":{"sub":"x"}}') as object },
  ],
  'other groups and roles, in both tokens': [
    { groups: { names: ['h'], roles: ['r3', 'r3'], preferredRole: 'r3' } },
    {
      access: { 'cognito:groups': ['h'] },
      id: { 'cognito:groups': ['h'], 'cognito:roles': ['r3'], 'cognito:preferred_role': 'r3' },
    },
  ],
  'no groups': [
    { groups: { names: [], roles: [] } },
    {
      access: { 'cognito:groups': undefined },
      id: {
        'cognito:groups': undefined,
        'cognito:roles': undefined,
        'cognito:preferred_role': undefined,
      },
    },
  ],
  'scopes are added and taken out': [
    { access: { addScopes: ['a/b', 'a/b'], suppressScopes: ['aws.cognito.signin.user.admin'] } },
    { access: { scope: 'a/b' } },
  ],
  'none of the service’s own scopes is added, and none that reads as several': [
    { access: { addScopes: ['aws.cognito.other', 'a b', '', 'a\taws.cognito.other'] } },
    {},
  ],
};

for (const [name, [override, change]] of Object.entries(cases)) {
  test(`override: ${name}`, () => {
    const before = tokenClaims(facts);
    const after = tokenClaims(facts, override);
    for (const use of ['access', 'id'] as const) {
      const all = [...Object.entries(before[use]), ...Object.entries(change[use] ?? {})];
      const wanted = Object.fromEntries(all);
      const kept = Object.entries(wanted).filter(([, value]) => value !== undefined);
      assert.deepEqual(Object.entries(after[use]), kept);
    }
  });
}

test('override: fixed claims are neither added, overridden nor suppressed', () => {
  for (const use of ['access', 'id'] as const) {
    const names = [...fixedClaims[use]];
    assert(
      ['sub', 'iss', 'exp', 'token_use', 'origin_jti', 'amr'].every((name) => names.includes(name)),
    );
    const add = Object.fromEntries(names.map((name) => [name, 'forged']));
    assert.deepEqual(tokenClaims(facts, { [use]: { add, suppress: names } }), tokenClaims(facts));
  }
});
