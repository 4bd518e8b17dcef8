import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signJwt } from '../crypto/index.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, signIn, type MadePool } from '../testing/signed-in.ts';

const revoked = ['NotAuthorizedException', 'Access Token has been revoked'] as const;

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

async function withUser(harness: Harness, EnableTokenRevocation: boolean): Promise<MadePool> {
  const made = await harness.makePool({}, { EnableTokenRevocation });
  await addUser(harness, made, 'mara');
  return made;
}

const signOuts = {
  GlobalSignOut: (harness: Harness, _: MadePool, AccessToken: string) =>
    harness.call('GlobalSignOut', { AccessToken }),
  AdminUserGlobalSignOut: (harness: Harness, { UserPoolId }: MadePool) =>
    harness.call('AdminUserGlobalSignOut', { UserPoolId, Username: 'mara' }),
  'AdminDisableUser and AdminEnableUser': async (harness: Harness, { UserPoolId }: MadePool) => {
    await harness.call('AdminDisableUser', { UserPoolId, Username: 'mara' });
    await harness.call('AdminEnableUser', { UserPoolId, Username: 'mara' });
  },
};

for (const [name, signOut] of Object.entries(signOuts)) {
  for (const revocable of [true, false]) {
    test(`${name}, ${revocable ? 'with' : 'without'} EnableTokenRevocation: dead before, alive after, within one second`, async (t) => {
      const harness = await openHarness(t);
      const made = await withUser(harness, revocable);
      const before = await signIn(harness, made, 'mara');
      harness.advance(1);
      await signOut(harness, made, before.AccessToken);
      // In the very millisecond, and a little later in the same second.
      const at = await signIn(harness, made, 'mara');
      harness.advance(300);
      const after = await signIn(harness, made, 'mara');
      const { AuthenticationResult } = await harness.call('InitiateAuth', {
        ClientId: made.ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: after.RefreshToken },
      });
      const refreshed = { AccessToken: AuthenticationResult?.AccessToken ?? '' };
      const { iat } = claimsOf(before.AccessToken);
      for (const { AccessToken } of [at, after, refreshed]) {
        assert.equal(claimsOf(AccessToken)['iat'], iat);
        await harness.call('GetUser', { AccessToken });
      }
      await harness.refuses('GetUser', { AccessToken: before.AccessToken }, ...revoked);
    });
  }
}

test('a client that gives its tokens no ids, or gives them again, keeps its sign-ins', async (t) => {
  const harness = await openHarness(t);
  const made = await withUser(harness, true);
  const first = await signIn(harness, made, 'mara');
  const refreshed = async (EnableTokenRevocation: boolean) => {
    await harness.call('UpdateUserPoolClient', {
      UserPoolId: made.UserPoolId,
      ClientId: made.ClientId,
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      EnableTokenRevocation,
    });
    const { AuthenticationResult } = await harness.call('GetTokensFromRefreshToken', {
      ClientId: made.ClientId,
      RefreshToken: first.RefreshToken,
    });
    return AuthenticationResult?.AccessToken ?? '';
  };
  const [without, again] = [await refreshed(false), await refreshed(true)];
  assert.ok(!('origin_jti' in claimsOf(without)));
  assert.equal(claimsOf(again)['origin_jti'], claimsOf(first.AccessToken)['origin_jti']);
  const all = [first.AccessToken, without, again];
  for (const AccessToken of all) await harness.call('GetUser', { AccessToken });
  await harness.call('GlobalSignOut', { AccessToken: without });
  for (const AccessToken of all) await harness.refuses('GetUser', { AccessToken }, ...revoked);
});

test('tokens from before they named their session live until the second of a global sign-out', async (t) => {
  const harness = await openHarness(t);
  const made = await withUser(harness, false);
  const { AccessToken: made1 } = await signIn(harness, made, 'mara');
  const keys = await harness.world.signingKeys.of(made.UserPoolId as never);
  assert(keys);
  const former = () => {
    const iat = Math.floor(harness.world.clock.nowMs() / 1000);
    return signJwt(keys.access, { ...claimsOf(made1), iat, event_id: 'of-no-session' });
  };
  const before = { AccessToken: await former() };
  await harness.refuses('GetUser', before, ...revoked);
  harness.advance(1000);
  const current = { AccessToken: await former() };
  await harness.call('GetUser', current);
  await harness.call('AdminUserGlobalSignOut', { UserPoolId: made.UserPoolId, Username: 'mara' });
  await harness.refuses('GetUser', current, ...revoked);
});

test('an access token made at the end of its sign-in lives as long as others, and a sign-out ends it', async (t) => {
  const harness = await openHarness(t);
  for (const EnableTokenRevocation of [true, false]) {
    const made = await harness.makePool(
      {},
      { EnableTokenRevocation, RefreshTokenValidity: 1, AccessTokenValidity: 24 },
    );
    await addUser(harness, made, 'mara');
    const { RefreshToken } = await signIn(harness, made, 'mara');
    harness.advance(86_400_000 - 1000);
    const { AuthenticationResult } = await harness.call('GetTokensFromRefreshToken', {
      ClientId: made.ClientId,
      RefreshToken,
    });
    const late = { AccessToken: AuthenticationResult?.AccessToken ?? '' };
    harness.advance(80_000_000);
    // As the server does once a minute.
    await harness.storage.stores.sessions.purge(harness.world.clock.nowMs() - 86_400_000, 500);
    await harness.call('GetUser', late);
    await harness.call('AdminUserGlobalSignOut', { UserPoolId: made.UserPoolId, Username: 'mara' });
    await harness.refuses('GetUser', late, ...revoked);
  }
});
