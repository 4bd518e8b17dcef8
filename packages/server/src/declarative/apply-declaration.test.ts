import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientId, poolId, Failure } from '@poolhouse/core';
import { openServer } from './testing/open-server.ts';
import { applyDeclaration } from './apply-declaration.ts';
import { parseDeclaration, readDeclaration } from './read-declaration.ts';

const repositoryFile = new URL('../../../../poolhouse.yaml', import.meta.url).pathname;

test("the repository's own file creates the tutorial’s pool, with an administrator who can sign in", async (t) => {
  const { server, call } = await openServer(t);
  const first = await applyDeclaration(server, readDeclaration(repositoryFile));
  const [pool] = first.pools;
  assert(pool);
  const [client] = pool.clients;
  assert(client);
  assert.deepEqual([pool.id, pool.result], ['ph-local-1_Poolhouse1', 'created']);
  assert.match(client.id, /^[0-9a-z]{26}$/);

  const { UserPool } = await call('DescribeUserPool', { UserPoolId: pool.id });
  assert.deepEqual(UserPool?.AliasAttributes, ['email', 'preferred_username']);
  assert.equal(UserPool.UsernameConfiguration?.CaseSensitive, false);
  assert.equal(UserPool.VerificationMessageTemplate?.DefaultEmailOption, 'CONFIRM_WITH_LINK');
  assert.equal(UserPool.Policies?.PasswordPolicy?.RequireSymbols, true);
  const { UserPoolClient } = await call('DescribeUserPoolClient', {
    UserPoolId: pool.id,
    ClientId: client.id,
  });
  assert.equal(UserPoolClient?.ClientSecret, undefined);
  assert.equal(UserPoolClient?.PreventUserExistenceErrors, 'ENABLED');
  const { Groups } = await call('ListGroups', { UserPoolId: pool.id });
  assert.deepEqual(
    Groups?.map(({ GroupName, Precedence, RoleArn }) => [GroupName, Precedence, RoleArn]),
    [
      ['admin', 1, 'arn:aws:iam::000000000000:role/poolhouse-admin'],
      ['member', 10, 'arn:aws:iam::000000000000:role/poolhouse-member'],
    ],
  );

  const [admin] = first.newUsers;
  assert.equal(admin?.username, 'admin');
  assert(admin.temporaryPassword && admin.temporaryPassword.length >= 16);
  const answer = await call('InitiateAuth', {
    ClientId: client.id,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'Admin@example.com', PASSWORD: admin.temporaryPassword },
  });
  assert.equal(answer.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const { Groups: own } = await call('AdminListGroupsForUser', {
    UserPoolId: pool.id,
    Username: 'admin',
  });
  assert.deepEqual(
    own?.map(({ GroupName }) => GroupName),
    ['admin'],
  );
  assert.equal((await server.storage.stores.outbox.list({ limit: 10 })).length, 0);

  const before = await server.storage.stores.users.byName(poolId(pool.id), 'admin');
  const second = await applyDeclaration(server, readDeclaration(repositoryFile));
  assert.deepEqual(second.newUsers, []);
  assert.deepEqual(second.pools, [{ ...pool, result: 'kept' }]);
  assert.deepEqual(await server.storage.stores.users.byName(poolId(pool.id), 'admin'), before);
});

const small = (settings = '', client = '', user = '') => `
pools:
  - name: shop
    region: eu-west-1
    settings: {${settings}}
    clients: [{ name: web, settings: {${client}} }]
    groups: [{ name: staff, description: Staff }]
    users: [{ username: mara, attributes: { given_name: Mara }, groups: [staff]${user} }]
`;

