import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { Failure } from '../failure.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, signIn } from '../testing/signed-in.ts';

/** A rotating client with a grace of 60 seconds, and somebody signed in at it. */
async function signedIn(harness: Harness) {
  const made = await harness.makePool(
    {},
    {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
    },
  );
  await addUser(harness, made, 'mara');
  const { RefreshToken } = await signIn(harness, made, 'mara');
  return { ...made, first: RefreshToken };
}

async function refreshed(
  harness: Harness,
  ClientId: string,
  RefreshToken: string,
): Promise<string> {
  const answer = await harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
  const { AccessToken, RefreshToken: next } = answer.AuthenticationResult ?? {};
  assert(AccessToken && next);
  return next;
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  const outcome = await attempt.then(
    () => 'let in',
    (error: unknown) => error,
  );
  if (typeof outcome === 'string') return outcome;
  assert(outcome instanceof Failure, String(outcome));
  return outcome.code;
}

const REUSE = 'RefreshTokenReuseException';

async function thirtyAtOnce(harness: Harness, nodes: readonly Harness[]) {
  const { ClientId, first } = await signedIn(harness);
  const nodeOf = (index: number) => nodes[index % nodes.length] ?? harness;
  const ask = (token: string) =>
    Promise.all(
      Array.from({ length: 30 }, (_, index) => refreshed(nodeOf(index), ClientId, token)),
    );
  const second = new Set(await ask(first));
  assert.equal(second.size, 1);
  const third = new Set(await ask([...second][0] ?? ''));
  assert.equal(third.size, 1);
  // The first token is overtaken on every node, and what it led to lives on.
  for (const node of nodes) {
    assert.equal(await codeOf(refreshed(node, ClientId, first)), REUSE);
  }
  await refreshed(harness, ClientId, [...third][0] ?? '');
}

test('thirty requests at once with one refresh token get one successor', async (t) => {
  const harness = await openHarness(t, { database: sqliteTestDatabase });
  await thirtyAtOnce(harness, [harness]);
});

test(
  'thirty requests at once on two nodes get one successor',
  { skip: postgresSkipReason },
  async (t) => {
    const harness = await openHarness(t, { database: postgresTestDatabase });
    await thirtyAtOnce(harness, [harness, await harness.secondNode()]);
  },
);

test("owner's and thief's tokens do not both go on", async (t) => {
  const harness = await openHarness(t);
  const { ClientId, first } = await signedIn(harness);
  const owner = await refreshed(harness, ClientId, first);
  const thief = await refreshed(harness, ClientId, first);
  assert.equal(thief, owner);
  const next = await refreshed(harness, ClientId, owner);
  // In the grace whoever comes late with the old one is refused, and does no harm.
  assert.equal(await codeOf(refreshed(harness, ClientId, first)), REUSE);
  assert.equal(await refreshed(harness, ClientId, thief), next);
  harness.advance(60_000);
  const last = await refreshed(harness, ClientId, next);
  // After it the copy shows that there are two, and nobody goes on.
  assert.equal(await codeOf(refreshed(harness, ClientId, thief)), REUSE);
  assert.equal(await codeOf(refreshed(harness, ClientId, last)), 'NotAuthorizedException');
});

test('every end of a sign-in ends the successor too, whichever token of the line is named', async (t) => {
  const harness = await openHarness(t);
  const ends: readonly ((at: {
    readonly UserPoolId: string;
    readonly ClientId: string;
    readonly first: string;
    readonly next: string;
  }) => Promise<unknown>)[] = [
    ({ ClientId, first }) => harness.call('RevokeToken', { ClientId, Token: first }),
    ({ ClientId, next }) => harness.call('RevokeToken', { ClientId, Token: next }),
    ({ UserPoolId }) => harness.call('AdminUserGlobalSignOut', { UserPoolId, Username: 'mara' }),
    ({ UserPoolId }) => harness.call('AdminDisableUser', { UserPoolId, Username: 'mara' }),
    ({ UserPoolId }) => harness.call('AdminDeleteUser', { UserPoolId, Username: 'mara' }),
    ({ UserPoolId }) =>
      harness.call('AdminSetUserPassword', {
        UserPoolId,
        Username: 'mara',
        Password: 'Other-1234',
      }),
    ({ UserPoolId, ClientId }) => harness.call('DeleteUserPoolClient', { UserPoolId, ClientId }),
  ];
  for (const end of ends) {
    const made = await signedIn(harness);
    const next = await refreshed(harness, made.ClientId, made.first);
    await end({ ...made, next });
    for (const token of [made.first, next]) {
      assert.notEqual(await codeOf(refreshed(harness, made.ClientId, token)), 'let in');
    }
  }
});

test('the successor ends when the first token would have, however often it was asked for', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, first } = await signedIn(harness);
  harness.advance(30 * 86_400_000 - 30_000);
  const next = await refreshed(harness, ClientId, first);
  assert.equal(await refreshed(harness, ClientId, first), next);
  harness.advance(30_000);
  for (const token of [first, next]) {
    assert.equal(await codeOf(refreshed(harness, ClientId, token)), 'NotAuthorizedException');
  }
});

test('a client that stops rotating goes on with the one live token of the line', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, first } = await signedIn(harness);
  const next = await refreshed(harness, ClientId, first);
  await harness.call('UpdateUserPoolClient', {
    UserPoolId,
    ClientId,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const byFlow = (REFRESH_TOKEN: string) =>
    harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN },
    });
  const byOperation = (RefreshToken: string) =>
    harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
  for (const way of [byFlow, byOperation]) {
    assert.equal(await codeOf(way(first)), 'NotAuthorizedException');
    assert.equal(await codeOf(way(next)), 'let in');
  }
});

for (const way of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN', 'GetTokensFromRefreshToken'] as const) {
  test(`a copy used by ${way} long after its successor ends the line, though the client rotates no more`, async (t) => {
    const harness = await openHarness(t);
    const { UserPoolId, ClientId, first } = await signedIn(harness);
    const next = await refreshed(harness, ClientId, first);
    await harness.call('UpdateUserPoolClient', {
      UserPoolId,
      ClientId,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const use = (token: string) =>
      way === 'GetTokensFromRefreshToken'
        ? harness.call(way, { ClientId, RefreshToken: token })
        : harness.call('InitiateAuth', {
            ClientId,
            AuthFlow: way,
            AuthParameters: { REFRESH_TOKEN: token },
          });
    harness.advance(59_999);
    assert.equal(await codeOf(use(first)), 'NotAuthorizedException');
    assert.equal(await codeOf(use(next)), 'let in', 'a retry of an answer that was lost');
    harness.advance(1);
    assert.equal(await codeOf(use(first)), 'NotAuthorizedException');
    assert.equal(await codeOf(use(next)), 'NotAuthorizedException', 'the line has ended');
  });
}
