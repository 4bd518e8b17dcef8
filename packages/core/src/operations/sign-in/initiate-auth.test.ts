import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { groupPrime } from '../../crypto/srp/srp-group.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { signInBySrp } from '../../testing/srp-client.ts';

type Input = InputOf<'InitiateAuth'>;

const claimsOf = (token: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from((token ?? '').split('.')[1] ?? '', 'base64url').toString('utf8'));

async function withUser(
  harness: Harness,
  pool: Parameters<Harness['makePool']>[0] = {},
  client: Parameters<Harness['makePool']>[1] = {},
) {
  const made = await harness.makePool(pool, client);
  const { UserPoolId } = made;
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'mara',
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: 'mara@example.com' },
      { Name: 'email_verified', Value: 'true' },
      { Name: 'given_name', Value: 'Mara' },
    ],
  });
  await harness.call('AdminSetUserPassword', {
    UserPoolId,
    Username: 'mara',
    Password: 'Right-1234',
    Permanent: true,
  });
  const signIn = (PASSWORD = 'Right-1234', USERNAME = 'mara') =>
    harness.call('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD },
    });
  return { ...made, signIn };
}

test('InitiateAuth answers tokens in the shape that clients expect', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, signIn } = await withUser(harness);
  for (const [GroupName, Precedence, role] of [
    ['readers', 20, 'reader'],
    ['admins', 1, 'admin'],
    ['guests', undefined, undefined],
  ] as const) {
    const RoleArn = role && `arn:aws:iam::123456789012:role/${role}`;
    await harness.call('CreateGroup', { UserPoolId, GroupName, Precedence, RoleArn });
    await harness.call('AdminAddUserToGroup', { UserPoolId, GroupName, Username: 'mara' });
  }
  const answer = await signIn();
  assert.deepEqual(Object.keys(answer).sort(), ['AuthenticationResult', 'ChallengeParameters']);
  assert.deepEqual({ ...answer.ChallengeParameters }, {});
  const tokens = answer.AuthenticationResult ?? {};
  assert.deepEqual(Object.keys(tokens).sort(), [
    'AccessToken',
    'ExpiresIn',
    'IdToken',
    'RefreshToken',
    'TokenType',
  ]);
  assert.equal(tokens.ExpiresIn, 3600);
  assert.equal(tokens.TokenType, 'Bearer');
  assert.equal(tokens.RefreshToken?.split('.').length, 5);
  const header = JSON.parse(
    Buffer.from(tokens.IdToken?.split('.')[0] ?? '', 'base64url').toString(),
  ) as object;
  assert.deepEqual(Object.keys(header).sort(), ['alg', 'kid']);

  const nowSeconds = harness.world.clock.nowMs() / 1000;
  const id = claimsOf(tokens.IdToken);
  const access = claimsOf(tokens.AccessToken);
  const { sub, origin_jti, event_id } = id;
  assert.deepEqual(
    { ...id, jti: 'its own' },
    {
      sub,
      email: 'mara@example.com',
      email_verified: true,
      given_name: 'Mara',
      'cognito:groups': ['admins', 'readers', 'guests'],
      'cognito:roles': [
        'arn:aws:iam::123456789012:role/admin',
        'arn:aws:iam::123456789012:role/reader',
      ],
      'cognito:preferred_role': 'arn:aws:iam::123456789012:role/admin',
      iss: `http://localhost:8400/${UserPoolId}`,
      'cognito:username': 'mara',
      origin_jti,
      jti: 'its own',
      aud: ClientId,
      event_id,
      token_use: 'id',
      auth_time: nowSeconds,
      acr: 'urn:cognito:loa:1',
      amr: ['pwd'],
      exp: nowSeconds + 3600,
      iat: nowSeconds,
    },
  );
  assert.deepEqual(
    { ...access, jti: 'its own' },
    {
      sub,
      'cognito:groups': ['admins', 'readers', 'guests'],
      iss: `http://localhost:8400/${UserPoolId}`,
      client_id: ClientId,
      origin_jti,
      jti: 'its own',
      event_id,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: nowSeconds,
      acr: 'urn:cognito:loa:1',
      amr: ['pwd'],
      exp: nowSeconds + 3600,
      iat: nowSeconds,
      username: 'mara',
    },
  );
  assert.notEqual(id['jti'], access['jti']);
});