test('what the file names is restored, what it omits is left alone, and nothing is deleted', async (t) => {
  const { call, apply, server } = await openServer(t);
  const made = await apply(small());
  const UserPoolId = made.pools[0]?.id ?? '';
  const ClientId = made.pools[0]?.clients[0]?.id ?? '';
  assert.match(UserPoolId, /^eu-west-1_[0-9A-Za-z]{9}$/);
  await call('UpdateUserPool', {
    UserPoolId,
    MfaConfiguration: 'OFF',
    UserPoolTags: { kept: 'yes' },
  });
  await call('UpdateUserPoolClient', { UserPoolId, ClientId, AccessTokenValidity: 2 });
  await call('CreateGroup', { UserPoolId, GroupName: 'other' });
  await call('AdminRemoveUserFromGroup', { UserPoolId, Username: 'mara', GroupName: 'staff' });

  const policy = 'Policies: { PasswordPolicy: { MinimumLength: 12 } }, ';
  const mail = 'VerificationMessageTemplate: { EmailSubject: Hello }, ';
  const schema = 'Schema: [{ Name: team, AttributeDataType: String }]';
  const changed = small(policy + mail + schema, 'IdTokenValidity: 3').replace(
    'Staff }',
    'Our staff }',
  );
  const updated = await apply(changed);
  assert.deepEqual([updated.pools[0]?.id, updated.pools[0]?.result], [UserPoolId, 'updated']);
  assert.deepEqual(updated.newUsers, []);
  const { UserPool } = await call('DescribeUserPool', { UserPoolId });
  assert.equal(UserPool?.Policies?.PasswordPolicy?.MinimumLength, 12);
  assert.deepEqual(UserPool.UserPoolTags, { kept: 'yes' });
  assert.equal(UserPool.VerificationMessageTemplate?.EmailSubject, 'Hello');
  assert(UserPool.SchemaAttributes?.some(({ Name }) => Name === 'custom:team'));
  const client = await server.storage.stores.clients.get(clientId(ClientId));
  assert.deepEqual(
    [client?.settings.AccessTokenValidity, client?.settings.IdTokenValidity],
    [2, 3],
  );
  const groups = await call('ListGroups', { UserPoolId });
  assert.deepEqual(
    groups.Groups?.map(({ GroupName, Description }) => [GroupName, Description]),
    [
      ['other', undefined],
      ['staff', 'Our staff'],
    ],
  );
  const own = await call('AdminListGroupsForUser', { UserPoolId, Username: 'mara' });
  assert.deepEqual(own.Groups, []);
  assert.equal((await apply(changed)).pools[0]?.result, 'kept');
});

test('a given password is not printed; a permanent one need not be changed', async (t) => {
  const { apply, call } = await openServer(t);
  const { newUsers, pools } = await apply(
    small('', 'ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]', ', password: Correct-horse-1'),
  );
  assert.deepEqual(newUsers, [{ poolId: pools[0]?.id, poolName: 'shop', username: 'mara' }]);
  const answer = await call('InitiateAuth', {
    ClientId: pools[0]?.clients[0]?.id ?? '',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'mara', PASSWORD: 'Correct-horse-1' },
  });
  assert(answer.AuthenticationResult?.AccessToken);
  await apply(small('', '', ', password: Another-horse-2'));
  await assert.rejects(
    call('InitiateAuth', {
      ClientId: pools[0]?.clients[0]?.id ?? '',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'mara', PASSWORD: 'Another-horse-2' },
    }),
    Failure,
  );
});

const wrong: readonly (readonly [source: string, message: RegExp])[] = [
  ['pools: [', /^poolhouse\.yaml:1 is not YAML: .*Correct this line/],
  ['a: 1\na: 2', /^poolhouse\.yaml:2 is not YAML: Map keys must be unique/],
  ['pools: 3', /^poolhouse\.yaml:1 pools must be a list of pools/],
  ['pool: []', /^poolhouse\.yaml:1 pools is missing\. Add it\./],
  ['pools:\n  - nam: x', /^poolhouse\.yaml:2 pools\[0\]\.name is missing/],
  [
    'pools:\n  - name: x\n    Policies: {}',
    /^poolhouse\.yaml:2 pools\[0\] must not have Policies\./,
  ],
  ['pools:\n  - name: x\n    id: nope', /^poolhouse\.yaml:3 pools\[0\]\.id must be <region>_/],
  [
    'pools:\n  - name: x\n    id: a_b\n    region: c',
    /pools\[0\]\.region is in a different region/,
  ],
  [
    'pools:\n  - name: x\n    users: [{ username: 42 }]',
    /^poolhouse\.yaml:3 pools\[0\]\.users\[0\]\.username must be a text: put it in quotes/,
  ],
  [
    'pools:\n  - name: x\n    users: [{ username: a, password: b, temporaryPassword: c }]',
    /users\[0\] has both a password and a temporaryPassword/,
  ],
  [
    'pools:\n  - name: x\n    groups: [{ name: a, precedence: 1.5 }]',
    /precedence must be a whole number/,
  ],
];

for (const [source, message] of wrong) {
  test(`refuses ${JSON.stringify(source)}`, () => {
    assert.throws(() => parseDeclaration(source, 'poolhouse.yaml'), {
      name: 'ConfigError',
      message,
    });
  });
}

const refused: readonly (readonly [source: string, message: RegExp])[] = [
  [
    small('Polices: {}'),
    /^poolhouse\.yaml:5 pools\[0\]\.settings\.Polices is not a setting of the API/,
  ],
  [
    small('Policies: { PasswordPolicy: { MinLength: 8 } }'),
    /settings\.Policies\.PasswordPolicy\.MinLength is not a setting of the API/,
  ],
  [
    small('MfaConfiguration: MAYBE'),
    /^poolhouse\.yaml:5 pools\[0\]\.settings is refused: .*mfaConfiguration/,
  ],
  [
    small('', 'ExplicitAuthFlows: [NONE]'),
    /^poolhouse\.yaml:6 pools\[0\]\.clients\[0\]\.settings is refused/,
  ],
  [small('', '', ', email: nobody'), /^poolhouse\.yaml:8 pools\[0\]\.users\[0\] is refused/],
  [small().replace('[staff]', '[nobody]'), /users\[0\]\.groups\[0\] is refused/],
  ...['password', 'temporaryPassword'].map(
    (member) =>
      [
        small('', '', `, ${member}: "Correct-horse-1 "`),
        /users\[0\].* is refused: .*pattern: \^\[\\S\]\+\.\*\[\\S\]\+\$/,
      ] as const,
  ),
];

