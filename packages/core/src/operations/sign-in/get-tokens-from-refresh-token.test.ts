import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse, type House } from '../../testing/house.ts';

const claimsOf = (token: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from((token ?? '').split('.')[1] ?? '', 'base64url').toString('utf8'));

async function signedIn(house: House, client: Parameters<House['makePool']>[1] = {}) {
  const made = await house.makePool({}, client);
  const user = { UserPoolId: made.UserPoolId, Username: 'mara' };
  await house.call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
  await house.call('AdminSetUserPassword', { ...user, Password: 'Right-1234', Permanent: true });
  house.advance(1000);
  const signIn = async () => {
    const answer = await house.call('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'mara', PASSWORD: 'Right-1234' },
    });
    return answer.AuthenticationResult ?? {};
  };
  return { ...made, signIn };
}

test('refreshing keeps the sign-in and its refresh token', async (t) => {
  const house = await openHouse(t);
  const { ClientId, signIn } = await signedIn(house);
  const first = await signIn();
  house.advance(3_600_000);
  const RefreshToken = first.RefreshToken ?? '';
  const { AuthenticationResult: second = {} } = await house.call('GetTokensFromRefreshToken', {
    ClientId,
    RefreshToken,
  });
  assert.deepEqual(Object.keys(second).sort(), [
    'AccessToken',
    'ExpiresIn',
    'IdToken',
    'TokenType',
  ]);
  const [before, after] = [claimsOf(first.AccessToken), claimsOf(second.AccessToken)];
  for (const same of ['sub', 'origin_jti', 'auth_time', 'client_id', 'username', 'event_id']) {
    assert.equal(after[same], before[same], same);
  }
  assert.notEqual(after['jti'], before['jti']);
  assert.equal(after['iat'], Number(before['iat']) + 3600);
  await house.refuses(
    'GetUser',
    { AccessToken: first.AccessToken ?? '' },
    'NotAuthorizedException',
    'Access Token has expired',
  );
  await house.call('GetUser', { AccessToken: second.AccessToken ?? '' });

  house.advance(30 * 86_400_000 - 3_600_000);
  await house.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken },
    'NotAuthorizedException',
    'Refresh Token has expired',
  );
});

test('rotation: a new token each time, a grace for lost answers, and an end for thieves', async (t) => {
  const house = await openHouse(t);
  const { ClientId, signIn } = await signedIn(house, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    RefreshTokenValidity: 1,
  });
  const { RefreshToken: first = '' } = await signIn();
  const refresh = async (RefreshToken: string) => {
    const answer = await house.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
    return answer.AuthenticationResult ?? {};
  };
  const second = await refresh(first);
  assert.ok(second.RefreshToken && second.RefreshToken !== first);
  house.advance(9_999);
  const retried = await refresh(first);
  assert.equal(retried.RefreshToken, second.RefreshToken);
  house.advance(1);
  await house.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken: first },
    'RefreshTokenReuseException',
  );
  // The reuse ended everything that came of that sign-in.
  for (const RefreshToken of [second.RefreshToken, retried.RefreshToken]) {
    await house.refuses(
      'GetTokensFromRefreshToken',
      { ClientId, RefreshToken },
      'NotAuthorizedException',
      'Refresh Token has been revoked',
    );
  }
  await house.refuses(
    'GetUser',
    { AccessToken: second.AccessToken ?? '' },
    'NotAuthorizedException',
    'Access Token has been revoked',
  );
  await house.refuses(
    'InitiateAuth',
    { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: first } },
    'InvalidParameterException',
  );
});

test('a token that was rotated out stays out, whatever the client allows then (security.md R01)', async (t) => {
  const house = await openHouse(t);
  const rotation = { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } as const;
  // The old names of flows, and none at all, bring the refresh flow along.
  const client = { ExplicitAuthFlows: ['USER_PASSWORD_AUTH'] as const };
  const { UserPoolId, ClientId, signIn } = await signedIn(house, {
    ...client,
    RefreshTokenRotation: rotation,
  });
  const { RefreshToken: first = '' } = await signIn();
  const refresh = (RefreshToken: string) =>
    house.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
  const second = (await refresh(first)).AuthenticationResult?.RefreshToken ?? '';
  for (const REFRESH_TOKEN of [first, second]) {
    await house.refuses(
      'InitiateAuth',
      { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } },
      'InvalidParameterException',
    );
  }
  await house.call('UpdateUserPoolClient', { UserPoolId, ClientId, ...client });
  const revoked = 'Refresh Token has been revoked';
  await house.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken: first },
    'NotAuthorizedException',
    revoked,
  );
  await house.refuses(
    'InitiateAuth',
    { ClientId, AuthFlow: 'REFRESH_TOKEN', AuthParameters: { REFRESH_TOKEN: first } },
    'NotAuthorizedException',
    revoked,
  );
  assert.ok((await refresh(second)).AuthenticationResult?.AccessToken);
});

test('rotation does not prolong a sign-in (security.md R06)', async (t) => {
  const house = await openHouse(t);
  const { ClientId, signIn } = await signedIn(house, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    RefreshTokenValidity: 1,
  });
  let { RefreshToken = '' } = await signIn();
  for (let hours = 0; hours < 23; hours += 1) {
    house.advance(3_600_000);
    const answer = await house.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
    RefreshToken = answer.AuthenticationResult?.RefreshToken ?? '';
  }
  house.advance(3_600_000);
  await house.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken },
    'NotAuthorizedException',
    'Refresh Token has expired',
  );
});

test('garbage is an invalid refresh token', async (t) => {
  const house = await openHouse(t);
  const { ClientId, signIn } = await signedIn(house);
  const { RefreshToken = '', AccessToken = '' } = await signIn();
  const flipped = RefreshToken.slice(0, -1) + (RefreshToken.endsWith('A') ? 'B' : 'A');
  for (const token of ['x', AccessToken, flipped, RefreshToken.slice(0, -4), `${RefreshToken}.x`]) {
    await house.refuses(
      'GetTokensFromRefreshToken',
      { ClientId, RefreshToken: token },
      'NotAuthorizedException',
      'Invalid Refresh Token',
    );
  }
});
