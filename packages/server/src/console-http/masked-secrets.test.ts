import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

test('only owners see the secret of an identity provider', async (t) => {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner');
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'shop' });
  const google = { UserPoolId: UserPool?.Id ?? '', ProviderName: 'Google' };
  const made = await owner.call('CreateIdentityProvider', {
    ...{ ...google, ProviderType: 'Google', IdpIdentifiers: ['acme'] },
    ProviderDetails: { client_id: 'id', client_secret: 'hush', authorize_scopes: 'email' },
  });
  for (const [role, secret] of [
    ['viewer', '********'],
    ['operator', '********'],
    ['owner', 'hush'],
  ] as const) {
    const who = role === 'owner' ? owner : await administrator(running, role);
    const seen = await who.call('DescribeIdentityProvider', google);
    const details = { ...made.IdentityProvider.ProviderDetails, client_secret: secret };
    const expected = { ...made.IdentityProvider, ProviderDetails: details };
    assert.deepEqual(seen.IdentityProvider, expected);
    const byIdentifier = { UserPoolId: google.UserPoolId, IdpIdentifier: 'acme' };
    assert.deepEqual(await who.call('GetIdentityProviderByIdentifier', byIdentifier), seen);
  }
  const audit = await owner.send('GET', `/audit?poolId=${google.UserPoolId}`);
  assert.ok(audit.body.includes('CreateIdentityProvider') && !audit.body.includes('hush'));
});
