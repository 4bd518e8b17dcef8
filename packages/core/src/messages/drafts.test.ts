import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import type { TriggerRunner } from '../ports/triggers.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, attributes, signIn } from '../testing/signed-in.ts';

/* Messages are written before the transaction that sends them; what is known only in the transaction decides there. */

const CustomMessage = 'arn:aws:lambda:eu-west-1:000000000000:function:mine';
const phone = { phone_number: '+15550100', phone_number_verified: 'true' };
const mail = { email: 'ada@example.com', email_verified: 'true' };

/** A pool whose messages a function writes, which may take its time. */
async function fixture(
  t: TestContext,
  pool: Partial<InputOf<'CreateUserPool'>> = {},
  client: Partial<InputOf<'CreateUserPoolClient'>> = {},
) {
  let meanwhile: () => Promise<unknown> = async () => undefined;
  let calls = 0;
  const triggers: TriggerRunner = {
    async run(_pool, _trigger, _function, event) {
      calls += 1;
      await meanwhile();
      return { kind: 'returned', output: event };
    },
  };
  const harness = await openHarness(t, { triggers });
  const settings = {
    AutoVerifiedAttributes: ['email' as const, 'phone_number' as const],
    LambdaConfig: { CustomMessage },
    ...pool,
  };
  const made = await harness.makePool(settings, client);
  const { UserPoolId } = made;
  return {
    harness,
    made,
    calls: () => calls,
    /** What happens once, while the function writes a message. */
    meanwhile(work: () => Promise<unknown>) {
      meanwhile = async () => {
        meanwhile = async () => undefined;
        await work();
      };
    },
    set: (values: Readonly<Record<string, string>>) =>
      harness.call('AdminUpdateUserAttributes', {
        UserPoolId,
        Username: 'ada',
        UserAttributes: attributes(values),
      }),
  };
}

test('a code goes to the address that the user has when it is sent, not when it was written', async (t) => {
  const { harness, made, meanwhile, set } = await fixture(t);
  const { ClientId } = made;
  await addUser(harness, made, 'ada', mail);
  meanwhile(() => set({ ...mail, email: 'lovelace@example.com' }));
  const { CodeDeliveryDetails } = await harness.call('ForgotPassword', {
    ClientId,
    Username: 'ada',
  });
  assert.equal(CodeDeliveryDetails?.Destination, 'l***@e***');
  assert.deepEqual(
    (await harness.messages()).map(({ to }) => to),
    ['lovelace@example.com'],
  );
  await harness.call('ConfirmForgotPassword', {
    ClientId,
    Username: 'ada',
    ConfirmationCode: await harness.code('lovelace@example.com'),
    Password: 'Another-Horse-8',
  });
});

test('whoever is reached another way than the message was written for gets none, and may ask again', async (t) => {
  const { harness, made, meanwhile, set } = await fixture(t);
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ada', mail);
  const named = { UserPoolId, Username: 'ada' };
  // Phones come first where the pool says nothing.
  meanwhile(() => set(phone));
  const forgot = { ClientId, Username: 'ada' };
  await harness.refuses('ForgotPassword', forgot, 'TooManyRequestsException');
  await set({ phone_number: '' });
  meanwhile(() => set(phone));
  await harness.refuses('AdminResetUserPassword', named, 'TooManyRequestsException');
  assert.equal((await harness.call('AdminGetUser', named)).UserStatus, 'CONFIRMED');
  assert.deepEqual(await harness.messages(), []);
  await harness.call('ForgotPassword', forgot);
  assert.equal((await harness.messages())[0]?.medium, 'SMS');
});

test('a message is not sent where its transaction refuses', async (t) => {
  const { harness, made, meanwhile } = await fixture(t);
  const { UserPoolId, ClientId } = made;
  const invited = {
    UserPoolId,
    Username: 'ada',
    UserAttributes: attributes({ email: 'ada@example.com' }),
    DesiredDeliveryMediums: ['EMAIL' as const],
  };
  meanwhile(() => addUser(harness, made, 'ada'));
  await harness.refuses('AdminCreateUser', invited, 'UsernameExistsException');
  meanwhile(() => addUser(harness, made, 'eve'));
  const signUp = { ClientId, Username: 'eve', Password: 'Correct-Horse-7' };
  const { UserAttributes } = invited;
  await harness.refuses('SignUp', { ...signUp, UserAttributes }, 'UsernameExistsException');
  assert.deepEqual(await harness.messages(), []);
});

test('a name that is taken is told before a function writes the invitation', async (t) => {
  const withoutSrp = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] };
  const { harness, made, calls } = await fixture(t, {}, withoutSrp);
  const invited = {
    UserPoolId: made.UserPoolId,
    Username: 'ada',
    UserAttributes: attributes({ email: 'ada@example.com' }),
    DesiredDeliveryMediums: ['EMAIL' as const],
  };
  await harness.call('AdminCreateUser', invited);
  assert.equal(calls(), 1);
  await harness.refuses('AdminCreateUser', invited, 'UsernameExistsException');
  assert.equal(calls(), 1);
});

test('a spent budget is told before a function writes anything', async (t) => {
  const { harness, made, calls } = await fixture(t, { AutoVerifiedAttributes: ['email'] });
  await addUser(harness, made, 'ada', mail);
  const { AccessToken } = await signIn(harness, made, 'ada');
  const ask = { AccessToken, AttributeName: 'email' };
  for (let at = 0; at < 5; at += 1) await harness.call('GetUserAttributeVerificationCode', ask);
  assert.equal(calls(), 5);
  await harness.refuses('GetUserAttributeVerificationCode', ask, 'LimitExceededException');
  const to = (at: number) => ({
    AccessToken,
    UserAttributes: attributes({ email: `ada${at}@example.com` }),
  });
  for (let at = 0; at < 20; at += 1) await harness.call('UpdateUserAttributes', to(at));
  await harness.refuses('UpdateUserAttributes', to(20), 'TooManyRequestsException');
  assert.equal(calls(), 25);
});

test('a change that is refused costs nothing of the budget of changes', async (t) => {
  const { harness, made } = await fixture(t, {
    AutoVerifiedAttributes: ['email'],
    UsernameAttributes: ['email'],
  });
  await addUser(harness, made, 'eve@example.com');
  await addUser(harness, made, 'ada@example.com', mail);
  const { AccessToken } = await signIn(harness, made, 'ada@example.com');
  const change = (email: string) => ({ AccessToken, UserAttributes: attributes({ email }) });
  for (let at = 0; at < 21; at += 1) {
    await harness.refuses(
      'UpdateUserAttributes',
      change('eve@example.com'),
      'AliasExistsException',
    );
  }
  await harness.call('UpdateUserAttributes', change('lovelace@example.com'));
});
