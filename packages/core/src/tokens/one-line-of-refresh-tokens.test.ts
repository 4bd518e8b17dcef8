import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { Failure } from '../failure.ts';
import { openHouse, type House } from '../testing/house.ts';
import { addUser, signIn } from '../testing/signed-in.ts';

/** A rotating client with a grace of 60 seconds, and somebody signed in at it. */
async function signedIn(house: House) {
  const made = await house.makePool(
    {},
    {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
    },
  );
  await addUser(house, made, 'mara');
  const { RefreshToken } = await signIn(house, made, 'mara');
  return { ...made, first: RefreshToken };
}

async function refreshed(house: House, ClientId: string, RefreshToken: string): Promise<string> {
  const answer = await house.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
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

async function thirtyAtOnce(house: House, nodes: readonly House[]) {
  const { ClientId, first } = await signedIn(house);
  const nodeOf = (index: number) => nodes[index % nodes.length] ?? house;
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
  await refreshed(house, ClientId, [...third][0] ?? '');
}

test('thirty requests at once with one refresh token get one successor', async (t) => {
  const house = await openHouse(t, { database: sqliteTestDatabase });
  await thirtyAtOnce(house, [house]);
});

test(
  'thirty requests at once on two nodes get one successor',
  { skip: postgresSkipReason },
  async (t) => {
    const house = await openHouse(t, { database: postgresTestDatabase });
    await thirtyAtOnce(house, [house, await house.secondNode()]);
  },
);

test("owner's and thief's tokens do not both go on", async (t) => {
  const house = await openHouse(t);
  const { ClientId, first } = await signedIn(house);
  const owner = await refreshed(house, ClientId, first);
  const thief = await refreshed(house, ClientId, first);
  assert.equal(thief, owner);
  const next = await refreshed(house, ClientId, owner);
  // In the grace whoever comes late with the old one is refused, and does no harm.
  assert.equal(await codeOf(refreshed(house, ClientId, first)), REUSE);
  assert.equal(await refreshed(house, ClientId, thief), next);
  house.advance(60_000);
  const last = await refreshed(house, ClientId, next);
  // After it the copy shows that there are two, and nobody goes on.
  assert.equal(await codeOf(refreshed(house, ClientId, thief)), REUSE);
  assert.equal(await codeOf(refreshed(house, ClientId, last)), 'NotAuthorizedException');
});

test('every end of a sign-in ends the successor too, whichever token of the line is named', async (t) => {
  const house = await openHouse(t);
  const ends: readonly ((at: {
    readonly UserPoolId: string;
    readonly ClientId: string;
    readonly first: string;
    readonly next: string;
  }) => Promise<unknown>)[] = [
    ({ ClientId, first }) => house.call('RevokeToken', { ClientId, Token: first }),
    ({ ClientId, next }) => house.call('RevokeToken', { ClientId, Token: next }),
    ({ UserPoolId }) => house.call('AdminUserGlobalSignOut', { UserPoolId, Username: 'mara' }),
    ({ UserPoolId }) => house.call('AdminDisableUser', { UserPoolId, Username: 'mara' }),
    ({ UserPoolId }) => house.call('AdminDeleteUser', { UserPoolId, Username: 'mara' }),
    ({ UserPoolId }) =>
      house.call('AdminSetUserPassword', { UserPoolId, Username: 'mara', Password: 'Other-1234' }),
    ({ UserPoolId, ClientId }) => house.call('DeleteUserPoolClient', { UserPoolId, ClientId }),
  ];
  for (const end of ends) {
    const made = await signedIn(house);
    const next = await refreshed(house, made.ClientId, made.first);
    await end({ ...made, next });
    for (const token of [made.first, next]) {
      assert.notEqual(await codeOf(refreshed(house, made.ClientId, token)), 'let in');
    }
  }
});

test('the successor ends when the first token would have, however often it was asked for', async (t) => {
  const house = await openHouse(t);
  const { ClientId, first } = await signedIn(house);
  house.advance(30 * 86_400_000 - 30_000);
  const next = await refreshed(house, ClientId, first);
  assert.equal(await refreshed(house, ClientId, first), next);
  house.advance(30_000);
  for (const token of [first, next]) {
    assert.equal(await codeOf(refreshed(house, ClientId, token)), 'NotAuthorizedException');
  }
});

test('a client that stops rotating goes on with the one live token of the line', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId, first } = await signedIn(house);
  const next = await refreshed(house, ClientId, first);
  await house.call('UpdateUserPoolClient', {
    UserPoolId,
    ClientId,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const byFlow = (REFRESH_TOKEN: string) =>
    house.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN },
    });
  const byOperation = (RefreshToken: string) =>
    house.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
  for (const way of [byFlow, byOperation]) {
    assert.equal(await codeOf(way(first)), 'NotAuthorizedException');
    assert.equal(await codeOf(way(next)), 'let in');
  }
});

for (const way of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN', 'GetTokensFromRefreshToken'] as const) {
  test(`a copy used by ${way} long after its successor ends the line, though the client rotates no more`, async (t) => {
    const house = await openHouse(t);
    const { UserPoolId, ClientId, first } = await signedIn(house);
    const next = await refreshed(house, ClientId, first);
    await house.call('UpdateUserPoolClient', {
      UserPoolId,
      ClientId,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const use = (token: string) =>
      way === 'GetTokensFromRefreshToken'
        ? house.call(way, { ClientId, RefreshToken: token })
        : house.call('InitiateAuth', {
            ClientId,
            AuthFlow: way,
            AuthParameters: { REFRESH_TOKEN: token },
          });
    house.advance(59_999);
    assert.equal(await codeOf(use(first)), 'NotAuthorizedException');
    assert.equal(await codeOf(use(next)), 'let in', 'a retry of an answer that was lost');
    house.advance(1);
    assert.equal(await codeOf(use(first)), 'NotAuthorizedException');
    assert.equal(await codeOf(use(next)), 'NotAuthorizedException', 'the line has ended');
  });
}
