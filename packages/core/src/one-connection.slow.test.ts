import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { InputOf, OperationName } from '@poolhouse/model';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { openHarness, type Harness } from './testing/harness.ts';
import { addUser, signIn } from './testing/signed-in.ts';

/** More than a node has connections, so that transactions which wait for a second one would all wait for one another. */
const PARALLEL = 24;

suite('no transaction waits for a second connection', { skip: postgresSkipReason ?? false }, () => {
  /** Opens as many connections of the node as it may have, without touching the pool under test. */
  async function warm(node: Harness, UserPoolId: string): Promise<void> {
    const reads = Array.from({ length: 4 * PARALLEL }, () =>
      node.call('AdminGetUser', { UserPoolId, Username: 'warm' }),
    );
    await Promise.all(reads);
  }

  async function burst<Name extends OperationName>(
    harness: Harness,
    warmPool: string,
    name: Name,
    inputOf: (index: number) => InputOf<Name>,
  ): Promise<void> {
    const node = await harness.secondNode();
    await warm(node, warmPool);
    const calls = Array.from({ length: PARALLEL }, (_, index) => node.call(name, inputOf(index)));
    const outcomes = await Promise.allSettled(calls);
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    assert.deepEqual(failed, [], name);
  }

  test('a burst on a pool that the node has not opened yet succeeds as a whole', async (t) => {
    const harness = await openHarness(t, { database: postgresTestDatabase });
    const other = await harness.makePool();
    await addUser(harness, other, 'warm');
    const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
    const { UserPoolId, ClientId } = made;
    const nameOf = (index: number) => `user${index}`;
    const tokens: string[] = [];
    for (let index = 0; index < PARALLEL; index += 1) {
      await addUser(harness, made, nameOf(index), { email: `${nameOf(index)}@example.com` });
      tokens.push((await signIn(harness, made, nameOf(index))).AccessToken ?? '');
    }
    const email = (index: number) => [{ Name: 'email', Value: `new${index}@example.com` }];
    await burst(harness, other.UserPoolId, 'AdminUpdateUserAttributes', (index) => ({
      UserPoolId,
      Username: nameOf(index),
      UserAttributes: email(index),
    }));
    await burst(harness, other.UserPoolId, 'GetUserAttributeVerificationCode', (index) => ({
      AccessToken: tokens[index] ?? '',
      AttributeName: 'email',
    }));
    await burst(harness, other.UserPoolId, 'UpdateUserAttributes', (index) => ({
      AccessToken: tokens[index] ?? '',
      UserAttributes: [{ Name: 'email', Value: `own${index}@example.com` }],
    }));
    await burst(harness, other.UserPoolId, 'AdminUpdateUserAttributes', (index) => ({
      UserPoolId,
      Username: nameOf(index),
      UserAttributes: [...email(index), { Name: 'email_verified', Value: 'true' }],
    }));
    await burst(harness, other.UserPoolId, 'ForgotPassword', (index) => ({
      ClientId,
      Username: nameOf(index),
    }));
    await burst(harness, other.UserPoolId, 'AdminResetUserPassword', (index) => ({
      UserPoolId,
      Username: nameOf(index),
    }));
    await burst(harness, other.UserPoolId, 'SignUp', (index) => ({
      ClientId,
      Username: `fresh${index}`,
      Password: 'Right-1234',
      UserAttributes: [{ Name: 'email', Value: `fresh${index}@example.com` }],
    }));
    await burst(harness, other.UserPoolId, 'ResendConfirmationCode', (index) => ({
      ClientId,
      Username: `fresh${index}`,
    }));
    await burst(harness, other.UserPoolId, 'AdminCreateUser', (index) => ({
      UserPoolId,
      Username: `invited${index}`,
      UserAttributes: [{ Name: 'email', Value: `invited${index}@example.com` }],
    }));
  });
});
