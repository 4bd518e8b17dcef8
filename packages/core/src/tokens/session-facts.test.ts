import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import type { Caller } from '../operation.ts';
import { sealedPlaces, secretHash } from '../crypto/index.ts';
import { makeExecute } from '../execute.ts';
import { poolId } from '../domain/ids.ts';
import { StorageUnavailableError, type Storage } from '../ports/stores/index.ts';
import { registry } from '../registry.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { noting } from '../testing/noting-stores.ts';
import { addUser, goodPassword, sessionOf, signIn, type MadePool } from '../testing/signed-in.ts';
import { makeTarget } from '../testing/target.ts';
import { openFor, waysToAToken } from '../testing/token-paths.ts';
import { openLastUse } from './last-use.ts';

const HOUR = 3_600_000;
const FLOWS = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const;

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

/** Somebody signed in a moment ago, from an address. */
async function signedIn(
  t: TestContext,
  client: Partial<InputOf<'CreateUserPoolClient'>> = {},
  options: Parameters<typeof openHarness>[1] = {},
) {
  const harness = await openHarness(t, options);
  const made = await harness.makePool({}, client);
  await addUser(harness, made, 'ann');
  const { RefreshToken } = await signIn(harness, made, 'ann');
  return { harness, made, RefreshToken, clock: () => harness.world.clock.nowMs() };
}

/** Refreshes through the flow, which never rotates. */
const refresh = ({ ClientId }: MadePool, RefreshToken: string) =>
  [
    'InitiateAuth',
    {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    },
  ] as const;

for (const way of waysToAToken.filter(({ refreshes }) => !refreshes)) {
  test(`${way.name}: the session knows what was proved, when, and who asked`, async (t) => {
    const harness = await openFor(t, way);
    const target = await makeTarget(harness, way);
    const startMs = harness.world.clock.nowMs();
    const last = await way.begin(harness, target);
    harness.advance(1_000);
    const endMs = harness.world.clock.nowMs();
    const session = await sessionOf(harness, (await last())?.RefreshToken);
    const { proofs = [] } = session;
    assert.deepEqual(
      proofs.map(({ challenge }) => challenge),
      way.proves,
    );
    // A first factor that another request follows was proved before it, and a task proves nothing.
    assert.equal(proofs[0]?.atMs, way.doesTask || way.second ? startMs : endMs);
    if (way.second) assert.equal(proofs[1]?.atMs, endMs);
    const isBackEnds = /^ADMIN_|^(USER|USER_SRP|CUSTOM)_AUTH .*by administrator/.test(way.name);
    assert.equal(session.origin, isBackEnds ? 'administrator' : 'app', 'who began');
    assert.equal(session.lastUsedAtMs, endMs);
    assert.equal(session.identityProvider, undefined);
    assert.equal(session.deviceKey !== undefined, way.onDevice ?? false);
  });
}

for (const [name, database, skip] of databases) {
  suite(`the use of a session on ${name}`, { skip }, () => {
    test('a refresh that rotates keeps what is known of the sign-in, and is noted each time', async (t) => {
      const rotating = { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 } as const;
      const { harness, made, RefreshToken, clock } = await signedIn(
        t,
        { ExplicitAuthFlows: [FLOWS[0]], RefreshTokenRotation: rotating },
        { database },
      );
      const { lastUsedAtMs, sealedLastUse, ...before } = await sessionOf(harness, RefreshToken);
      assert.equal(lastUsedAtMs, clock());
      let token = RefreshToken;
      for (let use = 0; use < 3; use += 1) {
        harness.advance(1_000);
        const answer = await harness.call(
          'GetTokensFromRefreshToken',
          { ClientId: made.ClientId, RefreshToken: token },
          { kind: 'anyone', source: `203.0.113.${use}` },
        );
        token = answer.AuthenticationResult?.RefreshToken ?? '';
        const { sealedLastUse: sealed, ...now } = await sessionOf(harness, token);
        assert.deepEqual(now, { ...before, lastUsedAtMs: clock() });
        assert.notEqual(sealed, sealedLastUse);
        const secrets = await harness.world.vault.of(before.poolId);
        const opened = openLastUse(secrets, sealedPlaces.lastUse(before.id), sealed);
        assert.deepEqual(opened, { address: `203.0.113.${use}` });
      }
    });

    test('one that does not rotate is noted once an hour, however many requests come at once', async (t) => {
      const { harness, made, RefreshToken, clock } = await signedIn(t, {}, { database });
      const { lastUsedAtMs: startMs = 0, ...before } = await sessionOf(harness, RefreshToken);
      const use = () => harness.call(...refresh(made, RefreshToken));
      const last = async () => (await sessionOf(harness, RefreshToken)).lastUsedAtMs;
      harness.advance(HOUR - 1);
      await use();
      assert.equal(await last(), startMs);
      harness.advance(1);
      await Promise.all(Array.from({ length: 8 }, use));
      assert.equal(await last(), startMs + HOUR);
      harness.advance(1_000);
      await use();
      assert.equal(await last(), startMs + HOUR);
      harness.advance(10 * HOUR);
      await use();
      assert.deepEqual(await sessionOf(harness, RefreshToken), {
        ...before,
        lastUsedAtMs: clock(),
      });
      // On a node whose clock is days ahead, and then on one whose clock is right.
      harness.advance(240 * HOUR);
      await use();
      harness.advance(-240 * HOUR + 1);
      await use();
      assert.equal(await last(), clock());
    });
  });
}