for (const [source, message] of refused) {
  test(`the API refuses ${JSON.stringify(source.slice(20, 90))}`, async (t) => {
    const { apply } = await openServer(t);
    await assert.rejects(apply(source), { name: 'ConfigError', message });
  });
}

test('settings that can never change are reported, not ignored', async (t) => {
  const { apply } = await openServer(t);
  const attribute = 'Schema: [{ Name: team, AttributeDataType: String, Mutable: false }]';
  await apply(small(attribute));
  const cases: readonly (readonly [string, RegExp])[] = [
    [
      small('AliasAttributes: [email]'),
      /settings\.AliasAttributes differs from the pool eu-west-1_/,
    ],
    [
      small(attribute.replace('false', 'true')),
      /settings\.Schema\[0\] differs from the attribute custom:team/,
    ],
    [
      small().replace(
        'pools:',
        'pools:\n  - { name: other, id: local_Other, clients: [{ name: a, id: b }] }\n  - { name: third, id: local_Third, clients: [{ name: a, id: b }] }',
      ),
      /pools\[1\]\.clients\[0\]\.id is an app client of another pool/,
    ],
  ];
  for (const [source, message] of cases) {
    await assert.rejects(apply(source), { name: 'ConfigError', message });
  }
});

test('a missing file is named', () => {
  assert.throws(() => readDeclaration('/nowhere/poolhouse.yaml'), {
    name: 'ConfigError',
    message: /POOLHOUSE_DECLARATION names the file .*ENOENT/,
  });
});

test('second factors are set as the file names them, also where a pool is there already', async (t) => {
  const { call, apply } = await openServer(t);
  const UserPoolId = 'local_Factors1';
  const declare = async (mfa: string, settings = '') => {
    const { pools } = await apply(`
pools:
  - id: ${UserPoolId}
    name: factors
    settings: { ${settings} }
    mfa: ${mfa}
`);
    return pools[0]?.result;
  };
  const shown = () => call('GetUserPoolMfaConfig', { UserPoolId });
  const application =
    '{ MfaConfiguration: OPTIONAL, SoftwareTokenMfaConfiguration: { Enabled: true } }';
  assert.equal(await declare(application), 'created');
  const optional = {
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  };
  assert.deepEqual(await shown(), optional);
  assert.equal(await declare(application), 'kept');
  // Other settings change without them.
  assert.equal(await declare(application, "UserPoolTags: { of: 'test' }"), 'updated');
  assert.deepEqual(await shown(), optional);
  assert.equal(await declare('{ MfaConfiguration: OFF }'), 'updated');
  assert.deepEqual(await shown(), { MfaConfiguration: 'OFF' });
  await assert.rejects(declare('{ MfaConfiguration: ON }'), /poolhouse.yaml:6 .*mfa.*is refused/);
  await assert.rejects(declare('{ Sms: {} }'), /is not a setting of the API/);
  const twice = declare(application, 'MfaConfiguration: OFF');
  await assert.rejects(twice, /MfaConfiguration stands in mfa already/);
});

test('a data folder keeps a pool that it has under a former id, and start-up says so', async (t) => {
  const { apply, server } = await openServer(t);
  const source = (ids: string) =>
    `pools: [{ ${ids}, name: shop, settings: {}, clients: [{ id: 7formerclient0000000000000, name: web, settings: {} }] }]`;
  const before = await apply(source('id: local_Former001'));
  assert.equal(before.pools[0]?.result, 'created');
  const moved = await apply(source('id: ph-local-1_Former001, formerId: local_Former001'));
  assert.deepEqual(moved.pools, [
    { ...before.pools[0], result: 'kept', wantedId: 'ph-local-1_Former001' },
  ]);
  assert.equal(await server.storage.stores.pools.get(poolId('ph-local-1_Former001')), undefined);
});

test('a pool without region or id is found in the region that was the default when it was created', async (t) => {
  const { apply } = await openServer(t);
  const former = await apply('pools: [{ name: shop, region: local, settings: {} }]');
  const again = await apply('pools: [{ name: shop, settings: {} }]');
  assert.deepEqual(again.pools, [{ ...former.pools[0], result: 'kept' }]);
  const fresh = await apply('pools: [{ name: other, settings: {} }]');
  assert.match(fresh.pools[0]?.id ?? '', /^ph-local-1_/);
});
