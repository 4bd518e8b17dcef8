import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '../domain/ids.ts';
import { openHouse } from '../testing/house.ts';
import { waysToAToken } from '../testing/ways-to-a-token.ts';

const FLOWS = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
] as const;

test('every way to tokens is noted as the last sign-in, but for a refresh; the API tells nobody', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool({}, { ExplicitAuthFlows: [...FLOWS] });
  const lastOf = async (username: string) => {
    const { items } = await house.storage.stores.users.list(poolId(UserPoolId), 60);
    return items.find((user) => user.username === username)?.lastSignInAtMs;
  };
  for (const [index, way] of waysToAToken.entries()) {
    const user = { UserPoolId, Username: `user${index}` };
    const password = 'Right-1234';
    await house.call('AdminCreateUser', {
      ...user,
      MessageAction: 'SUPPRESS',
      TemporaryPassword: password,
    });
    if (!way.forNewPassword) {
      await house.call('AdminSetUserPassword', { ...user, Password: password, Permanent: true });
    }
    assert.equal(await lastOf(user.Username), 0, 'never');
    const last = await way.begin(house, {
      UserPoolId,
      ClientId,
      username: user.Username,
      password,
    });
    const before = await lastOf(user.Username);
    house.advance(1000);
    const AccessToken = (await last())?.AccessToken ?? '';
    const nowMs = house.world.clock.nowMs();
    assert.equal(await lastOf(user.Username), way.refreshes ? before : nowMs, way.name);
    assert.equal(way.refreshes ? before : 0, way.refreshes ? nowMs - 1000 : 0, way.name);

    const answers = [
      await house.call('GetUser', { AccessToken }),
      await house.call('AdminGetUser', user),
      await house.call('ListUsers', { UserPoolId }),
    ];
    assert.doesNotMatch(JSON.stringify(answers), /sign.?in/i);
  }
});

test('wrong passwords and challenges that are not answered are no sign-ins', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool();
  const Username = 'mara';
  await house.call('AdminCreateUser', {
    UserPoolId,
    Username,
    MessageAction: 'SUPPRESS',
    TemporaryPassword: 'Right-1234',
  });
  for (const PASSWORD of ['Wrong-1234', 'Right-1234']) {
    const AuthParameters = { USERNAME: Username, PASSWORD };
    const AuthFlow = 'USER_PASSWORD_AUTH' as const;
    await house.call('InitiateAuth', { ClientId, AuthFlow, AuthParameters }).catch(() => undefined);
  }
  const [user] = (await house.storage.stores.users.list(poolId(UserPoolId), 1)).items;
  assert.equal(user?.lastSignInAtMs, 0);
});