/** Sends a request as {@link Harness.call} does, over another view of its storage. */
async function callOver(
  { world }: Harness,
  storage: Storage,
  [name, input]: ReturnType<typeof refresh>,
) {
  const operation = registry.get(name);
  assert(operation);
  return makeExecute(storage, world)(operation, input, { kind: 'anyone', source: '203.0.113.9' });
}

test('a refresh within the hour asks the database for what it always asked, and writes nothing', async (t) => {
  const { harness, made, RefreshToken } = await signedIn(t);
  const reads = ['clients.get', 'pools.get', 'sessions.byToken', 'groups.ofUser'];
  const { storage, calls } = noting(harness.storage);
  await callOver(harness, storage, refresh(made, RefreshToken));
  assert.deepEqual(calls.splice(0), reads);
  harness.advance(HOUR);
  await callOver(harness, storage, refresh(made, RefreshToken));
  assert.deepEqual(calls.splice(0), [...reads, 'sessions.noteUse']);
});

test('a database that takes no writes for a while still gives tokens for refresh tokens', async (t) => {
  const { harness, made, RefreshToken } = await signedIn(t);
  const { stores } = harness.storage;
  const full: Storage = Object.setPrototypeOf(
    {
      stores: {
        ...stores,
        sessions: Object.setPrototypeOf(
          {
            byToken: (hash: string) => stores.sessions.byToken(hash),
            noteUse: () => Promise.reject(new StorageUnavailableError('the disk is full')),
          },
          stores.sessions,
        ) as Storage['stores']['sessions'],
      },
    },
    harness.storage,
  ) as Storage;
  harness.advance(HOUR);
  const answer = await callOver(harness, full, refresh(made, RefreshToken));
  assert('AuthenticationResult' in answer);
});

suite('whose word counts of where a session is used from', () => {
  const someone: Caller = { kind: 'anyone', source: '198.51.100.7' };
  const backEnd: Caller = { kind: 'access-key', id: 'k', region: 'eu-west-1', source: '10.0.0.5' };
  const context = {
    IpAddress: '203.0.113.9',
    ServerName: 'shop.example.com',
    ServerPath: '/login',
    HttpHeaders: [
      { headerName: 'Accept', headerValue: '*/*' },
      { headerName: 'User-Agent', headerValue: 'Phone/1' },
    ],
  };
  const AuthParameters = { USERNAME: 'ann', PASSWORD: goodPassword };

  async function useOf(
    t: TestContext,
    caller: Caller,
    said: object,
    client: Partial<InputOf<'CreateUserPoolClient'>> = {},
  ) {
    const harness = await openHarness(t);
    const made = await harness.makePool({}, client);
    await addUser(harness, made, 'ann');
    const isApp = caller.kind === 'anyone';
    const operation = registry.get(isApp ? 'InitiateAuth' : 'AdminInitiateAuth');
    assert(operation);
    const { storage, world } = harness;
    const answer = (await makeExecute(storage, world)(
      operation,
      {
        ClientId: made.ClientId,
        ...(isApp
          ? { AuthFlow: 'USER_PASSWORD_AUTH' }
          : { UserPoolId: made.UserPoolId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' }),
        AuthParameters: { ...AuthParameters, ...hashIn(made) },
        ...said,
      },
      caller,
      { userAgent: 'Program/1' },
    )) as { AuthenticationResult?: { RefreshToken?: string } };
    const session = await sessionOf(harness, answer.AuthenticationResult?.RefreshToken);
    const secrets = await world.vault.of(poolId(made.UserPoolId));
    return openLastUse(secrets, sealedPlaces.lastUse(session.id), session.sealedLastUse);
  }
  const hashIn = ({ secret, ClientId }: MadePool) =>
    secret === undefined ? {} : { SECRET_HASH: secretHash(secret, 'ann', ClientId) };

  test('an app is known by its connection, and what it says of the device is not believed', async (t) => {
    const own = { address: '198.51.100.7', userAgent: 'Program/1' };
    assert.deepEqual(await useOf(t, someone, {}), own);
    const UserContextData = { IpAddress: '203.0.113.9', EncodedData: 'print' };
    assert.deepEqual(await useOf(t, someone, { UserContextData }), own);
    const secret = { GenerateSecret: true };
    assert.deepEqual(await useOf(t, someone, { UserContextData }, secret), own);
  });

  test('a client with a secret speaks for its users where its setting allows it', async (t) => {
    const allowed = { GenerateSecret: true, EnablePropagateAdditionalUserContextData: true };
    const UserContextData = { IpAddress: '203.0.113.9' };
    assert.deepEqual(await useOf(t, someone, { UserContextData }, allowed), {
      address: '203.0.113.9',
    });
  });

  test('a back end that signs speaks for its users, or is what is known', async (t) => {
    assert.deepEqual(await useOf(t, backEnd, { ContextData: context }), {
      address: '203.0.113.9',
      userAgent: 'Phone/1',
    });
    assert.deepEqual(await useOf(t, backEnd, {}), { address: '10.0.0.5', userAgent: 'Program/1' });
    const long = {
      ...context,
      IpAddress: '9'.repeat(1_000),
      HttpHeaders: [{ headerName: 'user-agent', headerValue: 'a'.repeat(1_000) }],
    };
    assert.deepEqual(await useOf(t, backEnd, { ContextData: long }), {
      address: '9'.repeat(128),
      userAgent: 'a'.repeat(512),
    });
  });
});
