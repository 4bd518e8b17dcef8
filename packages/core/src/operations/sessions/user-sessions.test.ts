import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { OutputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { Failure } from '../../failure.ts';
import { makeExecute } from '../../execute.ts';
import { registry } from '../../registry.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { addUser, goodPassword, signIn, type MadePool } from '../../testing/signed-in.ts';

type Shown = NonNullable<OutputOf<'ListUserSessions'>['Sessions']>[number];

/** A pool that tracks sessions, with a user. */
async function opened(t: TestContext, options: Parameters<typeof openHarness>[1] = {}) {
  const harness = await openHarness(t, options);
  const made = await harness.makePool();
  const pool = { UserPoolId: made.UserPoolId };
  await track(harness, made);
  await addUser(harness, made, 'ann');
  const ann = { ...pool, Username: 'ann' };
  return { harness, made, pool, ann };
}

const track = (harness: Harness, { UserPoolId }: MadePool, MaxPerUser = 100) =>
  harness.call('SetUserPoolSessionConfiguration', {
    UserPoolId,
    UserSessionTracking: 'ENABLED',
    TokenSession: { MaxPerUser },
  });

const listed = async (harness: Harness, AccessToken: string): Promise<readonly Shown[]> =>
  (await harness.call('ListUserSessions', { AccessToken })).Sessions ?? [];

const current = async (harness: Harness, AccessToken: string): Promise<string> =>
  (await listed(harness, AccessToken)).find(({ IsCurrentSession }) => IsCurrentSession)
    ?.SessionId ?? assert.fail('none is the current one');

const missing = ['ResourceNotFoundException', 'Session does not exist.'] as const;

test('a user sees all own sessions, newest first, and which one asks; an administrator sees the same', async (t) => {
  const { harness, made, ann } = await opened(t);
  await addUser(harness, made, 'bob');
  const createdS = harness.world.clock.nowMs() / 1000;
  const first = await signIn(harness, made, 'ann');
  harness.advance(60_000);
  await signIn(harness, made, 'bob');
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId: made.UserPoolId,
    ClientName: 'other',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  });
  const ClientId = UserPoolClient?.ClientId ?? '';
  const second = await signIn(harness, { ...made, ClientId }, 'ann');
  const seen = await listed(harness, second.AccessToken);
  const shown = (atS: number, client: string, IsCurrentSession: boolean, SessionId?: string) => ({
    SessionId,
    SessionType: 'TOKEN',
    ClientId: client,
    CreateDate: atS,
    LastActiveDate: atS,
    DeviceType: 'unknown',
    IsCurrentSession,
  });
  const [newer, older] = seen.map(({ SessionId }) => SessionId);
  assert.deepEqual(seen, [
    shown(createdS + 60, ClientId, true, newer),
    shown(createdS, made.ClientId, false, older),
  ]);
  for (const id of [newer, older]) assert.match(id ?? '', /^tkn[0-9a-z]{25}$/);
  assert.notEqual(newer, older);
  assert.equal(await current(harness, first.AccessToken), older, 'the same to every caller');
  assert.deepEqual(await harness.call('AdminListUserSessions', ann), {
    Sessions: seen.map((one) => ({ ...one, IsCurrentSession: false })),
  });
});

test('a session shows from which device and address it was last used, and when', async (t) => {
  const { harness, made, ann } = await opened(t);
  const send = (name: 'InitiateAuth', input: object, userAgent: string, source: string) => {
    const operation = registry.get(name);
    assert(operation);
    const execute = makeExecute(harness.storage, harness.world);
    const anyone = { kind: 'anyone', source } as const;
    return execute(operation, input, anyone, { userAgent });
  };
  const { AuthenticationResult } = (await send(
    'InitiateAuth',
    {
      ClientId: made.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ann', PASSWORD: goodPassword },
    },
    'Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0',
    '192.0.2.42',
  )) as OutputOf<'InitiateAuth'>;
  const last = async () => {
    const [one] = (await harness.call('AdminListUserSessions', ann)).Sessions ?? [];
    return [one?.DeviceType, one?.LastIPAddress, one?.LastActiveDate];
  };
  const startS = harness.world.clock.nowMs() / 1000;
  assert.deepEqual(await last(), ['Firefox 126 / Linux', '192.0.2.42', startS]);
  harness.advance(3_600_000);
  const refresh = {
    ClientId: made.ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken },
  };
  await send('InitiateAuth', refresh, 'okhttp/4.9', '198.51.100.17');
  assert.deepEqual(await last(), ['okhttp 4', '198.51.100.17', startS + 3600]);
});

