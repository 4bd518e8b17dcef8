import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness, type Harness } from '../../testing/harness.ts';

const claimsOf = (token: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from((token ?? '').split('.')[1] ?? '', 'base64url').toString('utf8'));

async function signedIn(harness: Harness, client: Parameters<Harness['makePool']>[1] = {}) {
  const made = await harness.makePool({}, client);
  const user = { UserPoolId: made.UserPoolId, Username: 'mara' };
  await harness.call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
  await harness.call('AdminSetUserPassword', { ...user, Password: 'Right-1234', Permanent: true });
  harness.advance(1000);
  const signIn = async () => {
    const answer = await harness.call('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'mara', PASSWORD: 'Right-1234' },
    });
    return answer.AuthenticationResult ?? {};
  };
  return { ...made, signIn };
}

test('refreshing keeps the sign-in and its refresh token', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, signIn } = await signedIn(harness);
  const first = await signIn();
  harness.advance(3_600_000);
  const RefreshToken = first.RefreshToken ?? '';
  const { AuthenticationResult: second = {} } = await harness.call('GetTokensFromRefreshToken', {
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
  await harness.refuses(
    'GetUser',
    { AccessToken: first.AccessToken ?? '' },
    'NotAuthorizedException',
    'Access Token has expired',
  );
  await harness.call('GetUser', { AccessToken: second.AccessToken ?? '' });

  harness.advance(30 * 86_400_000 - 3_600_000);
  await harness.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken },
    'NotAuthorizedException',
    'Refresh Token has expired',
  );
});

test('rotation: a new token each time, a grace for lost answers, and an end for thieves', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, signIn } = await signedIn(harness, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    RefreshTokenValidity: 1,
  });
  const { RefreshToken: first = '' } = await signIn();
  const refresh = async (RefreshToken: string) => {
    const answer = await harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
    return answer.AuthenticationResult ?? {};
  };
  const second = await refresh(first);
  assert.ok(second.RefreshToken && second.RefreshToken !== first);
  harness.advance(9_999);
  const retried = await refresh(first);
  assert.equal(retried.RefreshToken, second.RefreshToken);
  harness.advance(1);
  await harness.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken: first },
    'RefreshTokenReuseException',
  );
  // The reuse ended everything that came of that sign-in.
  for (const RefreshToken of [second.RefreshToken, retried.RefreshToken]) {
    await harness.refuses(
      'GetTokensFromRefreshToken',
      { ClientId, RefreshToken },
      'NotAuthorizedException',
      'Refresh Token has been revoked',
    );
  }
  await harness.refuses(
    'GetUser',
    { AccessToken: second.AccessToken ?? '' },
    'NotAuthorizedException',
    'Access Token has been revoked',
  );
  await harness.refuses(
    'InitiateAuth',
    { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: first } },
    'InvalidParameterException',
  );
});

test('a token that was rotated out stays out, whatever the client allows then (security.md R01)', async (t) => {
  const harness = await openHarness(t);
  const rotation = { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } as const;
  // The old names of flows, and none at all, bring the refresh flow along.
  const client = { ExplicitAuthFlows: ['USER_PASSWORD_AUTH'] as const };
  const { UserPoolId, ClientId, signIn } = await signedIn(harness, {
    ...client,
    RefreshTokenRotation: rotation,
  });
  const { RefreshToken: first = '' } = await signIn();
  const refresh = (RefreshToken: string) =>
    harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
  const second = (await refresh(first)).AuthenticationResult?.RefreshToken ?? '';
  for (const REFRESH_TOKEN of [first, second]) {
    await harness.refuses(
      'InitiateAuth',
      { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } },
      'InvalidParameterException',
    );
  }
  await harness.call('UpdateUserPoolClient', { UserPoolId, ClientId, ...client });
  const revoked = 'Refresh Token has been revoked';
  await harness.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken: first },
    'NotAuthorizedException',
    revoked,
  );
  await harness.refuses(
    'InitiateAuth',
    { ClientId, AuthFlow: 'REFRESH_TOKEN', AuthParameters: { REFRESH_TOKEN: first } },
    'NotAuthorizedException',
    revoked,
  );
  assert.ok((await refresh(second)).AuthenticationResult?.AccessToken);
});

test('rotation does not prolong a sign-in (security.md R06)', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, signIn } = await signedIn(harness, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    RefreshTokenValidity: 1,
  });
  let { RefreshToken = '' } = await signIn();
  for (let hours = 0; hours < 23; hours += 1) {
    harness.advance(3_600_000);
    const answer = await harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
    RefreshToken = answer.AuthenticationResult?.RefreshToken ?? '';
  }
  harness.advance(3_600_000);
  await harness.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken },
    'NotAuthorizedException',
    'Refresh Token has expired',
  );
});

test('garbage is an invalid refresh token', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, signIn } = await signedIn(harness);
  const { RefreshToken = '', AccessToken = '' } = await signIn();
  const flipped = RefreshToken.slice(0, -1) + (RefreshToken.endsWith('A') ? 'B' : 'A');
  for (const token of ['x', AccessToken, flipped, RefreshToken.slice(0, -4), `${RefreshToken}.x`]) {
    await harness.refuses(
      'GetTokensFromRefreshToken',
      { ClientId, RefreshToken: token },
      'NotAuthorizedException',
      'Invalid Refresh Token',
    );
  }
});
