import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '../domain/ids.ts';
import { customAuthRunner } from '../testing/custom-auth.ts';
import { openHarness } from '../testing/harness.ts';
import { makeTarget } from '../testing/target.ts';
import { waysToAToken } from '../testing/token-paths.ts';

test('every way to tokens is noted as the last sign-in, but for a refresh; the API tells nobody', async (t) => {
  const harness = await openHarness(t, { triggers: customAuthRunner() });
  for (const way of waysToAToken) {
    const target = await makeTarget(harness, way);
    const { UserPoolId } = target;
    const user = { UserPoolId, Username: target.username };
    const lastOf = async (username: string) => {
      const { items } = await harness.storage.stores.users.list(poolId(UserPoolId), 60);
      return items.find((listed) => listed.username === username)?.lastSignInAtMs;
    };
    // One who set up a factor had to sign in for it.
    if (!way.prepare) assert.equal(await lastOf(user.Username), 0, 'never');
    const last = await way.begin(harness, target);
    const before = await lastOf(user.Username);
    harness.advance(1000);
    const AccessToken = (await last())?.AccessToken ?? '';
    const nowMs = harness.world.clock.nowMs();
    assert.equal(await lastOf(user.Username), way.refreshes ? before : nowMs, way.name);
    if (way.refreshes) assert.equal(before, nowMs - 1000, way.name);

    const answers = [
      await harness.call('GetUser', { AccessToken }),
      await harness.call('AdminGetUser', user),
      await harness.call('ListUsers', { UserPoolId }),
    ];
    assert.doesNotMatch(JSON.stringify(answers), /sign.?in/i);
  }
});

test('wrong passwords and challenges that are not answered are no sign-ins', async (t) => {
  const harness = await openHarness(t, { triggers: customAuthRunner() });
  const { UserPoolId, ClientId } = await harness.makePool();
  const Username = 'mara';
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username,
    MessageAction: 'SUPPRESS',
    TemporaryPassword: 'Right-1234',
  });
  for (const PASSWORD of ['Wrong-1234', 'Right-1234']) {
    const AuthParameters = { USERNAME: Username, PASSWORD };
    const AuthFlow = 'USER_PASSWORD_AUTH' as const;
    await harness
      .call('InitiateAuth', { ClientId, AuthFlow, AuthParameters })
      .catch(() => undefined);
  }
  const [user] = (await harness.storage.stores.users.list(poolId(UserPoolId), 1)).items;
  assert.equal(user?.lastSignInAtMs, 0);
});
