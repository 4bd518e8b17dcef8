import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

/* An address that comes with the answer to NEW_PASSWORD_REQUIRED is proved like one that UpdateUserAttributes brings. */

const old = [
  { Name: 'email', Value: 'old@example.com' },
  { Name: 'email_verified', Value: 'true' },
];
const KEEPS_OLD: Partial<InputOf<'CreateUserPool'>> = {
  AutoVerifiedAttributes: ['email'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
};

async function invited(
  t: TestContext,
  pool: Partial<InputOf<'CreateUserPool'>>,
  UserAttributes: InputOf<'AdminCreateUser'>['UserAttributes'] = [],
) {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool(pool);
  const user = { UserPoolId, Username: 'mara' };
  const TemporaryPassword = 'Right-1234';
  const create = { ...user, TemporaryPassword, UserAttributes };
  await harness.call('AdminCreateUser', { ...create, MessageAction: 'SUPPRESS' });
  const { Session } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'mara', PASSWORD: TemporaryPassword },
  });
  const answer = (attributes: Readonly<Record<string, string>>) => ({
    ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED' as const,
    Session,
    ChallengeResponses: {
      USERNAME: 'mara',
      NEW_PASSWORD: 'Chosen-5678',
      ...Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [`userAttributes.${name}`, value]),
      ),
    },
  });
  const attributes = async () => {
    const got = await harness.call('AdminGetUser', user);
    return Object.fromEntries((got.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]));
  };
  const sent = async () =>
    (await harness.messages()).map(({ to, occasion }) => [to, occasion] as const);
  return { harness, UserPoolId, ClientId, answer, attributes, sent };
}

for (const admin of [false, true]) {
  test(`the code for an address that waits goes out with the answer, ${admin ? 'of a back end' : 'of the app'}`, async (t) => {
    const { harness, UserPoolId, answer, attributes, sent } = await invited(t, KEEPS_OLD, old);
    const given = answer({ email: 'new@example.com' });
    const { AuthenticationResult } = admin
      ? await harness.call('AdminRespondToAuthChallenge', { UserPoolId, ...given })
      : await harness.call('RespondToAuthChallenge', given);
    assert.deepEqual(await sent(), [['new@example.com', 'UpdateUserAttribute']]);
    assert.equal((await attributes())['email'], 'old@example.com');
    await harness.call('VerifyUserAttribute', {
      AccessToken: AuthenticationResult?.AccessToken ?? '',
      AttributeName: 'email',
      Code: await harness.code('new@example.com'),
    });
    const { email, email_verified: verified } = await attributes();
    assert.deepEqual([email, verified], ['new@example.com', 'true']);
  });
}

test('a first address gets its code where the pool proves such addresses, and in other pools none', async (t) => {
  const auto = await invited(t, { AutoVerifiedAttributes: ['email', 'phone_number'] });
  const values = { email: 'new@example.com', phone_number: '+15550100', name: 'Mara' };
  await auto.harness.call('RespondToAuthChallenge', auto.answer(values));
  assert.deepEqual(Object.fromEntries(await auto.sent()), {
    '+15550100': 'UpdateUserAttribute',
    'new@example.com': 'UpdateUserAttribute',
  });
  assert.equal((await auto.attributes())['email_verified'], 'false');
  const none = await invited(t, {});
  await none.harness.call('RespondToAuthChallenge', none.answer(values));
  assert.deepEqual(await none.sent(), []);
});

test('what changes no address, and what is refused, sends nothing', async (t) => {
  const { harness, answer, sent } = await invited(t, KEEPS_OLD, old);
  const given = answer({ email: 'new@example.com' });
  const weak = { ...given.ChallengeResponses, NEW_PASSWORD: 'weak' };
  await harness.refuses(
    'RespondToAuthChallenge',
    { ...given, ChallengeResponses: weak },
    'InvalidPasswordException',
  );
  assert.deepEqual(await sent(), []);
  await harness.call('RespondToAuthChallenge', answer({ email: 'old@example.com' }));
  await harness.refuses('RespondToAuthChallenge', given, 'NotAuthorizedException');
  assert.deepEqual(await sent(), []);
});
