import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer } from './testing/open-server.ts';

test('sessions of a pool and of an app client are set as the file names them, and stay where it says nothing', async (t) => {
  const { call, apply } = await openServer(t);
  const UserPoolId = 'local_Sessions2';
  const ClientId = 'sessions';
  const declare = async (pool: string, client = '') => {
    const { pools } = await apply(`
pools:
  - id: ${UserPoolId}
    name: sessions
    ${pool}
    clients:
      - id: ${ClientId}
        name: app
        ${client}
`);
    return pools[0]?.result;
  };
  const shown = async () => [
    await call('GetUserPoolSessionConfiguration', { UserPoolId }),
    await call('GetUserPoolClientSessionConfiguration', { UserPoolId, ClientId }),
  ];
  const three = 'sessions: { UserSessionTracking: ENABLED, TokenSession: { MaxPerUser: 3 } }';
  const day = 'sessions: { SSOSession: { MaxValidityMinutes: 1440 } }';
  const both = [
    { UserPoolId, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 3 } },
    { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes: 1440 } },
  ];
  assert.equal(await declare(''), 'created');
  assert.equal(await declare(three, day), 'updated');
  assert.deepEqual(await shown(), both);
  assert.equal(await declare(three, day), 'kept');
  assert.equal(await declare(''), 'kept');
  assert.deepEqual(await shown(), both);
  for (const [pool, client, problem] of [
    [
      'sessions: { UserSessionTracking: ENABLED }',
      '',
      /pools\[0\]\.sessions is refused.*tokenSession/,
    ],
    ['sessions: { Tracking: ENABLED }', '', /pools\[0\]\.sessions/],
    ['sessions: { UserSessionTracking: ENABLED, TokenSession: { MaxPerUser: 0 } }', '', /refused/],
    [
      '',
      'sessions: { SSOSession: { MaxValidityMinutes: -1 } }',
      /clients\[0\]\.sessions is refused/,
    ],
  ] as const) {
    await assert.rejects(declare(pool, client), problem);
  }
  assert.deepEqual(await shown(), both);
});

test('the sign-in policy, remembered devices and names of levels are settings of the pool, also where it is there already', async (t) => {
  const { call, apply } = await openServer(t);
  const UserPoolId = 'local_Policy1';
  const declare = async (settings: string) => {
    const { pools } = await apply(`
pools:
  - id: ${UserPoolId}
    name: policy
    settings: { ${settings} }
`);
    return pools[0]?.result;
  };
  const shown = async () => (await call('DescribeUserPool', { UserPoolId })).UserPool;
  assert.equal(await declare(''), 'created');
  const policy =
    'Policies: { SignInPolicy: { AllowedFirstAuthFactors: [PASSWORD, EMAIL_OTP, WEB_AUTHN] } }';
  const devices =
    'DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true }';
  const levels = 'AcrConfiguration: { Level2: { AcrValue: urn:shop:code } }';
  assert.equal(await declare(`${policy}, ${devices}, ${levels}`), 'updated');
  const pool = await shown();
  assert.deepEqual(pool?.Policies?.SignInPolicy, {
    AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'],
  });
  assert.deepEqual(pool.DeviceConfiguration, {
    ChallengeRequiredOnNewDevice: true,
    DeviceOnlyRememberedOnUserPrompt: true,
  });
  assert.equal(pool.AcrConfiguration?.['Level2']?.AcrValue, 'urn:shop:code');
  assert.equal(await declare(`${policy}, ${devices}, ${levels}`), 'kept');
  assert.equal(await declare(''), 'kept');
  await assert.rejects(
    declare('Policies: { SignInPolicy: { AllowedFirstAuthFactors: [EMAIL_OTP] } }'),
    /Password should be configured/,
  );
});