test('client settings shape the tokens', async (t) => {
  const harness = await openHarness(t);
  const { signIn, UserPoolId } = await withUser(
    harness,
    { IssuerConfiguration: { Type: 'ORIGINAL' } },
    {
      AccessTokenValidity: 10,
      IdTokenValidity: 1,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'days' },
      ReadAttributes: ['email'],
      EnableTokenRevocation: false,
    },
  );
  const { AuthenticationResult } = await signIn();
  const id = claimsOf(AuthenticationResult?.IdToken);
  const access = claimsOf(AuthenticationResult?.AccessToken);
  assert.equal(AuthenticationResult?.ExpiresIn, 600);
  assert.equal(Number(access['exp']) - Number(access['iat']), 600);
  assert.equal(Number(id['exp']) - Number(id['iat']), 86_400);
  assert.equal(id['email'], 'mara@example.com');
  for (const absent of ['given_name', 'origin_jti', 'jti', 'cognito:groups', 'cognito:roles']) {
    assert.ok(!(absent in id), absent);
    assert.ok(!(absent in access), absent);
  }
  assert.equal(id['iss'], `https://cognito-idp.eu-west-1.amazonaws.com/${UserPoolId}`);
  // Without ids to revoke, a global sign-out still ends the token at our own API.
  const AccessToken = AuthenticationResult?.AccessToken ?? '';
  await harness.call('GetUser', { AccessToken });
  await harness.call('GlobalSignOut', { AccessToken });
  await harness.refuses(
    'GetUser',
    { AccessToken },
    'NotAuthorizedException',
    'Access Token has been revoked',
  );
});

test('requests that are refused, with the texts of the service', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, UserPoolId } = await withUser(harness);
  const hiding = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'hiding',
    PreventUserExistenceErrors: 'ENABLED',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH'],
  });
  const Hiding = hiding.UserPoolClient?.ClientId ?? '';
  const byPassword = (
    parameters: Record<string, string>,
    client = ClientId,
    AuthFlow: Input['AuthFlow'] = 'USER_PASSWORD_AUTH',
  ): Input => ({ ClientId: client, AuthFlow, AuthParameters: parameters });
  const right = { USERNAME: 'mara', PASSWORD: 'Right-1234' };
  const incorrect = 'Incorrect username or password.';
  // prettier-ignore
  const cases: readonly [Input, string, string][] = [
    [byPassword({ ...right, PASSWORD: 'Wrong-1234' }), 'NotAuthorizedException', incorrect],
    [byPassword({ ...right, USERNAME: 'Mara' }), 'UserNotFoundException', 'User does not exist.'],
    [byPassword({ ...right, USERNAME: 'no' }), 'UserNotFoundException', 'User does not exist.'],
    [byPassword({ ...right, USERNAME: 'no' }, Hiding), 'NotAuthorizedException', incorrect],
    [byPassword({ ...right, SECRET_HASH: 'x' }), 'NotAuthorizedException', `Unable to verify secret hash for client ${ClientId}`],
    [byPassword({ PASSWORD: 'x' }), 'InvalidParameterException', 'Missing required parameter USERNAME'],
    [byPassword({ USERNAME: 'mara' }), 'InvalidParameterException', 'Missing required parameter PASSWORD'],
    [byPassword({ USERNAME: 'mara' }, ClientId, 'USER_SRP_AUTH'), 'InvalidParameterException', 'Missing required parameter SRP_A'],
    [byPassword({}, ClientId, 'REFRESH_TOKEN_AUTH'), 'InvalidParameterException', 'Missing required parameter REFRESH_TOKEN'],
    [byPassword({ REFRESH_TOKEN: 'x' }, ClientId, 'REFRESH_TOKEN'), 'NotAuthorizedException', 'Invalid Refresh Token'],
    [byPassword(right, ClientId, 'ADMIN_USER_PASSWORD_AUTH'), 'InvalidParameterException', 'Initiate Auth method not supported.'],
    [byPassword(right, ClientId, 'ADMIN_NO_SRP_AUTH'), 'InvalidParameterException', 'Initiate Auth method not supported.'],
    [byPassword(right, ClientId, 'USER_AUTH'), 'InvalidParameterException', 'USER_AUTH flow not enabled for this client'],
    [byPassword({ ...right, PREFERRED_CHALLENGE: 'MFA_SETUP' }, Hiding, 'USER_AUTH'), 'InvalidParameterException', 'Selected challenge is not available'],
    [byPassword(right, Hiding, 'REFRESH_TOKEN_AUTH'), 'InvalidParameterException', 'REFRESH_TOKEN_AUTH flow not enabled for this client'],
    [byPassword(right, 'nosuchclient'), 'ResourceNotFoundException', 'User pool client nosuchclient does not exist.'],
  ];
  for (const [input, code, message] of cases) {
    await t.test(`${input.AuthFlow}: ${message}`, () =>
      harness.refuses('InitiateAuth', input, code, message),
    );
  }
  const modulus = groupPrime;
  for (const SRP_A of [
    '0',
    '00',
    modulus.toString(16),
    (2n * modulus).toString(16),
    '-1',
    'xyz',
    'f'.repeat(900),
  ]) {
    await t.test(`SRP_A ${SRP_A.slice(0, 8)}`, () =>
      harness.refuses(
        'InitiateAuth',
        byPassword({ USERNAME: 'mara', SRP_A }, ClientId, 'USER_SRP_AUTH'),
        'InvalidParameterException',
      ),
    );
  }
});

test('names that lead to the user', async (t) => {
  const harness = await openHarness(t);
  const { signIn } = await withUser(harness, {
    AliasAttributes: ['email', 'preferred_username'],
    UsernameConfiguration: { CaseSensitive: false },
  });
  for (const name of ['mara', 'MARA', 'mara@example.com', 'Mara@Example.com']) {
    assert.ok((await signIn('Right-1234', name)).AuthenticationResult, name);
  }
});