test('sessions that are revoked or have ended are not shown, and long lists have pages', async (t) => {
  const { harness, made, ann } = await opened(t);
  // More than the limit: they are from before the pool tracked sessions.
  await harness.call('SetUserPoolSessionConfiguration', {
    UserPoolId: made.UserPoolId,
    UserSessionTracking: 'DISABLED',
    TokenSession: { MaxPerUser: 100 },
  });
  const { AccessToken } = await signIn(harness, made, 'ann');
  harness.advance(1_000);
  const { RefreshToken: Token } = await signIn(harness, made, 'ann');
  for (let count = 0; count < 125; count += 1) await signIn(harness, made, 'ann');
  await track(harness, made);
  await harness.call('RevokeToken', { ClientId: made.ClientId, Token });
  const { NextToken, Sessions = [] } = await harness.call('AdminListUserSessions', ann);
  const next = { ...ann, NextToken };
  const last = await harness.call('AdminListUserSessions', next);
  assert.deepEqual([Sessions.length, last.Sessions?.length, last.NextToken], [125, 1, undefined]);
  const SessionId = last.Sessions?.[0]?.SessionId ?? '';
  assert.equal(
    new Set([...Sessions, ...(last.Sessions ?? [])].map((one) => one.SessionId)).size,
    126,
  );
  const invalid = 'InvalidParameterException';
  await harness.refuses('ListUserSessions', { AccessToken, NextToken }, invalid);
  const forged = { ...ann, NextToken: `${NextToken}x` };
  await harness.refuses('AdminListUserSessions', forged, invalid);
  // What is on the second page can be ended like what is on the first.
  await harness.call('AdminRevokeUserSession', { ...ann, SessionId });
  await harness.refuses('GetUser', { AccessToken }, 'NotAuthorizedException');
  harness.advance(30 * 24 * 3_600_000);
  assert.deepEqual(await harness.call('AdminListUserSessions', ann), { Sessions: [] });
});

test('a user ends another own session at once, and not the current one', async (t) => {
  const { harness, made } = await opened(t);
  const [mine, lost] = [await signIn(harness, made, 'ann'), await signIn(harness, made, 'ann')];
  const { AccessToken } = mine;
  const SessionId = await current(harness, lost.AccessToken);
  const own = { AccessToken, SessionId: await current(harness, AccessToken) };
  await harness.refuses(
    'RevokeUserSession',
    own,
    'InvalidParameterException',
    'The current session cannot be revoked.',
  );
  const input = { AccessToken, SessionId, RevokeAssociatedSessions: 'LINKED' } as const;
  assert.deepEqual(await harness.call('RevokeUserSession', input), {});
  for (const operation of ['GetUser', 'ListUserSessions', 'GlobalSignOut'] as const) {
    await harness.refuses(
      operation,
      { AccessToken: lost.AccessToken },
      'NotAuthorizedException',
      'Access Token has been revoked',
    );
  }
  await harness.refuses('RevokeUserSession', input, ...missing);
  assert.deepEqual(
    (await listed(harness, AccessToken)).map((one) => one.SessionId),
    [own.SessionId],
  );
});

test('a SessionId that is somebody else’s, of another pool or of no session is missing in the same way', async (t) => {
  const { harness, made, ann } = await opened(t);
  await addUser(harness, made, 'bob');
  const { AccessToken } = await signIn(harness, made, 'ann');
  const bob = await signIn(harness, made, 'bob');
  const other = await harness.makePool();
  await track(harness, other);
  await addUser(harness, other, 'ann');
  const elsewhere = await signIn(harness, other, 'ann');
  const origin = JSON.parse(
    Buffer.from(AccessToken.split('.')[1] ?? '', 'base64url').toString(),
  ) as { origin_jti: string };
  for (const SessionId of [
    await current(harness, bob.AccessToken),
    await current(harness, elsewhere.AccessToken),
    origin.origin_jti,
    'tkn0000000000000000000000000',
    'sso0000000000000000000000000',
    '',
    `${await current(harness, AccessToken)} `,
  ]) {
    await harness.refuses('RevokeUserSession', { AccessToken, SessionId }, ...missing);
    await harness.refuses('AdminRevokeUserSession', { ...ann, SessionId }, ...missing);
  }
  for (const one of [bob, elsewhere]) await harness.call('GetUser', one);
});

