import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '../domain/ids.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, goodPassword } from '../testing/signed-in.ts';

test('a user who is disabled while the password is checked gets no tokens, and the sign-in leaves nothing behind', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  await addUser(harness, made, 'mara');
  const { hasher } = harness.world;
  const { UserPoolId, ClientId } = made;
  const disabling: typeof hasher = Object.create(hasher, {
    verify: {
      async value(...given: Parameters<typeof hasher.verify>) {
        const verdict = await hasher.verify(...given);
        await harness.call('AdminDisableUser', { UserPoolId, Username: 'mara' });
        return verdict;
      },
    },
  }) as typeof hasher;
  Object.assign(harness.world, { hasher: disabling });
  await harness.refuses(
    'InitiateAuth',
    {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'mara', PASSWORD: goodPassword },
    },
    'NotAuthorizedException',
    'User is disabled.',
  );
  const { items } = await harness.storage.stores.users.list(poolId(UserPoolId), 60);
  assert.deepEqual(
    items.map(({ lastSignInAtMs }) => lastSignInAtMs),
    [0],
  );
});
