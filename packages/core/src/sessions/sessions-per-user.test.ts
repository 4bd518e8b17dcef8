import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { makeExecute } from '../execute.ts';
import type { Storage } from '../ports/stores/index.ts';
import { registry } from '../registry.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { noting } from '../testing/noting-stores.ts';
import { addUser, goodPassword, sessionOf, signIn, type MadePool } from '../testing/signed-in.ts';

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

const passwordOf = ({ ClientId }: MadePool, USERNAME: string) => ({
  ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME, PASSWORD: goodPassword },
});

async function opened(t: TestContext, options: Parameters<typeof openHarness>[1] = {}) {
  const harness = await openHarness(t, options);
  const made = await harness.makePool();
  await addUser(harness, made, 'ann');
  return { harness, made, ann: { UserPoolId: made.UserPoolId, Username: 'ann' } };
}

const limit = (
  harness: Harness,
  { UserPoolId }: MadePool,
  MaxPerUser: number,
  UserSessionTracking: 'ENABLED' | 'DISABLED' = 'ENABLED',
) =>
  harness.call('SetUserPoolSessionConfiguration', {
    UserPoolId,
    UserSessionTracking,
    TokenSession: { MaxPerUser },
  });

/** Of these sign-ins, which are still good: by their places, from 1. */
async function alive(harness: Harness, tokens: readonly { readonly AccessToken: string }[]) {
  const states = await Promise.all(
    tokens.map(({ AccessToken }) =>
      harness.call('GetUser', { AccessToken }).then(
        () => true,
        () => false,
      ),
    ),
  );
  return states.flatMap((is, index) => (is ? [index + 1] : []));
}

test('a sign-in beyond the limit ends the session that was not used for the longest time, with its tokens', async (t) => {
  const { harness, made } = await opened(t);
  await limit(harness, made, 3);
  await addUser(harness, made, 'bob');
  const bob = await signIn(harness, made, 'bob');
  const tokens = [];
  for (let count = 0; count < 3; count += 1) {
    harness.advance(1_000);
    tokens.push(await signIn(harness, made, 'ann'));
  }
  assert.deepEqual(await alive(harness, tokens), [1, 2, 3]);
  harness.advance(1_000);
  const [first, second] = tokens;
  assert(first && second);
  const { ClientId } = made;
  const refresh = (RefreshToken: string) =>
    harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
  // Seconds after its sign-in: where sessions are tracked, each use counts.
  await refresh(first.RefreshToken);
  tokens.push(await signIn(harness, made, 'ann'));
  assert.deepEqual(await alive(harness, tokens), [1, 3, 4]);
  await harness.refuses(
    'GetTokensFromRefreshToken',
    { ClientId, RefreshToken: second.RefreshToken },
    'NotAuthorizedException',
    'Refresh Token has been revoked',
  );
  tokens.push(await signIn(harness, made, 'ann'));
  assert.deepEqual(await alive(harness, tokens), [1, 4, 5]);
  await harness.call('GetUser', bob);
});

test('a sign-in that ends without tokens ends no session', async (t) => {
  const { harness, made } = await opened(t);
  await limit(harness, made, 1);
  const tokens = [await signIn(harness, made, 'ann')];
  await assert.rejects(signIn(harness, made, 'ann', 'Wrong-Horse-7'));
  const { storage } = harness;
  const full: Storage = Object.setPrototypeOf(
    {
      transaction: <T>(work: Parameters<typeof storage.transaction<T>>[0]) =>
        storage.transaction(async (stores) => {
          await work(stores);
          throw new Error('the disk is full');
        }),
    } satisfies Partial<Storage>,
    storage,
  ) as Storage;
  const operation = registry.get('InitiateAuth');
  assert(operation);
  const input = passwordOf(made, 'ann');
  await assert.rejects(
    makeExecute(full, harness.world)(operation, input, { kind: 'anyone' }),
    /disk is full/,
  );
  assert.deepEqual(await alive(harness, tokens), [1]);
});

