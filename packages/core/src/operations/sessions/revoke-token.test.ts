import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse, type House } from '../../testing/house.ts';

async function signedIn(house: House, client: Parameters<House['makePool']>[1] = {}) {
  const made = await house.makePool({}, client);
  const user = { UserPoolId: made.UserPoolId, Username: 'mara' };
  await house.call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
  await house.call('AdminSetUserPassword', { ...user, Password: 'Right-1234', Permanent: true });
  house.advance(1000);
  const signIn = async () => {
    const { AuthenticationResult } = await house.call('InitiateAuth', {
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
  const house = await openHouse(t);
  const { ClientId, signIn } = await signedIn(house);
  const [one, two, three] = [await signIn(), await signIn(), await signIn()];
  const revoked = 'Access Token has been revoked';
  assert.deepEqual(await house.call('RevokeToken', { ClientId, Token: one.RefreshToken }), {});
  await house.refuses('GetUser', one, 'NotAuthorizedException', revoked);
  await house.call('GetUser', two);
  for (const Token of [one.RefreshToken, 'unknown', `${one.RefreshToken}x`]) {
    assert.deepEqual(await house.call('RevokeToken', { ClientId, Token }), {});
  }
  assert.deepEqual(await house.call('GlobalSignOut', { AccessToken: two.AccessToken }), {});
  for (const { AccessToken, RefreshToken } of [two, three]) {
    await house.refuses('GetUser', { AccessToken }, 'NotAuthorizedException', revoked);
    await house.refuses('GlobalSignOut', { AccessToken }, 'NotAuthorizedException', revoked);
    await house.refuses(
      'GetTokensFromRefreshToken',
      { ClientId, RefreshToken },
      'NotAuthorizedException',
      'Refresh Token has been revoked',
    );
  }
  await house.call('GetUser', await signIn());
});

test('RevokeToken refuses what it must', async (t) => {
  const house = await openHouse(t);
  const { ClientId, signIn } = await signedIn(house);
  const off = await house.makePool({}, { EnableTokenRevocation: false });
  const secret = await house.makePool({}, { GenerateSecret: true });
  const foreign = await house.makePool();
  const tokens = await signIn();
  const Token = tokens.RefreshToken;
  const refuses = (input: Parameters<typeof house.call<'RevokeToken'>>[1], code: string) =>
    house.refuses('RevokeToken', input, code);
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
  assert.deepEqual(await house.call('RevokeToken', { ClientId: foreign.ClientId, Token }), {});
  await house.call('GetUser', tokens);
});

test('access tokens that are not ours, or not for this', async (t) => {
  const house = await openHouse(t);
  const { signIn } = await signedIn(house);
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
    await house.refuses(
      'GetUser',
      { AccessToken: token },
      'NotAuthorizedException',
      'Invalid Access Token',
    );
  }
});
