import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';
import { addUser, attributes } from '../../testing/signed-in.ts';

const withoutSrp = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] };
const mail = { email: 'ada@example.com', email_verified: 'true' };
const taken = ['UsernameExistsException', 'User account already exists'] as const;

/** A pool with `ada`, and how often users are looked up outside transactions. */
async function fixture(
  t: TestContext,
  pool: Partial<InputOf<'CreateUserPool'>> = {},
  client: Partial<InputOf<'CreateUserPoolClient'>> = withoutSrp,
  ada = 'ada',
) {
  const harness = await openHarness(t);
  const made = await harness.makePool(pool, client);
  const sub = await addUser(harness, made, ada, mail);
  const { users } = harness.storage.stores;
  let lookUps = 0;
  for (const method of ['byName', 'bySub'] as const) {
    const look = users[method].bind(users) as (...args: readonly unknown[]) => never;
    Object.assign(users, {
      [method](...args: readonly unknown[]) {
        lookUps += 1;
        return look(...args);
      },
    });
  }
  return {
    harness,
    sub,
    create: (Username: string, more: Partial<InputOf<'AdminCreateUser'>> = {}) => ({
      UserPoolId: made.UserPoolId,
      Username,
      ...more,
    }),
    lookUps: () => lookUps,
  };
}

test('where we make the password, nobody is looked up: the insert tells a name that is taken', async (t) => {
  const { harness, create, lookUps } = await fixture(t);
  await harness.call('AdminCreateUser', create('eve'));
  await harness.refuses('AdminCreateUser', create('ada'), ...taken);
  assert.equal(lookUps(), 0);
});

test('a name that is taken is told before a slow hash or an SRP verifier is made', async (t) => {
  const plain = await fixture(t);
  const TemporaryPassword = 'Temporary-1';
  await plain.harness.refuses(
    'AdminCreateUser',
    plain.create('ada', { TemporaryPassword }),
    ...taken,
  );
  assert.equal(plain.lookUps(), 1);
  const srp = await fixture(t, {}, {});
  await srp.harness.refuses('AdminCreateUser', srp.create('ada'), ...taken);
  assert.equal(srp.lookUps(), 1);
});

test('of several names that are taken the typed one is told', async (t) => {
  const { harness, create } = await fixture(t, { AliasAttributes: ['email'] }, withoutSrp, 'zoe');
  const UserAttributes = attributes(mail);
  await harness.refuses('AdminCreateUser', create('zoe', { UserAttributes }), ...taken);
  await harness.refuses(
    'AdminCreateUser',
    create('eve', { UserAttributes }),
    'UsernameExistsException',
    'An account with the given email already exists.',
  );
});

test('an address that is taken is told as such where addresses are names', async (t) => {
  const pool = { UsernameAttributes: ['email' as const] };
  const { harness, create, lookUps } = await fixture(t, pool, withoutSrp, 'ada@example.com');
  await harness.refuses(
    'AdminCreateUser',
    create('ada@example.com'),
    'UsernameExistsException',
    'An account with the given email already exists.',
  );
  assert.equal(lookUps(), 0);
});

test('a name that reads as somebody’s sub is taken, which the insert alone would not tell', async (t) => {
  const { harness, create, sub } = await fixture(t);
  await harness.refuses('AdminCreateUser', create(sub.toUpperCase()), ...taken);
});