test('a lower limit ends no session by itself, and the next sign-in all that are too many; without tracking there is none', async (t) => {
  const { harness, made } = await opened(t);
  const tokens: { readonly AccessToken: string }[] = [];
  const again = async () => {
    harness.advance(1_000);
    tokens.push(await signIn(harness, made, 'ann'));
  };
  for (let count = 0; count < 5; count += 1) await again();
  await limit(harness, made, 2);
  assert.deepEqual(await alive(harness, tokens), [1, 2, 3, 4, 5]);
  await again();
  assert.deepEqual(await alive(harness, tokens), [5, 6]);
  await limit(harness, made, 1, 'DISABLED');
  await again();
  assert.deepEqual(await alive(harness, tokens), [5, 6, 7]);
});

test('sessions that were revoked or have ended leave room for others', async (t) => {
  const { harness, made } = await opened(t);
  await limit(harness, made, 2);
  const tokens = [await signIn(harness, made, 'ann')];
  const gone = await signIn(harness, made, 'ann');
  await harness.call('RevokeToken', { ClientId: made.ClientId, Token: gone.RefreshToken });
  tokens.push(await signIn(harness, made, 'ann'));
  assert.deepEqual(await alive(harness, tokens), [1, 2]);
});

for (const [name, database, skip] of databases) {
  suite(`sign-ins at the same time, on ${name}`, { skip }, () => {
    test('several of one user keep to the limit', async (t) => {
      const { harness, made, ann } = await opened(t, { database });
      await limit(harness, made, 2);
      const nodes = [
        harness,
        ...(name === 'PostgreSQL' ? [await harness.secondNode(), await harness.secondNode()] : []),
      ];
      for (let round = 0; round < 8; round += 1) {
        const tokens = await Promise.all(
          // As many as may try at the same time before the first has proved to be right.
          Array.from({ length: 4 }, (_, index) =>
            signIn(nodes[index % nodes.length] ?? harness, made, 'ann'),
          ),
        );
        assert.equal((await alive(harness, tokens)).length, 2);
        const { Sessions = [] } = await harness.call('AdminListUserSessions', ann);
        assert.equal(Sessions.length, 2);
        harness.advance(1_000);
      }
    });

    test('a session that ends during its refresh gives no tokens that last', async (t) => {
      const { harness, made } = await opened(t, { database });
      await limit(harness, made, 1);
      for (let round = 0; round < 5; round += 1) {
        const { RefreshToken } = await signIn(harness, made, 'ann');
        const [refreshed] = await Promise.allSettled([
          harness.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken }),
          signIn(harness, made, 'ann'),
        ]);
        assert.notEqual((await sessionOf(harness, RefreshToken)).revokedAtMs, undefined);
        if (refreshed.status === 'rejected') continue;
        const { AccessToken = '' } = refreshed.value.AuthenticationResult ?? {};
        await harness.refuses('GetUser', { AccessToken }, 'NotAuthorizedException');
      }
    });
  });
}

test('a sign-in asks nothing about sessions in a pool that tracks none, and one thing more where it does', async (t) => {
  const { harness, made } = await opened(t);
  const { storage, calls } = noting(harness.storage);
  const signInNow = async () => {
    const operation = registry.get('InitiateAuth');
    assert(operation);
    calls.splice(0);
    const input = passwordOf(made, 'ann');
    await makeExecute(storage, harness.world)(operation, input, {
      kind: 'anyone',
      source: '203.0.113.9',
    });
    return calls.splice(0);
  };
  const before = await signInNow();
  assert.deepEqual(
    before.filter((call) => /^configurations|keepRecent|liveOf/.test(call)),
    [],
  );
  await limit(harness, made, 5);
  const tracked = await signInNow();
  assert.deepEqual(
    tracked.filter((call) => call !== 'sessions.keepRecent'),
    before,
  );
  assert.equal(tracked.length, before.length + 1);
  await limit(harness, made, 5, 'DISABLED');
  assert.deepEqual(await signInNow(), before);
});
