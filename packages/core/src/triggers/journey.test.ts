import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import type { Caller } from '../operation.ts';
import type { UserEvent } from '../ports/events.ts';
import { openHarness } from '../testing/harness.ts';
import { makeTriggerRunner } from '../testing/trigger-runner.ts';
import { addUser, attributes, goodPassword, signIn } from '../testing/signed-in.ts';

/* Which functions are called, and what is told, by one user after another; the guard of the harness refuses both in transactions. */

const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:mine';
const functions = { CustomMessage: arn, PreTokenGeneration: arn };
const another = 'Another-Horse-8';
const caller: Caller = { kind: 'anyone', source: '192.0.2.1' };

async function fixture(t: TestContext, client: Partial<InputOf<'CreateUserPoolClient'>> = {}) {
  const log: string[] = [];
  const told: UserEvent[] = [];
  const note = (event: { readonly triggerSource: string }) => {
    log.push(event.triggerSource);
    return { kind: 'returned', output: event } as const;
  };
  const harness = await openHarness(t, {
    triggers: makeTriggerRunner({ CustomMessage: note, PreTokenGeneration: note }),
    events: {
      tell(event) {
        log.push(event.kind);
        told.push(event);
      },
    },
  });
  const pool = { AutoVerifiedAttributes: ['email' as const], LambdaConfig: functions };
  const made = await harness.makePool(pool, client);
  return { harness, made, told, log: () => log.splice(0) };
}

test('a function is called before the change that it has a say in; what has happened is told after it', async (t) => {
  const { harness, made, log } = await fixture(t);
  const { UserPoolId, ClientId } = made;
  const named = { ClientId, Username: 'ada' };
  const UserAttributes = attributes({ email: 'ada@example.com' });
  await harness.call('SignUp', { ...named, Password: goodPassword, UserAttributes });
  assert.deepEqual(log(), ['CustomMessage_SignUp', 'sign-up']);
  harness.advance(1);
  await harness.call('ResendConfirmationCode', named);
  assert.deepEqual(log(), ['CustomMessage_ResendCode', 'code-resent']);
  const ConfirmationCode = await harness.code('ada@example.com');
  await harness.call('ConfirmSignUp', { ...named, ConfirmationCode });
  assert.deepEqual(log(), ['factors-changed', 'confirmation']);
  await assert.rejects(signIn(harness, made, 'ada', another));
  assert.deepEqual(log(), ['sign-in-failure']);
  const { AccessToken, RefreshToken } = await signIn(harness, made, 'ada');
  assert.deepEqual(log(), ['TokenGeneration_Authentication', 'sign-in']);
  await harness.call('ChangePassword', {
    AccessToken,
    PreviousPassword: goodPassword,
    ProposedPassword: another,
  });
  assert.deepEqual(log(), ['factors-changed', 'password-changed']);
  await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: RefreshToken },
  });
  assert.deepEqual(log(), ['TokenGeneration_RefreshTokens']);
  harness.advance(1);
  await harness.call('ForgotPassword', named);
  assert.deepEqual(log(), ['CustomMessage_ForgotPassword', 'reset-requested']);
  await harness.call('ConfirmForgotPassword', {
    ...named,
    ConfirmationCode: await harness.code('ada@example.com'),
    Password: goodPassword,
  });
  assert.deepEqual(log(), ['factors-changed', 'password-reset']);
  const eve = { ClientId, Username: 'eve', Password: goodPassword };
  await harness.call('SignUp', eve);
  await harness.call('AdminConfirmSignUp', { UserPoolId, Username: 'eve' });
  assert.deepEqual(log(), ['sign-up', 'confirmation']);
});

test('an event says who, by which app client, from where, and by which request', async (t) => {
  const { harness, made, told } = await fixture(t);
  const { UserPoolId: poolId, ClientId } = made;
  const sub = await addUser(harness, made, 'ada');
  const UserContextData = { IpAddress: '198.51.100.7', EncodedData: 'x' };
  const { AuthenticationResult } = await harness.call(
    'InitiateAuth',
    {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
      ClientMetadata: { from: 'web' },
      UserContextData,
    },
    caller,
  );
  const [, claims = ''] = AuthenticationResult?.AccessToken?.split('.') ?? [];
  const { event_id: id } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    readonly event_id: string;
  };
  assert.deepEqual(JSON.parse(JSON.stringify(told)), [
    {
      kind: 'sign-in',
      poolId,
      clientId: ClientId,
      user: { sub, username: 'ada' },
      id,
      atMs: harness.world.clock.nowMs(),
      caller,
      request: { clientMetadata: { from: 'web' }, contextData: UserContextData },
    },
  ]);
});

test('nothing is told of what did not happen, and a name that is nobody’s has no user', async (t) => {
  const { harness, made, told } = await fixture(t, { PreventUserExistenceErrors: 'ENABLED' });
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ada');
  const named = { ClientId, Username: 'ada' };
  const signUp = { ...named, Password: goodPassword };
  await harness.refuses('SignUp', signUp, 'UsernameExistsException');
  const wrong = { ...named, ConfirmationCode: '000000' };
  await assert.rejects(harness.call('ConfirmSignUp', wrong));
  await assert.rejects(harness.call('ConfirmForgotPassword', { ...wrong, Password: another }));
  await assert.rejects(harness.call('AdminConfirmSignUp', { UserPoolId, Username: 'ada' }));
  // Only said to be done, since nobody is to know.
  await harness.call('ForgotPassword', { ClientId, Username: 'nobody' });
  await harness.call('ResendConfirmationCode', { ClientId, Username: 'nobody' });
  assert.deepEqual(told, []);
  await assert.rejects(signIn(harness, made, 'nobody'));
  assert.deepEqual(
    told.map(({ kind, user }) => [kind, user]),
    [['sign-in-failure', undefined]],
  );
});
