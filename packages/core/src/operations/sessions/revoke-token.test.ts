import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness, type Harness } from '../../testing/harness.ts';

async function signedIn(harness: Harness, client: Parameters<Harness['makePool']>[1] = {}) {
  const made = await harness.makePool({}, client);
  const user = { UserPoolId: made.UserPoolId, Username: 'mara' };
  await harness.call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
  await harness.call('AdminSetUserPassword', { ...user, Password: 'Right-1234', Permanent: true });
  harness.advance(1000);
  const signIn = async () => {
    const { AuthenticationResult } = await harness.call('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'mara', PASSWORD: 'Right-1234' },
    });
    const { AccessToken = '', RefreshToken = '', IdToken = '' } = AuthenticationResult ?? {};
    return { AccessToken, RefreshToken, IdToken };
  };
  return { ...made, signIn };
}

test('RevokeToken ends one sign-in, GlobalSignOut all of them', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, signIn } = await signedIn(harness);
  const [one, two, three] = [await signIn(), await signIn(), await signIn()];
  const revoked = 'Access Token has been revoked';
  assert.deepEqual(await harness.call('RevokeToken', { ClientId, Token: one.RefreshToken }), {});
  await harness.refuses('GetUser', one, 'NotAuthorizedException', revoked);
  await harness.call('GetUser', two);
  for (const Token of [one.RefreshToken, 'unknown', `${one.RefreshToken}x`]) {
    assert.deepEqual(await harness.call('RevokeToken', { ClientId, Token }), {});
  }
  assert.deepEqual(await harness.call('GlobalSignOut', { AccessToken: two.AccessToken }), {});
  for (const { AccessToken, RefreshToken } of [two, three]) {
    await harness.refuses('GetUser', { AccessToken }, 'NotAuthorizedException', revoked);
    await harness.refuses('GlobalSignOut', { AccessToken }, 'NotAuthorizedException', revoked);
    await harness.refuses(
      'GetTokensFromRefreshToken',
      { ClientId, RefreshToken },
      'NotAuthorizedException',
      'Refresh Token has been revoked',
    );
  }
  await harness.call('GetUser', await signIn());
});

test('RevokeToken with linked sessions ends the token’s own sign-in and no other, whether the pool tracks sessions or not', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, UserPoolId, signIn } = await signedIn(harness);
  const other = await signIn();
  for (const UserSessionTracking of ['DISABLED', 'ENABLED'] as const) {
    await harness.call('SetUserPoolSessionConfiguration', {
      UserPoolId,
      UserSessionTracking,
      TokenSession: { MaxPerUser: 5 },
    });
    for (const RevokeAssociatedSessions of ['LINKED', 'NONE'] as const) {
      const one = await signIn();
      const input = { ClientId, Token: one.RefreshToken, RevokeAssociatedSessions };
      assert.deepEqual(await harness.call('RevokeToken', input), {});
      await harness.refuses('GetUser', one, 'NotAuthorizedException');
      await harness.call('GetUser', other);
    }
  }
  const input = { ClientId, Token: other.RefreshToken, RevokeAssociatedSessions: 'ALL' as 'NONE' };
  await harness.refuses('RevokeToken', input, 'InvalidParameterException');
  await harness.call('GetUser', other);
});

test('RevokeToken refuses what it must', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, signIn } = await signedIn(harness);
  const off = await harness.makePool({}, { EnableTokenRevocation: false });
  const secret = await harness.makePool({}, { GenerateSecret: true });
  const foreign = await harness.makePool();
  const tokens = await signIn();
  const Token = tokens.RefreshToken;
  const refuses = (input: Parameters<typeof harness.call<'RevokeToken'>>[1], code: string) =>
    harness.refuses('RevokeToken', input, code);
  await refuses({ ClientId, Token: tokens.AccessToken }, 'UnsupportedTokenTypeException');
  await refuses({ ClientId, Token: tokens.IdToken }, 'UnsupportedTokenTypeException');
  await refuses({ ClientId: off.ClientId, Token }, 'UnsupportedOperationException');
  await refuses({ ClientId: secret.ClientId, Token }, 'UnauthorizedException');
  await refuses(
    { ClientId: secret.ClientId, ClientSecret: 'x'.repeat(52), Token },
    'UnauthorizedException',
  );
  await refuses({ ClientId: 'unknown', Token }, 'UnauthorizedException');
  // Another client's token is answered like an unknown one, and lives on.
  assert.deepEqual(await harness.call('RevokeToken', { ClientId: foreign.ClientId, Token }), {});
  await harness.call('GetUser', tokens);
});

test('access tokens that are not ours, or not for this', async (t) => {
  const harness = await openHarness(t);
  const { signIn } = await signedIn(harness);
  const { AccessToken, IdToken, RefreshToken } = await signIn();
  const [header, body, signature = ''] = AccessToken.split('.');
  const forged = (claims: object) =>
    `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
  const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString()) as object;
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const bad = [
    IdToken,
    RefreshToken,
    forged({ ...claims, username: 'admin' }),
    forged({ ...claims, iss: 'http://localhost:8400/eu-west-1_missing00' }),
    forged({ ...claims, iss: 7 }),
    `${none}.${body}.`,
    `${header}.${body}.`,
    'a.b.c',
    'x'.repeat(100_000),
    '.'.repeat(50_000),
  ].filter((token) => /^[A-Za-z0-9-_=.]+$/.test(token));
  for (const token of bad) {
    await harness.refuses(
      'GetUser',
      { AccessToken: token },
      'NotAuthorizedException',
      'Invalid Access Token',
    );
  }
});
