import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExplicitAuthFlowsType } from '@poolhouse/model';
import { readableAttributes, writableAttributes } from './attribute-permissions.ts';
import { allowsSrp, effectiveAuthFlows, mixesFlowNames } from './auth-flow-permissions.ts';
import { clientSettings, type ChangeableClientSettings } from './client-settings.ts';
import type { Client } from './client.ts';
import { newSchema } from '../pools/pool-schema.ts';
import type { Pool } from '../pools/pool.ts';
import { redirectUrlProblem } from './redirect-urls.ts';
import { tokenValidityProblem } from './token-validity.ts';

const clientOf = (given: ChangeableClientSettings) =>
  ({ settings: clientSettings(given) }) as Client;

const flows: readonly (readonly [ExplicitAuthFlowsType[] | undefined, string, boolean])[] = [
  [undefined, 'CUSTOM_AUTH REFRESH_TOKEN_AUTH USER_SRP_AUTH', true],
  [[], 'CUSTOM_AUTH REFRESH_TOKEN_AUTH USER_SRP_AUTH', true],
  [['ALLOW_USER_PASSWORD_AUTH'], 'USER_PASSWORD_AUTH', false],
  [['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], 'REFRESH_TOKEN_AUTH USER_AUTH', true],
  [
    ['ADMIN_NO_SRP_AUTH'],
    'ADMIN_USER_PASSWORD_AUTH CUSTOM_AUTH REFRESH_TOKEN_AUTH USER_SRP_AUTH',
    true,
  ],
  [['USER_PASSWORD_AUTH'], 'CUSTOM_AUTH REFRESH_TOKEN_AUTH USER_PASSWORD_AUTH USER_SRP_AUTH', true],
  [['CUSTOM_AUTH_FLOW_ONLY'], 'CUSTOM_AUTH REFRESH_TOKEN_AUTH', false],
];

for (const [given, effective, srp] of flows) {
  test(`${given?.join(', ') ?? 'no flows'} means ${effective}`, () => {
    const client = clientOf({ ExplicitAuthFlows: given });
    const names = [...effectiveAuthFlows(client)].map((flow) => flow.replace('ALLOW_', ''));
    assert.equal(names.sort().join(' '), effective);
    assert.equal(allowsSrp(client), srp);
  });
}

test('old and new flow names do not mix', () => {
  assert.equal(mixesFlowNames(['ADMIN_NO_SRP_AUTH', 'ALLOW_USER_SRP_AUTH']), true);
  assert.equal(mixesFlowNames(['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH']), false);
  assert.equal(mixesFlowNames(['ALLOW_USER_SRP_AUTH']), false);
  assert.equal(mixesFlowNames([]), false);
});

test('validities must be within their ranges', () => {
  const seconds = { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' } as const;
  const problem = (given: ChangeableClientSettings) =>
    tokenValidityProblem(clientOf({ TokenValidityUnits: seconds, ...given }));
  const refused = 'Invalid range for token validity.';
  assert.equal(problem({ AccessTokenValidity: 300, IdTokenValidity: 86_400 }), undefined);
  assert.equal(problem({ AccessTokenValidity: 299 }), refused);
  assert.equal(problem({ IdTokenValidity: 86_401 }), refused);
  assert.equal(problem({ RefreshTokenValidity: 3599 }), refused);
  assert.equal(problem({ RefreshTokenValidity: 3600 }), undefined);
  assert.equal(problem({ RefreshTokenValidity: 3650 * 86_400 }), undefined);
  assert.equal(problem({ RefreshTokenValidity: 3650 * 86_400 + 1 }), refused);
  const longer =
    'Access and Id Token expiration times must be less than or equal to refresh token expiration times.';
  assert.equal(problem({ RefreshTokenValidity: 3600, AccessTokenValidity: 3601 }), longer);
  assert.equal(problem({ RefreshTokenValidity: 7200, IdTokenValidity: 7201 }), longer);
  assert.equal(problem({ RefreshTokenValidity: 7200, IdTokenValidity: 7200 }), undefined);
  assert.equal(problem({ RefreshTokenValidity: 3599, AccessTokenValidity: 3601 }), refused);
});

test('clients read and write what they may', () => {
  const schema = newSchema([
    { Name: 'team', AttributeDataType: 'String' },
    { Name: 'note', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
  ]);
  assert(schema.ok);
  const pool = { settings: { SchemaAttributes: schema.attributes } } as Pool;
  const names = ['sub', 'email', 'email_verified', 'custom:team', 'dev:custom:note'];
  const open = clientOf({});
  const closed = clientOf({
    ReadAttributes: ['email_verified'],
    WriteAttributes: ['email', 'custom:team'],
  });
  assert.deepEqual(names.filter(readableAttributes(pool, open)), names.slice(0, 4));
  assert.deepEqual(names.filter(writableAttributes(pool, open)), ['email', 'custom:team']);
  assert.deepEqual(names.filter(readableAttributes(pool, closed)), ['sub', 'email_verified']);
  assert.deepEqual(names.filter(writableAttributes(pool, closed)), ['email', 'custom:team']);
  assert.equal(writableAttributes(pool, clientOf({ WriteAttributes: ['name'] }))('email'), false);
});

test('redirect URLs lead to applications over HTTPS, to this computer, or use their own scheme', () => {
  const good = [
    'https://example.com/callback?x=1',
    'https://example.com:8443',
    'http://localhost:3000/cb',
    'http://127.0.0.1/cb',
    'http://[::1]:5000/cb',
    'myapp://callback',
    'com.example.app:/oauth',
  ];
  const bad = [
    'http://example.com/cb',
    'http://localhost.example.com/cb',
    'HTTP://example.com',
    'https://example.com/#top',
    'https://example.com/#',
    'https://user@example.com/',
    'https://example.com\\@evil.example/',
    'https://example.com/\n',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '/callback',
    'example.com/callback',
    '',
  ];
  for (const url of good) assert.equal(redirectUrlProblem(url), undefined, url);
  for (const url of bad) assert.notEqual(redirectUrlProblem(url), undefined, url);
  assert.equal(
    redirectUrlProblem('http://example.com'),
    'http://example.com cannot use the HTTP protocol.',
  );
});
