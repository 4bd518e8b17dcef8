import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId, sub, type Passkey } from '@poolhouse/core';
import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

test('administrators see a user’s passkeys, and operators remove one: it is audited, and told to the user', async (t) => {
  const running = await startServer(t);
  const { storage } = running.server;
  const owner = await administrator(running, 'owner');
  const operator = await administrator(running, 'operator');
  const viewer = await administrator(running, 'viewer');
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'shop' });
  const UserPoolId = UserPool?.Id ?? '';
  const subs = new Map<string, string>();
  for (const Username of ['ann', 'ben']) {
    const { User } = await owner.call('AdminCreateUser', {
      UserPoolId,
      Username,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: `${Username}@example.com` },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    const Permanent = true;
    await owner.call('AdminSetUserPassword', {
      ...{ UserPoolId, Username, Permanent },
      Password: 'Correct-horse-1',
    });
    subs.set(Username, User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '');
  }
  const give = (name: string, credentialId: string, parts: Partial<Passkey> = {}) =>
    storage.stores.passkeys.add(
      {
        poolId: poolId(UserPoolId),
        sub: sub(subs.get(name) ?? ''),
        credentialId,
        publicKey: 'key',
        mac: 'mac',
        signCount: 0,
        transports: [],
        aaguid: '00000000-0000-0000-0000-000000000000',
        isBackupEligible: false,
        isBackedUp: false,
        friendlyName: `key of ${name}`,
        relyingPartyId: 'example.com',
        createdAtMs: 1_700_000_000_000,
        ...parts,
      },
      20,
    );
  assert.equal(await give('ann', 'anns'), 'added');
  await storage.stores.passkeys.noteUse(
    { poolId: poolId(UserPoolId), sub: sub(subs.get('ann') ?? '') },
    'anns',
    { signCount: 0, isBackedUp: false, atMs: 1_700_000_500_000 },
  );
  assert.equal(await give('ben', 'bens'), 'added');

  const list = async (username: unknown, pool = UserPoolId) =>
    viewer.send('POST', `/pools/${pool}/passkeys/list`, { username });
  const anns = {
    id: 'anns',
    name: 'key of ann',
    domain: 'example.com',
    createdAt: 1_700_000_000,
    lastUsedAt: 1_700_000_500,
  };
  assert.deepEqual((await list('ann')).json(), { passkeys: [anns] });
  assert.deepEqual((await list(subs.get('ann'))).json(), { passkeys: [anns] });

  const remove = (who: typeof owner, username: string, credentialId: string, pool = UserPoolId) =>
    who.send('POST', `/pools/${pool}/passkeys/remove`, { username, credentialId });
  for (const [answer, status, code] of [
    [await list('nobody'), 400, 'UserNotFoundException'],
    [await list(7), 400, 'BadRequest'],
    [await list('ann', 'local_missing00'), 404, 'NotFound'],
    [await list('owner', ADMINISTRATORS_POOL), 404, 'NotFound'],
    [await remove(viewer, 'ann', 'anns'), 403, 'Forbidden'],
    [await remove(operator, 'ann', 'bens'), 400, 'ResourceNotFoundException'],
    [await remove(operator, 'nobody', 'anns'), 400, 'UserNotFoundException'],
    [await remove(operator, 'ann', 'anns', 'local_missing00'), 404, 'NotFound'],
    [await remove(operator, 'ann', 'anns', ADMINISTRATORS_POOL), 404, 'NotFound'],
  ] as const) {
    assert.deepEqual([answer.status, answer.json()['code']], [status, code]);
  }
  assert.deepEqual((await list('ann')).json(), { passkeys: [anns] }, 'refusals change nothing');

  assert.equal((await remove(operator, 'ann', 'anns')).status, 200);
  assert.deepEqual((await list('ann')).json(), { passkeys: [] });
  assert.equal(((await list('ben')).json()['passkeys'] as unknown[]).length, 1);

  const audit = await operator.send('GET', `/audit?pool=${UserPoolId}`);
  const { entries } = audit.json() as {
    entries: readonly { operation: string; actor: string; actorKind: string; changes: unknown }[];
  };
  const noted = entries.filter(({ operation }) => operation === 'DeleteWebAuthnCredential');
  assert.deepEqual(
    noted.map(({ actor, actorKind, changes }) => ({ actor, actorKind, changes })),
    [
      {
        actor: 'operator',
        actorKind: 'administrator',
        changes: [
          {
            record: 'passkey',
            name: 'ann',
            before: { name: 'key of ann', relyingPartyId: 'example.com' },
          },
        ],
      },
    ],
  );
  const inbox = await running.send({
    method: 'GET',
    path: '/inbox/messages?to=ann@example.com',
  });
  assert.match(inbox.body, /A passkey was removed/);
});

test('a server of one region shows no passkeys of another region’s pools', async (t) => {
  const running = await startServer(t, { environment: { POOLHOUSE_REGION: 'eu-west-1' } });
  const owner = await administrator(running, 'owner');
  const made = await owner.send('POST', '/operations/CreateUserPool', {
    region: 'eu-west-1',
    input: { PoolName: 'shop' },
  });
  const { UserPool } = made.json() as { UserPool?: { Id?: string } };
  const { stores } = running.server.storage;
  const own = await stores.pools.get(poolId(UserPool?.Id ?? ''));
  assert(own);
  const other = { ...own, id: poolId('us-east-1_Other0001'), region: 'us-east-1' };
  await stores.pools.createIfAbsent(other);
  for (const path of ['list', 'remove']) {
    const body = { username: 'ann', credentialId: 'x' };
    const answer = await owner.send('POST', `/pools/${other.id}/passkeys/${path}`, body);
    assert.equal(answer.status, 404, path);
  }
});