test('an administrator starts only the flows that are for administrators', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, UserPoolId } = await withUser(
    harness,
    {},
    {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    },
  );
  const AuthParameters = { USERNAME: 'mara', PASSWORD: 'Right-1234' };
  const refuses = (AuthFlow: Input['AuthFlow'], message: string) =>
    harness.refuses(
      'AdminInitiateAuth',
      { UserPoolId, ClientId, AuthFlow, AuthParameters },
      'InvalidParameterException',
      message,
    );
  await refuses('USER_PASSWORD_AUTH', 'Initiate Auth method not supported.');
  await refuses('ADMIN_USER_PASSWORD_AUTH', 'Auth flow not enabled for this client');
  await harness.refuses(
    'AdminInitiateAuth',
    { UserPoolId: 'eu-west-1_missing00', ClientId, AuthFlow: 'ADMIN_NO_SRP_AUTH', AuthParameters },
    'ResourceNotFoundException',
    'User pool eu-west-1_missing00 does not exist.',
  );
});

test('failures lock for 2^(n-5) seconds, on every path, and a success forgets them', async (t) => {
  const harness = await openHarness(t);
  const { signIn, UserPoolId, ClientId } = await withUser(harness);
  const code = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'in',
      (error: Error) => error.message,
    );
  const wrong = () => code(signIn('Wrong-1234'));
  const srp = (password: string) =>
    code(signInBySrp(harness, { UserPoolId, ClientId, username: 'mara', password }));
  const incorrect = 'Incorrect username or password.';
  for (let failures = 1; failures <= 5; failures += 1) {
    assert.equal(await (failures % 2 ? wrong() : srp('Wrong-1234')), incorrect);
  }
  assert.equal(await code(signIn()), 'Password attempts exceeded');
  assert.equal(await srp('Right-1234'), 'Password attempts exceeded');
  harness.advance(999);
  assert.equal(await code(signIn()), 'Password attempts exceeded');
  harness.advance(1);
  assert.equal(await wrong(), incorrect); // the sixth: two seconds
  harness.advance(1_999);
  assert.equal(await code(signIn()), 'Password attempts exceeded');
  harness.advance(1);
  assert.equal(await code(signIn()), 'in');
  for (let failures = 1; failures <= 4; failures += 1) assert.equal(await wrong(), incorrect);
  assert.equal(await srp('Right-1234'), 'in');
  for (let failures = 1; failures <= 4; failures += 1) assert.equal(await wrong(), incorrect);
  harness.advance(15 * 60_000);
  assert.equal(await wrong(), incorrect);
  assert.equal(await code(signIn()), 'in');
});

test('sixty parallel attempts are five evaluated ones', async (t) => {
  let checked = 0;
  const hasher = {
    hash: async (password: string) => `h:${password}`,
    verify: async (phc: string, password: string) => {
      checked += 1;
      return phc === `h:${password}`;
    },
    verifyImported: async () => false,
    verifyDecoy: async () => false as const,
  };
  const harness = await openHarness(t, { hasher });
  const { signIn } = await withUser(harness);
  checked = 0;
  const attempts = Array.from({ length: 60 }, (_, n) => signIn(`Wrong-${n}`).catch(() => 0));
  await Promise.all(attempts);
  assert.equal(checked, 5);
});

test('an unknown user costs a hash as well', async (t) => {
  let spent = 0;
  const hasher = {
    hash: async (password: string) => `h:${password}`,
    verify: async () => false,
    verifyImported: async () => false,
    verifyDecoy: async () => {
      spent += 1;
      return false as const;
    },
  };
  const harness = await openHarness(t, { hasher });
  const { signIn } = await withUser(harness);
  await assert.rejects(signIn('x', 'nobody'));
  assert.equal(spent, 1);
});

test('somebody who does not exist answers SRP like somebody who does', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, UserPoolId } = await withUser(
    harness,
    {},
    { PreventUserExistenceErrors: 'ENABLED' },
  );
  const start = (USERNAME: string) =>
    harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME, SRP_A: 'abcdef0123' },
    });
  const [real, ghost, again, other] = [
    await start('mara'),
    await start('ghost'),
    await start('ghost'),
    await start('ghost2'),
  ];
  const shape = (answer: typeof real) => Object.keys(answer.ChallengeParameters ?? {}).sort();
  assert.deepEqual(shape(ghost), shape(real));
  assert.equal(ghost.ChallengeName, 'PASSWORD_VERIFIER');
  assert.equal(ghost.Session, undefined);
  assert.equal(ghost.ChallengeParameters?.['SALT'], again.ChallengeParameters?.['SALT']);
  assert.notEqual(ghost.ChallengeParameters?.['SALT'], other.ChallengeParameters?.['SALT']);
  assert.notEqual(ghost.ChallengeParameters?.['SRP_B'], again.ChallengeParameters?.['SRP_B']);
  const user = { UserPoolId, ClientId, username: 'ghost', password: 'Right-1234' };
  await assert.rejects(signInBySrp(harness, user), /Incorrect username or password\./);
});
