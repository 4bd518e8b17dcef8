import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { createClient } from '../pools/create-client.ts';
import { createPool } from '../pools/create-pool.ts';
import { poolId } from '../domain/ids.ts';
import { serverContext } from '../execute.ts';
import { Failure } from '../failure.ts';
import { finishJobs } from '../testing/finish-jobs.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, attributes, goodPassword, signIn } from '../testing/signed-in.ts';

/** How a request ended; anything but an answer or a refusal is a bug. */
async function outcomeOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'done';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

for (const [name, database, skip] of databases) {
  suite(`deletion on ${name}`, { skip }, () => {
    test('requests of all kinds that race DeleteUserPool are done, or refused as the API says', async (t) => {
      const harness = await openHarness(t, { database });
      for (let round = 0; round < 6; round += 1) {
        const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
        const { UserPoolId, ClientId } = made;
        await addUser(harness, made, 'ada', { email: 'ada@example.com', email_verified: 'true' });
        const { AccessToken, RefreshToken } = await signIn(harness, made, 'ada');
        const user = { UserPoolId, Username: 'ada' };
        const requests = [
          () => harness.call('AdminSetUserPassword', { ...user, Password: 'Other-1234' }),
          () =>
            harness.call('ChangePassword', {
              AccessToken,
              PreviousPassword: goodPassword,
              ProposedPassword: 'Other-1234',
            }),
          () => harness.call('SignUp', { ClientId, Username: 'bea', Password: 'Right-1234' }),
          () => harness.call('AdminCreateUser', { UserPoolId, Username: 'cleo' }),
          () => harness.call('ForgotPassword', { ClientId, Username: 'ada' }),
          () =>
            harness.call('AdminUpdateUserAttributes', {
              ...user,
              UserAttributes: attributes({ email: 'new@example.com', email_verified: 'true' }),
            }),
          () =>
            harness.call('GetUserAttributeVerificationCode', {
              AccessToken,
              AttributeName: 'email',
            }),
          () => harness.call('CreateGroup', { UserPoolId, GroupName: 'staff' }),
          () => harness.call('CreateUserPoolClient', { UserPoolId, ClientName: 'other' }),
          () => harness.call('GetUser', { AccessToken }),
          () => harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken }),
          () =>
            harness.call('InitiateAuth', {
              ClientId,
              AuthFlow: 'USER_PASSWORD_AUTH',
              AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
            }),
          () => harness.call('AdminDeleteUser', user),
          () => harness.call('UpdateUserPool', { UserPoolId }),
        ];
        const racing = requests.map(async (request) => {
          await delay(Math.random() * round * 4);
          return outcomeOf(request());
        });
        await delay(round * 2);
        const deletion = await outcomeOf(harness.call('DeleteUserPool', { UserPoolId }));
        assert.equal(deletion, 'done');
        const expected = [
          'done',
          'ResourceNotFoundException',
          // The user was gone a moment before the pool appeared to be.
          'UserNotFoundException',
          'NotAuthorizedException',
        ];
        for (const outcome of await Promise.all(racing)) {
          assert.ok(expected.includes(outcome), outcome);
        }
      }
    });

    test('a pool and a client that are made again under their ids have nothing of the former ones', async (t) => {
      const harness = await openHarness(t, { database });
      const ctx = () => serverContext(harness.storage, harness.world);
      const id = 'eu-west-1_fixed';
      const clientId = 'fixedclientfixedclient';
      const make = async () => {
        await createPool(ctx(), { PoolName: 'fixed' }, { id });
        const input = {
          UserPoolId: id,
          ClientName: 'web',
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const,
        };
        await createClient(
          ctx(),
          { ...input, ExplicitAuthFlows: [...input.ExplicitAuthFlows] },
          {
            id: clientId,
          },
        );
        return { UserPoolId: id, ClientId: clientId };
      };
      const first = await make();
      for (const user of ['ada', 'bea']) await addUser(harness, first, user);
      const { AccessToken, RefreshToken } = await signIn(harness, first, 'ada');
      await harness.call('DeleteUserPool', { UserPoolId: id });
      await assert.rejects(make(), /exists/i);
      await finishJobs(harness);
      const second = await make();
      const refused = await outcomeOf(harness.call('GetUser', { AccessToken }));
      assert.equal(refused, 'NotAuthorizedException');
      for (const user of ['ada', 'bea']) await addUser(harness, second, user);
      const signedIn = await signIn(harness, second, 'ada');
      await harness.call('GetUser', { AccessToken: signedIn.AccessToken });
      for (const token of [RefreshToken, signedIn.RefreshToken]) {
        const again = await outcomeOf(
          harness.call('GetTokensFromRefreshToken', { ClientId: clientId, RefreshToken: token }),
        );
        assert.equal(again, token === RefreshToken ? 'NotAuthorizedException' : 'done');
      }
    });
  });
}

suite('deletion seen by another node', { skip: postgresSkipReason ?? false }, () => {
  test('on the other node users and tokens are gone at once, keys within a second, and a pool made again is the new one', async (t) => {
    const harness = await openHarness(t, { database: postgresTestDatabase });
    const other = await harness.secondNode();
    const id = 'eu-west-1_again';
    const make = (node: Harness) =>
      createPool(serverContext(node.storage, node.world), { PoolName: 'again' }, { id });
    await make(harness);
    const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
      UserPoolId: id,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const made = { UserPoolId: id, ClientId: UserPoolClient?.ClientId ?? '' };
    await addUser(harness, made, 'ada');
    const { AccessToken, RefreshToken } = await signIn(other, made, 'ada');
    const before = await other.world.signingKeys.of(poolId(id));
    assert.ok(before);
    await harness.call('DeleteUserPool', { UserPoolId: id });
    const { ClientId } = made;
    const requests = [
      () => other.call('GetUser', { AccessToken }),
      () => other.call('GetTokensFromRefreshToken', { ClientId, RefreshToken }),
      () => signIn(other, made, 'ada'),
      () => other.call('AdminCreateUser', { UserPoolId: id, Username: 'late' }),
    ];
    for (const request of requests) {
      const outcome = await outcomeOf(request());
      assert.match(outcome, /^(NotAuthorized|UserNotFound|ResourceNotFound)Exception$/);
    }
    await finishJobs(harness);
    await make(harness);
    const keys = await harness.world.signingKeys.of(poolId(id));
    assert.notDeepEqual(keys?.jwks, before.jwks);
    const untilMs = performance.now() + 5_000;
    let seen = before;
    while (seen.jwks[0]?.kid !== keys?.jwks[0]?.kid && performance.now() < untilMs) {
      await delay(50);
      seen = (await other.world.signingKeys.of(poolId(id))) ?? before;
    }
    assert.deepEqual(seen.jwks, keys?.jwks);
    const again = { ...made, ClientId: '' };
    const client = await other.call('CreateUserPoolClient', {
      UserPoolId: id,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    again.ClientId = client.UserPoolClient?.ClientId ?? '';
    await addUser(other, again, 'ada');
    const tokens = await signIn(harness, again, 'ada');
    await other.call('GetUser', { AccessToken: tokens.AccessToken });
    assert.equal(await outcomeOf(other.call('GetUser', { AccessToken })), 'NotAuthorizedException');
  });
});
