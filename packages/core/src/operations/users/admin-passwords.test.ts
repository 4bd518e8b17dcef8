import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, attributes, goodPassword, signIn } from '../../testing/signed-in.ts';
import { openHarness } from '../../testing/harness.ts';

const proved = { email: 'ada@x.com', email_verified: 'true' };

test('AdminSetUserPassword gives a permanent or a temporary password', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId, ClientId } = made;
  await harness.call('SignUp', { ClientId, Username: 'ada', Password: goodPassword });
  const statusOf = async () =>
    (await harness.call('AdminGetUser', { UserPoolId, Username: 'ada' })).UserStatus;
  assert.equal(await statusOf(), 'UNCONFIRMED');
  const set = (Password: string, Permanent?: boolean) =>
    harness.call('AdminSetUserPassword', { UserPoolId, Username: 'ada', Password, Permanent });
  assert.deepEqual(await set('Another-Horse-8'), {});
  assert.equal(await statusOf(), 'FORCE_CHANGE_PASSWORD');
  const { ChallengeName } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ada', PASSWORD: 'Another-Horse-8' },
  });
  assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  await set('Third-Horse-9', true);
  assert.equal(await statusOf(), 'CONFIRMED');
  await signIn(harness, made, 'ada', 'Third-Horse-9');
  // A permanent password has no end.
  harness.advance(400 * 86_400_000);
  await signIn(harness, made, 'ada', 'Third-Horse-9');
  await assert.rejects(signIn(harness, made, 'ada', goodPassword), {
    code: 'NotAuthorizedException',
  });
});

test('AdminSetUserPassword keeps to the policy, and to the history where there is one', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    Policies: { PasswordPolicy: { MinimumLength: 10, PasswordHistorySize: 2 } },
  });
  await addUser(harness, made, 'ada');
  const set = { UserPoolId: made.UserPoolId, Username: 'ada', Permanent: true };
  const used = 'PasswordHistoryPolicyViolationException';
  const cases = [
    [{ Password: 'too-short' }, 'InvalidPasswordException', /not long enough/],
    [{ Password: goodPassword }, used, undefined],
    [
      { Password: 'x'.repeat(257) },
      'InvalidParameterException',
      /length less than or equal to 256/,
    ],
    [{ Password: goodPassword, Username: 'nobody' }, 'UserNotFoundException', undefined],
    [
      { Password: goodPassword, UserPoolId: 'eu-west-1_Nowhere' },
      'ResourceNotFoundException',
      /No/,
    ],
  ] as const;
  for (const [more, code, text] of cases) {
    await harness.refuses('AdminSetUserPassword', { ...set, ...more }, code, text);
  }
  await signIn(harness, made, 'ada');
  await harness.call('AdminSetUserPassword', { ...set, Password: 'Second-Horse' });
  await harness.refuses('AdminSetUserPassword', { ...set, Password: goodPassword }, used);
  await harness.call('AdminSetUserPassword', { ...set, Password: 'Third-Horse' });
  await harness.call('AdminSetUserPassword', { ...set, Password: goodPassword });
});

test('AdminSetUserPassword kills codes that would replace the password, and lifts a lock (A14)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ada', proved);
  await harness.call('ForgotPassword', { ClientId, Username: 'ada' });
  const ConfirmationCode = await harness.code('ada@x.com');
  for (let failure = 0; failure < 6; failure += 1) {
    await assert.rejects(signIn(harness, made, 'ada', 'wrong'), { code: 'NotAuthorizedException' });
  }
  await assert.rejects(signIn(harness, made, 'ada'), { message: 'Password attempts exceeded' });
  const Password = 'Another-Horse-8';
  const set = { UserPoolId, Username: 'ada', Password, Permanent: true };
  await harness.call('AdminSetUserPassword', set);
  const reset = { ClientId, Username: 'ada', ConfirmationCode, Password: 'Evil-Horse-666' };
  await harness.refuses('ConfirmForgotPassword', reset, 'ExpiredCodeException');
  await signIn(harness, made, 'ada', Password);
});

test('AdminResetUserPassword sends a code, with which the user chooses a password', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ada', proved);
  const reset = { UserPoolId, Username: 'ada' };
  assert.deepEqual(await harness.call('AdminResetUserPassword', reset), {});
  const seen = await harness.call('AdminGetUser', reset);
  assert.equal(seen.UserStatus, 'RESET_REQUIRED');
  await assert.rejects(signIn(harness, made, 'ada'), {
    code: 'PasswordResetRequiredException',
    message: 'Password reset required for the user',
  });
  const [message] = await harness.messages();
  assert.deepEqual([message?.to, message?.occasion], ['ada@x.com', 'ForgotPassword']);
  harness.advance(1);
  await harness.call('AdminResetUserPassword', reset);
  const ConfirmationCode = await harness.code('ada@x.com');
  const Password = 'Another-Horse-8';
  const confirm = { ClientId, Username: 'ada', ConfirmationCode, Password };
  await harness.call('ConfirmForgotPassword', confirm);
  await signIn(harness, made, 'ada', Password);
});

test('AdminResetUserPassword refuses whom it cannot help, and leaves them alone', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'unproved', { email: 'ada@x.com', phone_number: '+31612345678' });
  await addUser(harness, made, 'disabled', proved);
  await harness.call('AdminDisableUser', { UserPoolId, Username: 'disabled' });
  await harness.call('SignUp', { ClientId, Username: 'unconfirmed', Password: goodPassword });
  const invited = { UserPoolId, Username: 'invited', UserAttributes: attributes(proved) };
  await harness.call('AdminCreateUser', { ...invited, MessageAction: 'SUPPRESS' });
  const notNow = 'User password cannot be reset in the current state.';
  const refused = 'NotAuthorizedException';
  const cases = [
    [
      'unproved',
      'InvalidParameterException',
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    ],
    ['disabled', refused, 'User is disabled.'],
    ['unconfirmed', refused, notNow],
    ['invited', refused, notNow],
  ] as const;
  for (const [Username, code, text] of cases) {
    const input = { UserPoolId, Username };
    const before = await harness.call('AdminGetUser', input);
    await harness.refuses('AdminResetUserPassword', input, code, text);
    assert.deepEqual(await harness.call('AdminGetUser', input), before);
  }
  const unproved = await signIn(harness, made, 'unproved');
  await harness.call('GetUser', { AccessToken: unproved.AccessToken });
  const nobody = { UserPoolId, Username: 'nobody' };
  await harness.refuses('AdminResetUserPassword', nobody, 'UserNotFoundException');
  const closed = await harness.makePool({
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
  });
  await addUser(harness, closed, 'ada', proved);
  const there = { UserPoolId: closed.UserPoolId, Username: 'ada' };
  await harness.refuses('AdminResetUserPassword', there, refused, /administrator/);
  assert.deepEqual(await harness.messages(), []);
});
