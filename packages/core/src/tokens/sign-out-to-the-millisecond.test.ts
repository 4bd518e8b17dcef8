import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signJwt } from '../crypto/index.ts';
import { openHouse, type House } from '../testing/house.ts';
import { addUser, signIn, type MadePool } from '../testing/signed-in.ts';

const revoked = ['NotAuthorizedException', 'Access Token has been revoked'] as const;

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

async function withUser(house: House, EnableTokenRevocation: boolean): Promise<MadePool> {
  const made = await house.makePool({}, { EnableTokenRevocation });
  await addUser(house, made, 'mara');
  return made;
}

const signOuts = {
  GlobalSignOut: (house: House, _: MadePool, AccessToken: string) =>
    house.call('GlobalSignOut', { AccessToken }),
  AdminUserGlobalSignOut: (house: House, { UserPoolId }: MadePool) =>
    house.call('AdminUserGlobalSignOut', { UserPoolId, Username: 'mara' }),
  'AdminDisableUser and AdminEnableUser': async (house: House, { UserPoolId }: MadePool) => {
    await house.call('AdminDisableUser', { UserPoolId, Username: 'mara' });
    await house.call('AdminEnableUser', { UserPoolId, Username: 'mara' });
  },
};

for (const [name, signOut] of Object.entries(signOuts)) {
  for (const revocable of [true, false]) {
    test(`${name}, ${revocable ? 'with' : 'without'} EnableTokenRevocation: dead before, alive after, within one second`, async (t) => {
      const house = await openHouse(t);
      const made = await withUser(house, revocable);
      const before = await signIn(house, made, 'mara');
      house.advance(1);
      await signOut(house, made, before.AccessToken);
      // In the very millisecond, and a little later in the same second.
      const at = await signIn(house, made, 'mara');
      house.advance(300);
      const after = await signIn(house, made, 'mara');
      const { AuthenticationResult } = await house.call('InitiateAuth', {
        ClientId: made.ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: after.RefreshToken },
      });
      const refreshed = { AccessToken: AuthenticationResult?.AccessToken ?? '' };
      const { iat } = claimsOf(before.AccessToken);
      for (const { AccessToken } of [at, after, refreshed]) {
        assert.equal(claimsOf(AccessToken)['iat'], iat);
        await house.call('GetUser', { AccessToken });
      }
      await house.refuses('GetUser', { AccessToken: before.AccessToken }, ...revoked);
    });
  }
}

test('a client that gives its tokens no ids, or gives them again, keeps its sign-ins', async (t) => {
  const house = await openHouse(t);
  const made = await withUser(house, true);
  const first = await signIn(house, made, 'mara');
  const refreshed = async (EnableTokenRevocation: boolean) => {
    await house.call('UpdateUserPoolClient', {
      UserPoolId: made.UserPoolId,
      ClientId: made.ClientId,
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      EnableTokenRevocation,
    });
    const { AuthenticationResult } = await house.call('GetTokensFromRefreshToken', {
      ClientId: made.ClientId,
      RefreshToken: first.RefreshToken,
    });
    return AuthenticationResult?.AccessToken ?? '';
  };
  const [without, again] = [await refreshed(false), await refreshed(true)];
  assert.ok(!('origin_jti' in claimsOf(without)));
  assert.equal(claimsOf(again)['origin_jti'], claimsOf(first.AccessToken)['origin_jti']);
  const all = [first.AccessToken, without, again];
  for (const AccessToken of all) await house.call('GetUser', { AccessToken });
  await house.call('GlobalSignOut', { AccessToken: without });
  for (const AccessToken of all) await house.refuses('GetUser', { AccessToken }, ...revoked);
});

test('tokens from before they named their family live until the second of a global sign-out', async (t) => {
  const house = await openHouse(t);
  const made = await withUser(house, false);
  const { AccessToken: made1 } = await signIn(house, made, 'mara');
  const keys = await house.world.signingKeys.of(made.UserPoolId as never);
  assert(keys);
  const former = () => {
    const iat = Math.floor(house.world.clock.nowMs() / 1000);
    return signJwt(keys.access, { ...claimsOf(made1), iat, event_id: 'of-no-family' });
  };
  const before = { AccessToken: await former() };
  await house.refuses('GetUser', before, ...revoked);
  house.advance(1000);
  const current = { AccessToken: await former() };
  await house.call('GetUser', current);
  await house.call('AdminUserGlobalSignOut', { UserPoolId: made.UserPoolId, Username: 'mara' });
  await house.refuses('GetUser', current, ...revoked);
});

test('an access token made at the end of its sign-in lives as long as others, and a sign-out ends it', async (t) => {
  const house = await openHouse(t);
  for (const EnableTokenRevocation of [true, false]) {
    const made = await house.makePool(
      {},
      { EnableTokenRevocation, RefreshTokenValidity: 1, AccessTokenValidity: 24 },
    );
    await addUser(house, made, 'mara');
    const { RefreshToken } = await signIn(house, made, 'mara');
    house.advance(86_400_000 - 1000);
    const { AuthenticationResult } = await house.call('GetTokensFromRefreshToken', {
      ClientId: made.ClientId,
      RefreshToken,
    });
    const late = { AccessToken: AuthenticationResult?.AccessToken ?? '' };
    house.advance(80_000_000);
    // As the server does once a minute.
    await house.storage.stores.tokenFamilies.purge(house.world.clock.nowMs() - 86_400_000, 500);
    await house.call('GetUser', late);
    await house.call('AdminUserGlobalSignOut', { UserPoolId: made.UserPoolId, Username: 'mara' });
    await house.refuses('GetUser', late, ...revoked);
  }
});