test('a pool that tracks no sessions neither shows nor ends them', async (t) => {
  const { harness, made, ann } = await opened(t);
  const { AccessToken } = await signIn(harness, made, 'ann');
  const SessionId = await current(harness, AccessToken);
  await harness.call('SetUserPoolSessionConfiguration', {
    UserPoolId: made.UserPoolId,
    UserSessionTracking: 'DISABLED',
    TokenSession: { MaxPerUser: 20 },
  });
  const off = [
    'OperationNotEnabledException',
    'Session tracking is not enabled for this user pool.',
  ] as const;
  await harness.refuses('ListUserSessions', { AccessToken }, ...off);
  await harness.refuses('RevokeUserSession', { AccessToken, SessionId }, ...off);
  await harness.refuses('AdminListUserSessions', ann, ...off);
  await harness.refuses('AdminRevokeUserSession', { ...ann, SessionId }, ...off);
  await harness.call('GetUser', { AccessToken });
});

test('administrators name a user who is there, in a pool that is', async (t) => {
  const { harness, pool, ann } = await opened(t);
  const SessionId = 'tkn0000000000000000000000000';
  const nobody = { ...pool, Username: 'nobody' };
  const nowhere = { ...ann, UserPoolId: 'eu-west-1_missing00' };
  await harness.refuses('AdminListUserSessions', nobody, 'UserNotFoundException');
  await harness.refuses('AdminListUserSessions', nowhere, 'ResourceNotFoundException');
  const [gone, away] = [
    { ...nobody, SessionId },
    { ...nowhere, SessionId },
  ];
  await harness.refuses('AdminRevokeUserSession', gone, 'UserNotFoundException');
  await harness.refuses('AdminRevokeUserSession', away, 'ResourceNotFoundException');
});

test('a session whose tokens name it by their event is ended like any other', async (t) => {
  const { harness, made, ann } = await opened(t);
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId: made.UserPoolId,
    ClientName: 'unrevocable',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    EnableTokenRevocation: false,
  });
  const ClientId = UserPoolClient?.ClientId ?? '';
  const { AccessToken } = await signIn(harness, { ...made, ClientId }, 'ann');
  const SessionId = await current(harness, AccessToken);
  await harness.call('AdminRevokeUserSession', { ...ann, SessionId });
  await harness.refuses('GetUser', { AccessToken }, 'NotAuthorizedException');
});

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  suite(`sessions that are ended in parallel, on ${name}`, { skip }, () => {
    test('of eight that end one session, one does, and the others are told that it is missing', async (t) => {
      const { harness, made, ann } = await opened(t, { database });
      const { AccessToken } = await signIn(harness, made, 'ann');
      const lost = await signIn(harness, made, 'ann');
      const SessionId = await current(harness, lost.AccessToken);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          index % 2 === 0
            ? harness.call('RevokeUserSession', { AccessToken, SessionId })
            : harness.call('AdminRevokeUserSession', { ...ann, SessionId }),
        ),
      );
      const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      assert.equal(refused.length, 7);
      for (const error of refused) {
        assert(
          error instanceof Failure && error.code === 'ResourceNotFoundException',
          String(error),
        );
      }
    });

    test('no refresh that comes after the end of a session gets tokens, however many come at once', async (t) => {
      const { harness, made, ann } = await opened(t, { database });
      const { AccessToken, RefreshToken } = await signIn(harness, made, 'ann');
      const SessionId = await current(harness, AccessToken);
      let isEnded = false;
      const refresh = async () => {
        const begunAfter = isEnded;
        const answer = await harness
          .call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken })
          .catch((error: unknown) => {
            if (!(error instanceof Failure)) throw error;
            return undefined;
          });
        const token = answer?.AuthenticationResult?.AccessToken;
        if (begunAfter) assert.equal(token, undefined);
        return token;
      };
      const before = Array.from({ length: 4 }, refresh);
      await harness.call('AdminRevokeUserSession', { ...ann, SessionId });
      isEnded = true;
      const tokens = await Promise.all([...before, ...Array.from({ length: 4 }, refresh)]);
      for (const token of tokens) {
        if (token === undefined) continue;
        await harness.refuses('GetUser', { AccessToken: token }, 'NotAuthorizedException');
      }
    });
  });
}
