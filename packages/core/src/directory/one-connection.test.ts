import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { InputOf, OperationName } from '@poolhouse/model';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { openHouse, type House } from '../testing/house.ts';
import { addUser, signIn } from '../testing/signed-in.ts';

/** More than a node has connections, so that transactions which wait for a second one would all wait for one another. */
const PARALLEL = 24;

suite('no transaction waits for a second connection', { skip: postgresSkipReason ?? false }, () => {
  /** Opens as many connections of the node as it may have, without touching the pool under test. */
  async function warm(node: House, UserPoolId: string): Promise<void> {
    const reads = Array.from({ length: 4 * PARALLEL }, () =>
      node.call('AdminGetUser', { UserPoolId, Username: 'warm' }),
    );
    await Promise.all(reads);
  }

  async function burst<Name extends OperationName>(
    house: House,
    warmPool: string,
    name: Name,
    inputOf: (index: number) => InputOf<Name>,
  ): Promise<void> {
    const node = await house.secondNode();
    await warm(node, warmPool);
    const calls = Array.from({ length: PARALLEL }, (_, index) => node.call(name, inputOf(index)));
    const outcomes = await Promise.allSettled(calls);
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    assert.deepEqual(failed, [], name);
  }

  test('a burst on a pool that the node has not opened yet succeeds as a whole', async (t) => {
    const house = await openHouse(t, { database: postgresTestDatabase });
    const other = await house.makePool();
    await addUser(house, other, 'warm');
    const made = await house.makePool({ AutoVerifiedAttributes: ['email'] });
    const { UserPoolId, ClientId } = made;
    const nameOf = (index: number) => `user${index}`;
    const tokens: string[] = [];
    for (let index = 0; index < PARALLEL; index += 1) {
      await addUser(house, made, nameOf(index), { email: `${nameOf(index)}@example.com` });
      tokens.push((await signIn(house, made, nameOf(index))).AccessToken ?? '');
    }
    const email = (index: number) => [{ Name: 'email', Value: `new${index}@example.com` }];
    await burst(house, other.UserPoolId, 'AdminUpdateUserAttributes', (index) => ({
      UserPoolId,
      Username: nameOf(index),
      UserAttributes: email(index),
    }));
    await burst(house, other.UserPoolId, 'GetUserAttributeVerificationCode', (index) => ({
      AccessToken: tokens[index] ?? '',
      AttributeName: 'email',
    }));
    await burst(house, other.UserPoolId, 'UpdateUserAttributes', (index) => ({
      AccessToken: tokens[index] ?? '',
      UserAttributes: [{ Name: 'email', Value: `own${index}@example.com` }],
    }));
    await burst(house, other.UserPoolId, 'AdminUpdateUserAttributes', (index) => ({
      UserPoolId,
      Username: nameOf(index),
      UserAttributes: [...email(index), { Name: 'email_verified', Value: 'true' }],
    }));
    await burst(house, other.UserPoolId, 'ForgotPassword', (index) => ({
      ClientId,
      Username: nameOf(index),
    }));
    await burst(house, other.UserPoolId, 'AdminResetUserPassword', (index) => ({
      UserPoolId,
      Username: nameOf(index),
    }));
    await burst(house, other.UserPoolId, 'SignUp', (index) => ({
      ClientId,
      Username: `fresh${index}`,
      Password: 'Right-1234',
      UserAttributes: [{ Name: 'email', Value: `fresh${index}@example.com` }],
    }));
    await burst(house, other.UserPoolId, 'ResendConfirmationCode', (index) => ({
      ClientId,
      Username: `fresh${index}`,
    }));
    await burst(house, other.UserPoolId, 'AdminCreateUser', (index) => ({
      UserPoolId,
      Username: `invited${index}`,
      UserAttributes: [{ Name: 'email', Value: `invited${index}@example.com` }],
    }));
  });
});
